"""Cells → typed values of known indicators and units; what fails a rule is set aside with its reason, never dropped."""
