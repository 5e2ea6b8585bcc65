"""What can go wrong with numbers, as a tree.

    NumbersError
    ├── UploadRefused       an uploaded file was not read; nothing was looked up, nothing was charged
    ├── NotSettled          the one reading of a number was wanted that is ambiguous or refused
    └── NotACandidate       a reading was chosen that the number does not have

Parsing itself never raises: what is not understood is a `Number` with a reason.
"""


class NumbersError(Exception):
    """Anything that this room raises."""


class UploadRefused(NumbersError):
    """An uploaded file was not read. The message is for the user and says what to do."""


class NotSettled(NumbersError):
    """A number has no single reading: it must be chosen first (`choose`), or it was refused."""


class NotACandidate(NumbersError):
    """The chosen form is none of the number's readings."""
