"""The printed sheet: what stands on its pages, as data, and how typst sets them."""
