"""From takes to a finished master: pacing, joining, levels."""
