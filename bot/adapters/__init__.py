"""The doors to the transports: each adapter knows one, and the exchange."""
