"""The grid of grounds: what each action of a file says of each claim."""
