"""Tests of the ledger's workers: intake, turns, delivery, clock, forgetting."""
