"""Who did what and when: one format for the dashboard and the command line, which know nothing of each other.

It stands below both and imports neither; it holds no figures, so it is no way around the published database.
"""
