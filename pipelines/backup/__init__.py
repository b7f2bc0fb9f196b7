"""One file that holds all that an installation can't derive again, and the way back from it."""
