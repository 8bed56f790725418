"""The printed sheet: the content of its pages as data, and typesetting with typst."""
