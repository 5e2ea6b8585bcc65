"""The rooms of Prosecution Review; `docs/architecture.md` shows the way of the data through them."""
