"""What keeps the documentation true: pages and schemas generated from the code, and a runner for the examples in the pages."""
