"""The Review page, from the numbers typed to the document opened."""
