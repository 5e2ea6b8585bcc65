"""The Usage page: what was spent and on what, what may have been spent and how that is closed."""
