"""Which papers to read for a purpose, and in which order."""
