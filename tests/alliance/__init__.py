"""Tests of the alliance: contacts, hours, places, routing."""
