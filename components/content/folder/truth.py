"""The reading of a folder of papers compared with `truth.csv`, in which a person wrote down what they say."""

import csv
import dataclasses
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from components.content.claim_lists import claim_list_at, in_words
from components.content.folder.folder import FileProblem
from components.content.folder.lines import statuses_of
from components.content.records import PaperContent, Place, Quote, StatusKind
from components.page_texts import PageText

TRUTH: Final = "truth.csv"
_STATUTE: Final = re.compile(
    r"101|10[23](?:\([a-g]\)(?:\(\d\))?)?|112(?:\([a-f]\)|\s+(?:first|second|fourth|sixth)\s+paragraph)?"
    r"|(?:non)?statutory\s+(?:obviousness-type\s+)?double\s+patenting|171|251"
)
_REPEATED: Final = re.compile(r"restat|repeat", re.IGNORECASE)
_STATUS: Final = re.compile(
    r"(pending|rejected|allowed|objected|withdrawn|cancelled)\b(?P<note>[^=:;]{0,60})[=:]\s*(?=\d)"
)
_ON_FORM: Final = re.compile(r"form|PDF p\.2", re.IGNORECASE)
_MONTHS: Final = re.compile(r"(\d)\s+months?", re.IGNORECASE)
_FINALITIES: Final = (
    (re.compile(r"non-final", re.IGNORECASE), "non-final"),
    (re.compile(r"^FINAL|MADE FINAL"), "final"),
    (re.compile(r"notice of allowance", re.IGNORECASE), "allowance"),
    (re.compile(r"quayle", re.IGNORECASE), "Quayle"),
    (re.compile(r"advisory", re.IGNORECASE), "advisory"),
)
_CHANGE: Final = re.compile(
    r"claim (\d+) (inserted|deleted) \((?:underlined|struck)\): (.*?)(?:\s*\((?:before|underline|sic)\b.*)?$"
)


class Row(NamedTuple):
    """A fact that a person wrote down."""

    file: str
    kind: str
    value: str
    page: str
    sure: bool
    note: str


class ReadPaperOf(NamedTuple):
    """A paper as it was read."""

    content: PaperContent
    pages: Sequence[PageText]
    added: Mapping[int, str]
    """The words that came into each claim, by its number."""
    struck: Mapping[int, str]


class Difference(NamedTuple):
    """Where the reading is not what a person read."""

    file: str
    page: str
    what: str


class Tally:
    """Right and wrong readings of one kind of fact."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = {}
        self.differences: list[Difference] = []

    def count(self, kind: str, *, is_right: bool, row: Row, what: str, is_read: bool = True) -> None:
        """Count a fact, and note it where it was read otherwise, or where nothing was read."""
        counted = kind if row.sure else f"{kind} (unsure)"
        self.counts.setdefault(counted, Counter())["right" if is_right else "wrong" if is_read else "missed"] += 1
        if not is_right:
            self.differences.append(Difference(row.file, row.page, f"{counted}: {what}"))

    def add(self, kind: str, result: str, difference: Difference | None = None) -> None:
        """Count something that is not right or wrong: `missed`, `false`."""
        self.counts.setdefault(kind, Counter())[result] += 1
        if difference:
            self.differences.append(difference)


def truth_of(folder: Path) -> list[Row]:
    """Return the facts of a folder.

    Raises:
        FileProblem: it has no `truth.csv`, or it cannot be read.
    """
    path = folder / TRUTH
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except (OSError, csv.Error, UnicodeDecodeError) as failure:
        raise FileProblem(f"{path} cannot be read: with --json nothing is compared with it.") from failure
    names = ("file", "kind", "value", "page", "sure", "note")
    if rows and not set(names) <= set(rows[0]):
        raise FileProblem(f"{path} must have the columns {', '.join(names)}.")
    cells = [[row.get(name) or "" for name in names] for row in rows]
    return [Row(file, kind, value, page, sure == "sure", note) for file, kind, value, page, sure, note in cells]


def compare(papers: Mapping[str, ReadPaperOf], rows: Sequence[Row]) -> Tally:
    """Return how the papers that were read agree with what a person read in them."""
    tally = Tally()
    for file, paper in papers.items():
        own = [row for row in rows if row.file == file]
        _compare_grounds(paper, [row for row in own if row.kind == "ground"], tally, file)
        for row in own:
            comparison = _COMPARISONS.get(row.kind)
            if comparison is not None:
                comparison(paper, row, tally)
        for quote in quotes_in(paper.content):
            found = stands_on_its_page(quote, paper.pages)
            gone = None if found else Difference(file, str(quote.page), f"quote not on its page: {quote.text[:80]}")
            tally.add("quotes", "on their page" if found else "not on their page", gone)
    return tally


def rendered(tally: Tally) -> Iterator[str]:
    """Yield the comparison in lines: each difference with its file and page, then the totals."""
    for file, page, what in tally.differences:
        yield f"{file}, page {page}: {what}\n"
    yield "\n"
    for kind, counts in sorted(tally.counts.items()):
        total = sum(counts.values())
        yield f"{kind}: {', '.join(f'{number} {result}' for result, number in sorted(counts.items()))} (of {total})\n"


def quotes_in(value: object) -> Iterator[Quote]:
    """Yield all quotes in a record."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from quotes_in(part)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from quotes_in(getattr(value, field.name))


