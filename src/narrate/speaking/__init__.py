"""From the words as written to the words as said, on the way to an engine."""
