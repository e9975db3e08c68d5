"""The tests of understanding people's own words."""
