"""The proof: what the bot promises, held against the real parts."""
