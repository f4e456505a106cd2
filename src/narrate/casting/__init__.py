"""A voice for every character."""
