"""From a master to files that players open: one module a format."""
