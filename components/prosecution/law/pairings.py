"""What answers what: the rules by which an action finds its reply, as tables.

| file | one row is |
|---|---|
| `pairings.csv` | for an office, a category that opens a round: who must act, what answers it, what ends it otherwise |
| `category_sets.csv` | a name (`@actions`) for several categories, used in the file above |
| `lead_codes.csv` | a code that leads among papers of one kind and day |
| `reassignments.csv` | a category that means something else beside another one of the same day |

Columns of `pairings.csv`: a row is for `codes` of a category, or for all. `partial` papers belong to the round and
answer it only if the Office then does one of `completed_by` (a reply after final that leads to an allowance);
`closed_by` ends it unanswered; `prolonged_by` is an Office paper until whose date (and `prolonged_months` more) the
period runs at least, if the first reply came within `prolonged_within` months; `suspended_by` lets the period rest
until `prolonged_by`; during an open round of `no_period_in` it sets no period of its own; `same_day` says whether a
paper of the day itself may answer; `listed_if` says when it is a round at all; `round` whether it counts as a round of
examination.
"""

from dataclasses import dataclass
from functools import cache

from components.prosecution.errors import CodeTableBroken
from components.prosecution.law.vocabulary import category_index, rows_of

_LISTED = ("always", "with a period", "before the first action", "if answered", "if undone")
"""`with a period`: only papers for which a period is computed; `before the first action`: such papers, and only
there."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """One row of `pairings.csv`, its categories as places in `categories.csv`."""

    opens: int
    codes: frozenset[str]
    """The codes it is for; empty: every code of the category that no other row names."""
    by_applicant: bool
    """Whether the applicant must act, rather than the Office."""
    answered_by: frozenset[int]
    prefers: int
    """Which of these names the answer where several came together: the first in the table; -1 for none."""
    partial: frozenset[int]
    completed_by: frozenset[int]
    closed_by: frozenset[int]
    prolonged_by: int
    """-1: nothing prolongs the period."""
    prolonged_months: int
    prolonged_within: int
    """Months; 0: however late the first reply came."""
    suspended_by: int
    """What lets the period rest until `prolonged_by`; -1: nothing."""
    same_day: bool
    """Whether a paper of the day itself may answer."""
    no_period_in: frozenset[int]
    """During an open round of these, the period of that round runs on and none is set."""
    listed_if: str
    round: bool


@dataclass(frozen=True, slots=True)
class Reassignment:
    """A category that, beside another of the same day, is taken for a third."""

    category: int
    beside: int
    becomes: int
    reason: str


@cache
def category_set(name: str) -> frozenset[int]:
    """Give the categories of a named set (`actions`, `replies`).

    Raises:
        CodeTableBroken: the set is not in `category_sets.csv`, or a category not in `categories.csv`.
    """
    for row in rows_of("category_sets.csv"):
        if row["set"] == name:
            return categories_of(row["categories"], "category_sets.csv")
    raise CodeTableBroken(f"pairings.csv names the set @{name}, which category_sets.csv does not hold. Add it there.")


def categories_of(words: str, file: str) -> frozenset[int]:
    """Read the categories that a cell names, separated by blanks; `@actions` names a set of them.

    Raises:
        CodeTableBroken: a name is in neither table; `file` is where it stands.
    """
    found: set[int] = set()
    for word in words.split():
        if word.startswith("@"):
            found |= category_set(word[1:])
        elif word in category_index():
            found.add(category_index()[word])
        else:
            raise CodeTableBroken(f"{file} names the category {word}, which categories.csv does not hold. Mend it.")
    return frozenset(found)


@cache
def pairings_of(office: str) -> dict[int, tuple[Pairing, ...]]:
    """Give the pairings of an office by the category that opens; those of any office where it has none of its own.

    Of one category the rows that name codes go first.

    Raises:
        CodeTableBroken: a category, set or flag is not of its vocabulary.
    """
    rows = rows_of("pairings.csv")
    offices = {row["office"] for row in rows}
    found: dict[int, tuple[Pairing, ...]] = {}
    for row in sorted(rows, key=lambda row: not row["codes"]):
        if row["office"] != (office if office in offices else "*"):
            continue
        if (
            row["respondent"] not in ("applicant", "office")
            or row["listed_if"] not in _LISTED
            or row["round"] not in ("yes", "no")
            or row["same_day"] not in ("yes", "no")
        ):
            raise CodeTableBroken(f"pairings.csv, {row['office']} {row['opens']}: unknown respondent or flag. Mend it.")
        opens = category_index()[row["opens"]]
        pairing = Pairing(
            opens=opens,
            codes=frozenset(filter(None, row["codes"].split(";"))),
            by_applicant=row["respondent"] == "applicant",
            answered_by=categories_of(row["answered_by"], "pairings.csv"),
            prefers=category_index().get(row["answered_by"].partition(" ")[0], -1),
            partial=categories_of(row["partial"], "pairings.csv"),
            completed_by=categories_of(row["completed_by"], "pairings.csv"),
            closed_by=categories_of(row["closed_by"], "pairings.csv"),
            prolonged_by=category_index()[row["prolonged_by"]] if row["prolonged_by"] else -1,
            prolonged_months=int(row["prolonged_months"] or 0),
            prolonged_within=int(row["prolonged_within"] or 0),
            suspended_by=category_index()[row["suspended_by"]] if row["suspended_by"] else -1,
            same_day=row["same_day"] == "yes",
            no_period_in=categories_of(row["no_period_in"], "pairings.csv"),
            listed_if=row["listed_if"],
            round=row["round"] == "yes",
        )
        found[opens] = (*found.get(opens, ()), pairing)
    return found


def pairing_for(office: str, category: int, code: str) -> Pairing | None:
    """Give the rule by which a paper opens a round; `None` if it opens none.

    Args:
        office: two letters, or none.
        category: place in `categories.csv`.
        code: its document code, as the tables spell it.
    """
    rows = pairings_of(office).get(category, ())
    return next((row for row in rows if not row.codes or code in row.codes), None)


@cache
def bearing_on_rounds(office: str) -> frozenset[int]:
    """Give every category that opens, answers, ends or prolongs a round of an office."""
    found: set[int] = set()
    for pairing in (row for rows in pairings_of(office).values() for row in rows):
        found |= (
            {pairing.opens, pairing.prolonged_by, pairing.suspended_by}
            | pairing.answered_by
            | pairing.partial
            | pairing.closed_by
        )
    return frozenset(found - {-1})


@cache
def lead_codes_of(office: str) -> dict[str, int]:
    """Give the codes of an office that lead among papers of one kind and day, with their place."""
    mine = [row["code"] for row in rows_of("lead_codes.csv") if row["office"] == office]
    return {code: place for place, code in enumerate(mine)}


@cache
def reassignments_of(office: str) -> tuple[Reassignment, ...]:
    """Give the categories that an office's lists show in a wrong place, and what they are then taken for."""
    index = category_index()
    return tuple(
        Reassignment(index[row["category"]], index[row["beside"]], index[row["becomes"]], row["reason"])
        for row in rows_of("reassignments.csv")
        if row["office"] == office
    )
