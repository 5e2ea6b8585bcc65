"""Numbers that are listed twice, in whatever spelling, with or without kind code; and the choice between readings."""

import re
from collections.abc import Sequence
from dataclasses import replace

from components.numbers import rules
from components.numbers.errors import NotACandidate
from components.numbers.model import Number, Reading, Standing

_WITH_KIND_CODE = re.compile(r"(.*\d)(?:[A-Z]\d?)")
_US_PATENT = re.compile(r"US([A-Z]{0,2})(\d{1,8})([A-Z]\d?)")
_OWN_COUNT = re.compile(r"(JP\d{10}[BUY]|JP\d{1,7}[SUY]|KR\d{13}[BY]|DE1\d{6}U)\d?")
"""Documents that are numbered apart from others which look alike without the letter: in Japan examined publications,
utility models and designs, in Korea examined publications, in Germany the utility models before 1968."""


def comparison_form(reading: Reading) -> str:
    """Return the form by which readings are compared, equal for all readings of one number: it has no kind code.

    Documents that are numbered apart from others of their office keep its letter, and so do US certificates, which are
    documents of their own with the number of a patent.
    """
    if reading.field == "apno" or _is_certificate(reading.normalised):
        return reading.normalised
    match = _OWN_COUNT.fullmatch(reading.normalised) or _WITH_KIND_CODE.fullmatch(reading.normalised)
    return match[1] if match is not None else reading.normalised


def _is_certificate(normalised: str) -> bool:
    """Return whether a number is that of a US certificate: of a reexamination, a review and the like."""
    match = _US_PATENT.fullmatch(normalised)
    if match is None:
        return False
    meant = rules.us_kind(match[3], match[1] or "grant", int(match[2]))
    return meant is not None and meant.marks == "certificate"


def mark_doubles(numbers: Sequence[Number]) -> list[Number]:
    """Return the list with each repetition of an earlier number marked as doubled.

    Marks from before are made anew: call this again after a reading was chosen, a number removed or two lists joined.
    Ambiguous and refused numbers stay as they are.
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
    """Return a number without the mark that it is doubled."""
    if number.standing is Standing.UNDERSTOOD:
        return number
    return replace(number, standing=Standing.UNDERSTOOD, reason="", double_of=None)


def _marked_double(number: Number, earlier: int, original: Number) -> Number:
    """Return a number marked as the repetition of an earlier one."""
    reason = f"The same as item {earlier + 1}, “{original.typed}”: looked up once, charged once at most."
    return replace(number, standing=Standing.DOUBLED, reason=reason, double_of=earlier)