def stands_on_its_page(quote: Quote, pages: Sequence[PageText]) -> bool:
    """Return whether the words of a quote stand on its page, one behind the other."""
    return any(quote.text in " ".join(word.text for word in page.words) for page in pages if page.page == quote.page)


def claims_of(text: str) -> tuple[int, ...]:
    """Return the claims of a list as a person wrote it, up to a bracket."""
    listed = claim_list_at(re.split(r"[(;]", text)[0].strip(), 0)
    return listed.claims if listed else ()


def statutes_of(text: str) -> frozenset[str]:
    """Return the names of a statute as this app writes it; two where either will do."""
    found = (each[0] for each in _STATUTE.finditer(text))
    return frozenset(re.sub(r"\s+", " ", each.replace("obviousness-type ", "")) for each in found)


def _compare_grounds(paper: ReadPaperOf, rows: Sequence[Row], tally: Tally, file: str) -> None:
    """Compare the grounds: each of a person's with one of the rules', by statute and claims exactly."""
    found = list(paper.content.grounds)
    left = []
    for row in (row for row in rows if not _REPEATED.search(row.note)):
        fields = dict(part.split("=", 1) for part in re.split(r";\s*(?=\w+=)", row.value) if "=" in part)
        statutes, claims = statutes_of(fields.get("statute", "")), claims_of(fields.get("claims", ""))
        right = next((each for each in found if each.statute in statutes and each.claims == claims), None)
        if right is not None:
            found.remove(right)
            tally.add("grounds" if row.sure else "grounds (unsure)", "right")
        else:
            left.append((row, statutes, claims))
    for row, statutes, claims in left:
        near = next((each for each in found if each.statute in statutes), None)
        near = near or next((each for each in found if each.claims == claims), None)
        read = f"read as {near.statute} of {in_words(near.claims)}" if near else "not read"
        kind = "grounds" if row.sure else "grounds (unsure)"
        words = f"{' or '.join(sorted(statutes))} of {in_words(claims)}, {read}"
        tally.add(kind, "missed", Difference(file, row.page, f"{kind}: {words}"))
        if near is not None and not row.sure:
            found.remove(near)
        elif near is None or near.statute not in statutes:
            tally.add("statute alone", "wrong" if row.sure else "wrong (unsure)")
    for ground in found:
        words = f"{ground.statute} of {in_words(ground.claims)}: {ground.quote.text[:100]}"
        tally.add("grounds", "false", Difference(file, str(ground.quote.page), f"grounds, false: {words}"))


