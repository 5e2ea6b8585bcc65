"""What stands on the form pages of actions: lines of claims, names, art units, periods."""
