"""Long trials against chance, run by hand: `python -m tests.soak.kills`. Pytest runs short ones of the same."""
