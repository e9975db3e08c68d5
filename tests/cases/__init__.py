"""The rules of cases: pure, so tested by what holds for any of them."""
