"""The YAML files that a user edits, read and written in one place."""
