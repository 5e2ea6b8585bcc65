"""The closed lists of words that all tables share: sides, lanes, statuses, outcomes, counts."""

from enum import IntEnum
from typing import Final, Literal, get_args

OFFICES: Final = ("US", "EP", "JP")
"""The offices whose document codes are listed; papers of others are read by the words of their descriptions."""

UNSPACED_LANGUAGES: Final = frozenset({"Japanese", "Korean", "Chinese"})
"""Languages that write words without blanks between them."""


class Side(IntEnum):
    """Who a paper is from, in the order in which the papers of a day stand."""

    OFFICE = 0
    APPLICANT = 1
    THIRD_PARTY = 2
    INTERNAL = 3
    """A paper that the office wrote for itself."""
    UNCLASSIFIED = 4

    def __bool__(self) -> bool:  # else the first side, whose number is 0, would be false
        return True

    @property
    def table_name(self) -> str:
        """What the tables call it: `third party`."""
        return self.name.lower().replace("_", " ")


SIDES: Final = tuple(side.table_name for side in Side)
"""The names of the sides in the tables, in the order of `Side`."""

Lane = Literal[
    "Office actions",
    "Allowance and issue",
    "Interviews",
    "Decisions and letters",
    "Appeal",
    "Replies and RCE",
    "IDS",
    "Petitions and extensions",
    "Filing",
    "International phase",
    "Other",
]
LANES: Final[tuple[Lane, ...]] = get_args(Lane)
"""The lanes of a timeline from top to bottom: the Office above, the applicant below."""
OFFICE_LANES: Final = LANES[:4]

Status = Literal[
    "Revoked",
    "Lapsed",
    "Granted",
    "Abandoned",
    "Certificate issued",
    "Reexamination ended",
    "Certificate to issue",
    "Allowed",
    "On appeal",
    "Refused",
    "Awaiting applicant",
    "Awaiting office",
    "Pending",
]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)
"""How an application, or a reexamination, stands as of its last listed paper, the most decisive first."""
GRANTED_STATUSES: Final[frozenset[Status]] = frozenset({"Revoked", "Lapsed", "Granted"})
"""The statuses of a patent that was granted, whatever became of it."""
CLOSED_STATUSES: Final = GRANTED_STATUSES | {"Abandoned", "Refused", "Certificate issued", "Reexamination ended"}
"""The statuses after which no further paper is expected: such a file stays fresh, and its timeline needs no line of
today."""

OutcomeName = Literal["on time", "extended", "late", "answered", "superseded", "abandoned", "revived", "open"]
ROUND_OUTCOMES: Final[tuple[OutcomeName, ...]] = get_args(OutcomeName)
"""What became of an action: answered within its period, with an extension of time, or after both; answered where no
period is computed; replaced by a later act; followed by abandonment; abandonment undone; nothing yet."""

CountName = Literal[
    "actions",
    "restrictions",
    "non_finals",
    "finals",
    "advisories",
    "allowances",
    "rces",
    "interviews",
    "idss",
    "appeals",
    "quayles",
    "terminal_disclaimers",
    "petitions",
    "extensions",
    "corrected_allowances",
    "oral_proceedings",
    "oppositions",
]
COUNT_COLUMNS: Final[tuple[CountName, ...]] = get_args(CountName)
"""Counts of distinct dates; the column `counts` of `categories.csv` says which category counts where."""
