"""How dates and labels are put into sentences."""

import re
from datetime import date
from typing import Final

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DEEDS: Final = {
    "accepted": "acceptance",
    "denied": "denial",
    "dismissed": "dismissal",
    "granted": "grant",
    "processed": "processing",
    "reinstated": "reinstatement",
    "restarted": "restart",
    "returned": "return",
    "terminated": "termination",
    "withdrawn": "withdrawal",
}
_REWORDED: Final = {
    "appeal dismissed or withdrawn": "dismissal or withdrawal of the appeal",
    "appeal withdrawn or dismissed": "dismissal or withdrawal of the appeal",
    "expiry of the opposition period": "communication on the expiry of the opposition period",
    "reexamination ordered": "order for reexamination",
    "references cited by examiner": "list of references cited by the examiner",
    "unclassified": "unclassified paper",
    "withdrawn from issue": "withdrawal from issue",
}
"""Labels that say what happened, or of what kind a paper is, rather than what it is."""
_BETWEEN: Final = re.compile(r"(, | and )")
"""What stands between the papers that a label names."""
_PROPER: Final = (
    "Art. ",
    "Board ",
    "European",
    "Green Technology",
    "Licensing and",
    "Office ",
    "Patent Prosecution",
    "Quayle ",
    "Rule ",
    "Rules ",
    "Track One",
)
"""How labels begin that keep their capital within a sentence."""


def shown(day: date) -> str:
    """Write a date as on the screen: `31 Aug 2018`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def noun_of_label(label: str) -> str:
    """Make a noun of a label, to stand between "the" and "of 31 Aug 2018".

    "Board decision: affirmed" is a "Board decision (affirmed)", "Appeal dismissed" the "dismissal of the appeal"; of a
    label that names several papers each.
    """
    first, _, _ = label.partition(" ")
    kept = first.isupper() or label.startswith(_PROPER)  # an abbreviation or a name
    said = label if kept else label[:1].lower() + label[1:]
    return "".join(part if place % 2 else _noun(part) for place, part in enumerate(_BETWEEN.split(said)))


def _noun(noun: str) -> str:
    if noun in _REWORDED:
        return _REWORDED[noun]
    head, colon, tail = noun.partition(": ")
    if colon:
        return f"{head} ({tail})"
    rest, _, last = noun.rpartition(" ")
    return f"{_DEEDS[last]} of the {rest}" if rest and last in _DEEDS else noun
