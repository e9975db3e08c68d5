"""Real clients and a real bot around a real Matrix server."""
