"""Thousands of damaged and falsified reports through the gate: `python -m bench.mutations` (or `make mutations`)."""
