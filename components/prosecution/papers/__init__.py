"""The papers of one file history: what each is, who it is from, their order, and which came together."""
