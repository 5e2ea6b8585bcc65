"""The papers of one file history: what each is, who it is from, in which order they stand and what came together."""
