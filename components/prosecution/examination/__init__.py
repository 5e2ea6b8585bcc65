"""How an application was examined: rounds and their outcomes, whose turn it was, measures, headline facts."""
