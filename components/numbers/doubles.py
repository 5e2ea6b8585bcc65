"""Which numbers are the same: one publication with and without its kind code, one application in two spellings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from components.numbers.errors import NotACandidate
from components.numbers.model import Number, Reading, Standing

_WITH_KIND_CODE = re.compile(r"(.*\d)(?:[A-Z]\d?)")
_JP_EXAMINED = re.compile(r"JP\d{10}[BY]\d?")


def comparison_form(reading: Reading) -> str:
    """Return what two readings of one file history have in common: the number without its kind code.

    Only Japanese examined publications keep their kind code, because they are numbered apart from the unexamined ones.
    """
    if reading.field == "apno" or _JP_EXAMINED.fullmatch(reading.normalised):
        return reading.normalised
    match = _WITH_KIND_CODE.fullmatch(reading.normalised)
    return match[1] if match is not None else reading.normalised


def mark_doubles(numbers: Sequence[Number]) -> list[Number]:
    """Return the list with each number marked that stands earlier in it, and without marks that no longer hold.

    To be used again after choosing, removing or joining lists. Ambiguous and refused numbers are left as they are.
    """
    first: dict[str, int] = {}
    marked = []
    for position, number in enumerate(numbers):
        if number.standing not in (Standing.UNDERSTOOD, Standing.DOUBLED):
            marked.append(number)
            continue
        earlier = first.setdefault(comparison_form(number.reading), position)
        marked.append(
            _without_mark(number) if earlier == position else _marked_double(number, earlier, numbers[earlier])
        )
    return marked


def choose(number: Number, normalised: str) -> Number:
    """Return an ambiguous number as understood in one of its readings.

    Args:
        number: the ambiguous number.
        normalised: the normalised form of the reading that was chosen.

    Raises:
        NotACandidate: the number has no such reading.
    """
    for reading in number.readings:
        if reading.normalised == normalised:
            return replace(number, standing=Standing.UNDERSTOOD, readings=(reading,), reason="", double_of=None)
    offered = ", ".join(reading.normalised for reading in number.readings) or "nothing"
    raise NotACandidate(f"“{number.typed}” cannot be read as {normalised}. It can be read as: {offered}.")


def _without_mark(number: Number) -> Number:
    if number.standing is Standing.UNDERSTOOD:
        return number
    return replace(number, standing=Standing.UNDERSTOOD, reason="", double_of=None)


def _marked_double(number: Number, earlier: int, original: Number) -> Number:
    reason = f"The same as item {earlier + 1}, “{original.typed}”: looked up once, charged once at most."
    return replace(number, standing=Standing.DOUBLED, reason=reason, double_of=earlier)
