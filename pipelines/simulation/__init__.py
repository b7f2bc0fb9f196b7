"""Simulated provinces: what they would have to report, when they send it, and what goes wrong on the way."""
