"""The errors of this room: why a look-up ended before all its numbers were asked for.

```
LookupEnded
├── Stopped           somebody pressed Stop
├── QuoteExceeded     the run reached the most that its quote allowed
└── LeaseLost         the right to buy ran out before the next call
```
"""


class LookupEnded(Exception):
    """A look-up ended before all numbers were asked; what arrived is kept."""


class Stopped(LookupEnded):
    """Somebody stopped the look-up."""

    def __init__(self) -> None:
        super().__init__("Stopped. What had arrived is kept; Resume charges only for the rest.")


class QuoteExceeded(LookupEnded):
    """The run reached the most that its quote allowed."""

    def __init__(self, worst_case: int) -> None:
        super().__init__(
            f"This look-up has reached the {worst_case:,} charges that its quote allowed and ended there. "
            "What had arrived is kept; Resume quotes the rest anew."
        )


class LeaseLost(LookupEnded):
    """The right to buy ran out before the next call, so that somebody else may be buying the same numbers."""

    def __init__(self) -> None:
        super().__init__(
            "The service answered so late that another look-up may be fetching the same numbers. What had arrived is "
            "kept; Resume takes what the other has brought and charges only for the rest."
        )
