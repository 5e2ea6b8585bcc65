"""The tab "Inside": which papers are read inside, how far that is, and the search over what was read."""
