"""The ledger's books: tables, what is sealed in them, and the statements that touch them."""
