"""Tools that keep the documentation in step with the code: generated pages and schemas, and a runner for the pages' examples."""
