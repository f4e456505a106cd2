"""Text-to-speech engines, one module each, behind one protocol; found through entry points."""
