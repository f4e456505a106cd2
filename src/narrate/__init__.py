"""Full-cast audiobooks from stories: one voice a character, the author's words untouched."""

__version__ = "0.1.0"