def _compare_examiner(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    read = paper.content.examiner.value if paper.content.examiner else ""
    expected = row.value.split("(")[0].strip()
    what = f"{expected}, read as {read!r}"
    is_right = _letters(read) == _letters(expected)
    tally.count("examiner", is_right=is_right, row=row, what=what, is_read=bool(read))


def _compare_art_unit(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    read = paper.content.art_unit.value if paper.content.art_unit else ""
    what = f"{row.value}, read as {read!r}"
    tally.count("art unit", is_right=read == row.value, row=row, what=what, is_read=bool(read))


def _compare_finality(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    expected = next((value for pattern, value in _FINALITIES if pattern.search(row.value)), None)
    if expected is not None:
        read = paper.content.finality.value if paper.content.finality else ""
        tally.count("finality", is_right=read == expected, row=row, what=f"{expected}, read as {read!r}")


def _compare_period(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    expected = _MONTHS.search(row.value)
    period = paper.content.reply_period
    read = period.months if period else None
    if expected is not None:
        is_right = read == int(expected[1])
        what = f"{expected[1]} months, read as {read}"
        tally.count("reply period", is_right=is_right, row=row, what=what, is_read=read is not None)


def _compare_statuses(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    """Compare what a row says of claims; a row may say it of several kinds."""
    is_form = row.page == "form" or (row.page.startswith("PDF") and _ON_FORM.match(row.page) is not None)
    for found in _STATUS.finditer(row.value):
        kind = _status_kind(found[1])
        expected = claims_of(row.value[found.end() :])
        if kind is None or not expected or "ground" in found["note"]:
            continue
        is_form_line = is_form and kind != "cancelled"
        places: tuple[Place, ...] = ("form",) if is_form_line else ("body",)
        reads = {claims for place in places for claims in _claims_said(paper.content, kind, place)}
        if not is_form_line:
            reads |= {statuses_of(paper.content).get(kind, ())}
        shown = " or ".join(in_words(read) for read in reads if read) or "nothing"
        name = "form lines" if is_form_line else "statuses in the text"
        what = f"{kind} {in_words(expected)}, read as {shown}"
        tally.count(name, is_right=expected in reads, row=row, what=what, is_read=any(reads))


def _claims_said(content: PaperContent, kind: StatusKind, place: Place) -> Iterator[tuple[int, ...]]:
    """Yield the claims of a kind: of all places together, and of each."""
    yield content.status(kind, place)
    yield from (each.claims for each in content.statuses if each.kind == kind and each.place == place)


def _status_kind(word: str) -> StatusKind | None:
    kinds: tuple[StatusKind, ...] = ("pending", "rejected", "allowed", "objected", "withdrawn", "cancelled")
    return next((kind for kind in kinds if kind == word), None)


def _compare_change(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    found = _CHANGE.match(row.value)
    if found is None:
        return
    words = (paper.added if found[2] == "inserted" else paper.struck).get(int(found[1]), "")
    is_right = _letters(found[3]) in _letters(words)
    tally.count("changes of claims", is_right=is_right, row=row, what=f"{found[0]}, read as {words!r}")


def _compare_reasons(paper: ReadPaperOf, row: Row, tally: Tally) -> None:
    """Compare whether reasons for allowance are found at all: how much of them is quoted is a matter of taste."""
    reasons = [each for each in paper.content.statements if each.kind == "reason for allowance"]
    expected = not row.value.startswith("NONE")
    what = f"{'some' if expected else 'none'} expected, {len(reasons)} read"
    tally.count("reasons for allowance", is_right=bool(reasons) == expected, row=row, what=what)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


_COMPARISONS: Final[dict[str, Callable[[ReadPaperOf, Row, Tally], None]]] = {
    "examiner": _compare_examiner,
    "art_unit": _compare_art_unit,
    "finality": _compare_finality,
    "reply_period": _compare_period,
    "claim_status": _compare_statuses,
    "allowable": _compare_statuses,
    "claim_text_change": _compare_change,
    "reason_for_allowance": _compare_reasons,
}
