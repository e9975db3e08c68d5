"""Kills, outages and worse: the service runs in a child process, the people and the transports outlive it."""
