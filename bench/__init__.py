"""Benchmarks: our own path beside its peers, interleaved in one run; one JSON line a figure (`make bench`)."""
