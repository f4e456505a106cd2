"""From a file to a Book: one module a format."""
