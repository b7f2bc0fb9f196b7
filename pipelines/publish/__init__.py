"""Published versions: complete or absent, never half-written; readers keep the version they opened."""
