"""Transports that remember everything they were told; they import nothing of the bot but the words of its door."""
