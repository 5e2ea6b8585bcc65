"""What kind of action a paper is: by its document code and its words, never by a tick box.

The words of the form's tick boxes stand on every action, so they are not looked at.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from components.content.records import Finality, FinalityFact, Flag, PaperKind, Quote, finding_id
from components.content.text import ReadText, Span

_MADE_FINAL: Final = re.compile(
    r"th[il1]s\s+(?:Off[il1]ce\s+)?act[il1]on\s+(?:[il1]s|has\s+been)\s+(?:hereby\s+)?made\s+(?P<non>non\W{0,3}\s?|not\s+)?f[il1]na[l1I]\b",
    re.IGNORECASE,
)
_QUAYLE: Final = re.compile(
    r"closed\s+[il1]n\s+accordance\s+w[il1]th\s+the\s+pract[il1]ce\s+under\s+Ex\s+parte\s+Quayle", re.IGNORECASE
)
_NOT_THIS_ONE: Final = re.compile(
    r"\b(?:if|would|could|may|should|next|previous|prior|last|earlier)\b[^.]{0,80}$|\bfinality\b[^.]{0,60}$",
    re.IGNORECASE,
)
_BY_CODE: Final[dict[str, Finality]] = {
    "non_final_rejection": "non-final",
    "final_rejection": "final",
    "quayle": "Quayle",
    "advisory_action": "advisory",
    "allowance": "allowance",
    "corrected_allowance": "allowance",
}
"""What an action is, by the category that the prosecution room gives to its document code."""


class FinalityWords(NamedTuple):
    """Words of a paper's text that say what kind of action it is."""

    value: Finality
    quote: Quote


def finality_words(text: ReadText, forms: Sequence[Span]) -> FinalityWords | None:
    """Return the words of a paper that say whether it is final.

    Args:
        text: the paper.
        forms: where its form pages stand: what is printed there is in every action.
    """
    for pattern, value in ((_MADE_FINAL, "final"), (_QUAYLE, "Quayle")):
        for found in pattern.finditer(text.text):
            on_form = any(form.start <= found.start() < form.end for form in forms)
            before = text.text[max(0, found.start() - 120) : found.start()]
            if not on_form and not _NOT_THIS_ONE.search(before):
                says: Finality = "non-final" if pattern is _MADE_FINAL and found["non"] else _value(value)
                return FinalityWords(says, text.quote(*found.span()))
    return None


def _value(value: str) -> Finality:
    return "final" if value == "final" else "Quayle"


def finality_of(category: str, kind: PaperKind, words: FinalityWords | None) -> FinalityFact | None:
    """Return what kind of action a paper is.

    Args:
        category: of its document code; empty where the code is not known.
        kind: what rules it is read by.
        words: its own words.
    """
    by_code = _BY_CODE.get(category)
    if by_code is not None:
        says_so = words is not None and words.value == by_code
        return FinalityFact(by_code, quote=words.quote if words is not None and says_so else None)
    if words is not None and kind == "action":
        return FinalityFact(words.value, quote=words.quote)
    return (
        FinalityFact("advisory" if kind == "advisory" else "allowance") if kind in ("advisory", "allowance") else None
    )


def finality_flags(fact: FinalityFact | None, words: FinalityWords | None) -> tuple[Flag, ...]:
    """Return the flag of a paper whose words say something else than its code."""
    if fact is None or words is None or words.value == fact.value or fact.value not in ("final", "non-final", "Quayle"):
        return ()
    says = f"By its document code this action is {fact.value}, but it says “{words.quote.text}”."
    return (Flag(finding_id("flag", "finality differs"), "finality differs", says, (words.quote,)),)
