"""What the services say about themselves: one JSON line per event, the same from pipeline and dashboard.

It stands below both and imports neither.
"""
