"""Servers to test against. They import nothing from bot: what they say is evidence."""
