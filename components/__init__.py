"""The rooms of Prosecution Review; see the README for the way of the data through them."""
