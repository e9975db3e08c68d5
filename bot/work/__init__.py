"""The ledger's workers: they take what came in, run the turns, send what follows, and wake what is due."""
