"""The engine: pure, no I/O, no clock, no randomness. Time and ids come in as arguments."""
