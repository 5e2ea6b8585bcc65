"""The errors of this room, as a tree.

    NumbersError
    ├── TextRefused         a text is too long for a list of numbers, or holds too many; nothing was looked up
    │   └── UploadRefused   an uploaded file was not read; nothing was looked up, nothing was charged
    ├── NotSettled          the reading of a number was asked for, but it is ambiguous or refused
    └── NotACandidate       a reading was chosen that the number does not have

`parse` itself never raises: what is not understood becomes a `Number` with a reason. A damaged rule table raises
`components.rule_tables.RuleTableBroken`.
"""


class NumbersError(Exception):
    """Base class of the errors of this room."""


class TextRefused(NumbersError):
    """A text was not read. The message is for the user and says what is too large and what to do."""


class UploadRefused(TextRefused):
    """An uploaded file was not read. The message is for the user and says what to do."""


class NotSettled(NumbersError):
    """A number has no single reading: one must be chosen first (`choose`), or the number was refused."""


class NotACandidate(NumbersError):
    """The chosen form is not one of the number's readings."""
