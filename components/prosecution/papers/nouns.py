"""Labels as nouns, to stand in the middle of a sentence."""

import re
from typing import Final

_NOUN_OF_PARTICIPLE: Final = {
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
    "claims deemed abandoned": "loss of the claims",
    "designation deemed withdrawn": "loss of the designation",
    "expiry of the opposition period": "communication on the expiry of the opposition period",
    "further processing allowed": "decision to allow further processing",
    "further processing refused": "decision to refuse further processing",
    "opposition proceedings ended": "end of the opposition proceedings",
    "opposition rejected": "decision to reject the opposition",
    "oral proceedings cancelled": "cancellation of the oral proceedings",
    "patent revoked": "decision to revoke the patent",
    "proceedings resumed": "resumption of the proceedings",
    "re-establishment allowed": "decision to allow re-establishment of rights",
    "re-establishment refused": "decision to refuse re-establishment of rights",
    "reexamination ordered": "order for reexamination",
    "references cited by examiner": "list of references cited by the examiner",
    "unclassified": "unclassified paper",
    "withdrawal confirmed": "confirmation of the withdrawal",
    "withdrawn from issue": "withdrawal from issue",
}
"""Labels that state an event or a kind of paper rather than name the paper → a noun for them."""
_BETWEEN: Final = re.compile(r"(, | and )")
"""What separates the papers that a label names."""
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
"""Beginnings of labels that keep their capital within a sentence."""


def noun_of_label(label: str) -> str:
    """Return a label as a noun that can stand between "the" and "of 31 Aug 2018".

    "Board decision: affirmed" becomes "Board decision (affirmed)", "Appeal dismissed" becomes "dismissal of the
    appeal". In a label that names several papers, each becomes a noun.
    """
    first, _, _ = label.partition(" ")
    keeps_capital = first.isupper() or label.startswith(_PROPER)  # an abbreviation or a name
    text = label if keeps_capital else label[:1].lower() + label[1:]
    return "".join(part if index % 2 else _noun(part) for index, part in enumerate(_BETWEEN.split(text)))


def _noun(noun: str) -> str:
    if noun in _REWORDED:
        return _REWORDED[noun]
    head, colon, tail = noun.partition(": ")
    if colon:
        return f"{head} ({tail})"
    rest, _, last = noun.rpartition(" ")
    return f"{_NOUN_OF_PARTICIPLE[last]} of the {rest}" if rest and last in _NOUN_OF_PARTICIPLE else noun
