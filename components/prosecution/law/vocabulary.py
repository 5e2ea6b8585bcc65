"""The vocabulary: document codes, the categories they fall into, and how each category is said and drawn.

Everything here is a CSV under `codes/`; this module loads the tables once and checks that they agree.

| file | one row is |
|---|---|
| `categories.csv` | a category: its words, lane, side, symbol, colours, and what it does to a status or a count |
| `office_phrases.csv` | what an office itself calls a category |
| `us.csv`, `ep.csv`, `jp.csv` | a document code of that office |
| `shared_codes.csv` | a code under which an office lists several kinds of paper, told apart by the description |
| `code_prefixes.csv` | how a family of codes begins, for codes that are in no list |
| `description_words.csv` | words that name a common paper, for offices without a list of codes |
| `package_labels.csv` | what several papers of one day are called together |
| `code_phrases.csv` | what a paper is called whose category says too little |

Other tables are read where they are used: `negations.csv` (`negations`), `covering_papers.csv` (`labels`),
`pairings.csv` and its companions (`pairings`), `periods.csv` and `yardsticks.csv` (`periods`), `closures.csv`
(`workdays`), `application_years.csv` (`span`), `prerequisites.csv` and `grant_kinds.csv` (`prerequisites`), and those
of the comparison with the offices' logs (`check.kinds`), and `reading_order.csv` and `reading_lists.csv` (modules of
these names).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pandas as pd

from components.prosecution.errors import CodeTableBroken

FOLDER: Final = Path(__file__).resolve().parent
OFFICES: Final = ("US", "EP", "JP")
"""The offices whose codes are listed; others are read by the words of their descriptions."""

UNSPACED_LANGUAGES: Final = frozenset({"Japanese", "Korean", "Chinese"})
"""Languages in whose titles a word need not stand apart from the next."""

LANES: Final = (
    "Office actions",
    "Allowance and issue",
    "Interviews",
    "Decisions and letters",
    "Appeal",
    "Replies and RCE",
    "IDS",
    "Petitions and extensions",
    "Filing",
    "Other",
)
"""The lanes of a timeline from top to bottom: the Office above, the applicant below."""
OFFICE_LANES: Final = LANES[:4]

SIDES: Final = ("office", "applicant", "third party", "internal", "unclassified")
"""Who a paper is from, in the order in which a day is told."""
SIDE_OF_DIRECTION: Final = {
    "out": "office",
    "in": "applicant",
    "third": "third party",
    "internal": "internal",
    "": "unclassified",
}
UNCLASSIFIED: Final = "unclassified"


@dataclass(frozen=True, slots=True)
class Category:
    """One row of `categories.csv`."""

    name: str
    rank: int
    """Place in the table; the order of legends and of the ordered categorical."""
    label: str
    short: str
    """What a timeline writes beside the marker; empty if it writes nothing."""
    phrase: str
    """How a submission's label says it; empty if it goes without saying."""
    lane: str
    side: str
    key: bool
    """An event in its own right."""
    part: bool
    """A paper that matters, but as part of an event: remarks, claims, affidavits."""
    lead: int
    """Which paper names a submission: the lowest. The applicant's order follows MPEP practice: RCE before appeal
    before amendment before fee before petition before IDS."""
    status: str
    """The status in which this paper leaves the application; empty if it decides nothing."""
    revives: bool
    """Whether it counts after an abandonment: only an Office paper or an RCE shows that a file lives again."""
    reopens: bool
    """Whether an allowance after it is a new one, rather than a correction of the one before."""
    counts: tuple[str, ...]
    """The columns of `histories` that count its distinct dates."""
    beside: str
    """A category on whose day a timeline draws no marker of its own for this one."""
    say: int
    """Place in a submission's label: "Amendment and RCE", though the RCE leads."""
    follows: str
    """`applicant` for receipts and fee sheets, which belong to what the applicant did that day."""


