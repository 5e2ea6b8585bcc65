"""The errors of this room: why a look-up ended before all its numbers were asked for, why a file was refused.

```
LookupEnded
├── Stopped           somebody pressed Stop
└── QuoteExceeded     the run reached the most that its quote allowed

AnswerFileRefused     a file of saved answers cannot be taken back in
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


class AnswerFileRefused(Exception):
    """A file of saved answers cannot be taken back in; nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} Nothing was taken in and nothing was charged.")
