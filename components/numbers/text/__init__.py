"""Text: where numbers stand in it, which words and codes belong to them, and what is no number."""
