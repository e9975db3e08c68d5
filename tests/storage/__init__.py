"""Tests of the ledger's books: keys, sealing, tables, statements."""
