"""From a cast script to recorded takes: cues, the shelf, the executors."""