def rows_of(name: str) -> list[dict[str, str]]:
    """Read a table of `codes/`: a dict a row, by the names of its columns."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _yes(row: dict[str, str], column: str) -> bool:
    if row[column] not in ("yes", "no"):
        raise CodeTableBroken(f"categories.csv, {row['category']}: {column} must be yes or no. Mend that cell.")
    return row[column] == "yes"


@cache
def category_list() -> tuple[Category, ...]:
    """Give the categories in the order of the table.

    Raises:
        CodeTableBroken: a lane, side or flag is not of its vocabulary, or a name or lead rank occurs twice.
    """
    found = tuple(
        Category(
            name=row["category"],
            rank=rank,
            label=row["label"],
            short=row["short"],
            phrase=row["phrase"],
            lane=row["lane"],
            side=row["side"],
            key=_yes(row, "key"),
            part=_yes(row, "part"),
            lead=int(row["lead"]),
            status=row["status"],
            revives=_yes(row, "revives"),
            reopens=_yes(row, "reopens"),
            counts=tuple(row["counts"].split()),
            beside=row["beside"],
            say=int(row["say"]),
            follows=row["follows"],
        )
        for rank, row in enumerate(rows_of("categories.csv"))
    )
    names = {category.name for category in found}
    if len(names) < len(found) or len({category.lead for category in found}) < len(found):
        raise CodeTableBroken("categories.csv: a category or a lead rank occurs twice. Give each its own.")
    for category in found:
        if category.lane not in LANES or category.side not in SIDES or (category.beside or UNCLASSIFIED) not in names:
            raise CodeTableBroken(f"categories.csv, {category.name}: unknown lane, side or companion. Mend that row.")
    return found


@cache
def phrases_of(office: str) -> dict[str, str]:
    """Give an office's own phrases for categories; a category that is not in it is said as everywhere."""
    return {row["category"]: row["phrase"] for row in rows_of("office_phrases.csv") if row["office"] == office}


@cache
def category_index() -> dict[str, int]:
    """Give each category's place in the table."""
    return {category.name: category.rank for category in category_list()}


def categories() -> pd.DataFrame:
    """Give the table of what is drawn how: one row a category, in legend order.

    Returns:
        Columns `category`, `label`, `short` (beside a marker), `lane` (ordered categorical), `side`, `symbol` (a plotly
        symbol), `colour_light`, `colour_dark` (on a white and on a dark ground), `key` (an event of its own),
        `beside` (on the day of which category it is not drawn). A copy: change it as you like.
    """
    return _categories().copy()


@cache
def category_labels() -> Mapping[str, str]:
    """Give what each category is called on the screen and in files."""
    table = _categories()
    return MappingProxyType(dict(zip(table["category"].astype("str"), table["label"].astype("str"), strict=True)))


@cache
def _categories() -> pd.DataFrame:
    category_list()  # refuses a broken table before anything is drawn from it
    columns = ["category", "label", "short", "lane", "side", "symbol", "colour_light", "colour_dark", "key", "beside"]
    table = pd.DataFrame(rows_of("categories.csv"), dtype="str")[columns]
    table["key"] = table["key"] == "yes"
    table["lane"] = pd.Categorical(table["lane"], categories=list(LANES), ordered=True)
    return table


def code_table() -> pd.DataFrame:
    """Give every document code that is listed, office by office, in the order of the files.

    Returns:
        Columns `office`, `code`, `name`, `other_names` (separated by "; "), `direction` (`in`, `out`, `internal`,
        `third`), `category`, `source` (where the code was seen), `times_seen` (in the files examined). A copy.
    """
    return _code_table().copy()


@cache
def _code_table() -> pd.DataFrame:
    rows = [{"office": office, **row} for office in OFFICES for row in rows_of(f"{office.lower()}.csv")]
    known = category_index()
    for row in rows:
        if row["category"] not in known or row["direction"] not in SIDE_OF_DIRECTION:
            raise CodeTableBroken(f"{row['office'].lower()}.csv, {row['code']}: unknown category or direction.")
    table = pd.DataFrame(rows, dtype="str")
    table["times_seen"] = table["times_seen"].astype("int64")
    return table


@dataclass(frozen=True, slots=True)
class Rule:
    """What a paper is, by one of the tables."""

    category: int
    """Place of the category in `categories.csv`."""
    side: int
    """Place of the side in `SIDES`."""


def rule(row: dict[str, str]) -> Rule:
    """Read category and direction from a row of any of the tables.

    Raises:
        CodeTableBroken: one of them is not of its vocabulary.
    """
    try:
        return Rule(category_index()[row["category"]], SIDES.index(SIDE_OF_DIRECTION[row["direction"]]))
    except KeyError as error:
        raise CodeTableBroken(f"A table of codes names {error}, which is no category or direction: {row}") from None


