"""How dates and labels are put into sentences."""

from datetime import date
from typing import Final

_NAMES: Final = ("Quayle", "Art.", "Rule", "Rules", "Board", "Track", "European", "Green", "Office", "Licensing")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def shown(day: date) -> str:
    """Write a date as on the screen: `31 Aug 2018`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def within(label: str) -> str:
    """Put a label in the middle of a sentence: its capital goes, unless it is an abbreviation or a name."""
    first, _, _ = label.partition(" ")
    return label if first.isupper() or first in _NAMES else label[:1].lower() + label[1:]
