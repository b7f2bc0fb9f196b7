"""Tells people how the installation fares: failed runs, freshness, mail. It reads what is published."""
