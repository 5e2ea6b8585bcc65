"""The errors of this room: why a look-up ended early or was not begun, and why a file of answers was refused.

```
LookupsError
├── LookupEnded           a look-up ended early
│   ├── Stopped           somebody pressed Stop
│   ├── QuoteExceeded     the run reached the most that its quote allowed
│   └── RightTaken        its person may not spend any more
├── AnswerFileRefused     a file of unsaved answers cannot be taken back in
├── MayNotSpend           a person asked for a charge who may not spend
└── MayNotDecide          a person decides about charges that are not this person's to decide about
```
"""

from typing import Final


class LookupsError(Exception):
    """Base class of the errors of this room."""


class LookupEnded(LookupsError):
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


class RightTaken(LookupEnded):
    """Its person may not spend any more."""

    def __init__(self) -> None:
        super().__init__(
            "This look-up has ended, because the person who began it may not spend any more. What had arrived is kept."
        )


class AnswerFileRefused(LookupsError):
    """A file of unsaved answers cannot be taken back in; nothing was changed."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} Nothing was taken in and nothing was charged.")


class MayNotSpend(LookupsError):
    """A person asked for a charge who may only look at what is held; nothing was asked and nothing charged."""

    advice: Final = (
        "You may look at what is held. To look up more, ask whoever runs this app to add you to REVIEW_SPEND."
    )

    def __init__(self) -> None:
        super().__init__(f"{self.advice} Nothing was asked and nothing was charged.")


class MayNotDecide(LookupsError):
    """A person decides about charges that are not this person's to decide about; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "Charges are decided by whoever made them and may spend, or by an administrator (REVIEW_ADMIN). "
            "Nothing was changed."
        )
