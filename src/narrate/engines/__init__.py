"""Text-to-speech engines, one module each, behind one protocol; found through entry points."""

from narrate.engines.registry import all_voices, engine_names, load

__all__ = ["all_voices", "engine_names", "load"]
