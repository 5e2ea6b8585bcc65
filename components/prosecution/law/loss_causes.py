"""Why an application was deemed to be withdrawn, where the title of the notice says it: `loss_causes.csv`."""

from functools import cache
from typing import Annotated, Final

from components.prosecution.law.rule_files import Filled, read_rule_table
from components.rule_tables import BY_SEMICOLONS, Row

LOSS_CAUSES_FILE: Final = "loss_causes.csv"


class LossCause(Row):
    """A cause of a loss of rights: one row of `loss_causes.csv`. Of several for a title the first counts."""

    office: Filled
    words: Annotated[tuple[str, ...], BY_SEMICOLONS]
    """Of which the title has one, whatever its capitals."""
    cause: Filled
    """As a sentence goes on with it: "for want of a reply"."""
    source: Filled


@cache
def _causes_of(office: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    rows = read_rule_table(LOSS_CAUSES_FILE, LossCause)
    return tuple((tuple(map(str.casefold, row.words)), row.cause) for row in rows if row.office == office)


def cause_of_loss(office: str, title: str) -> str:
    """Return why rights were lost by the title of the notice: "because the renewal fee was not paid"; else nothing.

    Raises:
        RuleTableBroken: `loss_causes.csv` cannot be used.
    """
    text = " ".join(title.casefold().split())
    return next((cause for words, cause in _causes_of(office) if any(word in text for word in words)), "")