@cache
def codes_of(office: str) -> dict[str, Rule]:
    """Give the listed codes of an office; empty for an office without a list."""
    if office not in OFFICES:
        return {}
    return {row["code"].upper(): rule(row) for row in rows_of(f"{office.lower()}.csv")}


@dataclass(frozen=True, slots=True)
class Prefix:
    """How a family of codes begins."""

    text: str
    before_digit: bool
    """Whether a digit may follow: `A74` begins `A7421`, but form 2001 has nothing to do with a `200103`."""
    rule: Rule


@cache
def prefixes_of(office: str) -> tuple[Prefix, ...]:
    """Give the prefixes of an office's codes, the longest first."""
    found = [
        Prefix(row["prefix"], row["before_digit"] == "yes", rule(row))
        for row in rows_of("code_prefixes.csv")
        if row["office"] == office
    ]
    return tuple(sorted(found, key=lambda prefix: (-len(prefix.text), prefix.text)))


@cache
def shared_codes_of(office: str) -> dict[str, tuple[tuple[str, Rule], ...]]:
    """Give the codes of an office that several kinds of paper share, each with the words that tell them apart."""
    found: dict[str, tuple[tuple[str, Rule], ...]] = {}
    for row in rows_of("shared_codes.csv"):
        if row["office"] == office:
            found[row["code"]] = (*found.get(row["code"], ()), (row["words"], rule(row)))
    return found


@dataclass(frozen=True, slots=True)
class Title:
    """Words by which a paper is recognised: one row of `description_words.csv`."""

    words: str
    """In lower case; those with a bracket are looked for in the title with its brackets."""
    match: str
    """`whole`: the title is these words. `begins`: it begins with them. `anywhere`: it contains them."""
    stem: bool
    """Whether the last of several words may go on: `corrected notice of allow*`."""
    offices: frozenset[str]
    """The offices whose papers are so called; empty for all."""
    spaced: bool
    """Whether blanks part the words of its language."""
    rule: Rule

    @property
    def bracketed(self) -> bool:
        """Whether the words have a bracket, without which titles are read otherwise."""
        return "(" in self.words or "[" in self.words


@cache
def description_words() -> tuple[Title, ...]:
    """Give the words that name a paper, in the order of the table.

    Raises:
        CodeTableBroken: a row says nothing, or is matched in a way that its language does not allow.
    """
    found = []
    for row in rows_of("description_words.csv"):
        spaced = row["language"] not in UNSPACED_LANGUAGES
        words, stem = row["words"].removesuffix("*").casefold(), row["words"].endswith("*")
        allowed = ("whole", "begins" if spaced else "anywhere")
        if not words.strip() or row["match"] not in allowed or (stem and " " not in words):
            raise CodeTableBroken(f"description_words.csv, {row['words']!r}: its match is unknown. Mend that row.")
        found.append(Title(words, row["match"], stem, frozenset(row["offices"].split()), spaced, rule(row)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Package:
    """What several papers of one day are called together: one row of `package_labels.csv`."""

    members: frozenset[str]
    """The categories that are all among the papers."""
    replaces: frozenset[str]
    """Those of them that the phrase says; the others still speak for themselves."""
    phrase: str
    say: int | None
    """Place in the label, as in `categories.csv`; without one, that of the first category it replaces."""


@cache
def packages_of(office: str) -> tuple[Package, ...]:
    """Give what an office's packages are called, in the order in which they are tried.

    Raises:
        CodeTableBroken: a row names an unknown category, or replaces none of its members.
    """
    found = []
    for row in rows_of("package_labels.csv"):
        members, replaces = frozenset(row["members"].split()), frozenset(row["replaces"].split())
        if not replaces or not replaces <= members or not members <= category_index().keys():
            raise CodeTableBroken(f"package_labels.csv, {row['members']!r}: unknown category. Mend that row.")
        if row["office"] == office:
            found.append(Package(members, replaces, row["phrase"], int(row["say"]) if row["say"] else None))
    return tuple(found)


@cache
def code_phrases_of(office: str) -> dict[str, tuple[tuple[str, str], ...]]:
    """Give what papers are called whose category says too little: code → (words its description must have, phrase).

    The code is without its trailing dots; the empty code stands for any.
    """
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows_of("code_phrases.csv"):
        if row["office"] == office:
            code = row["code"].rstrip(".")
            found[code] = (*found.get(code, ()), (row["words"], row["phrase"]))
    return found
