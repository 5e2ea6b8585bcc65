"""All references that the papers on the screen cite: one entry a document, wherever and however it is named.

The same document is known by its number, whatever its kind code and however its author is spelled; a name without a
number is that of the numbered reference of the same file if only one bears it. Whether a reference is *not* cited in
another file is said only where the lists of that file were read: what was not read is not known (37 CFR 1.56).
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import pandas as pd

from components.content.claim_lists import in_words
from components.content.paper_kinds import kind_of
from components.content.records import CitedIn, DatedContent, Ground, NamedReference, Quote
from components.content.references.cited_numbers import key_of
from components.content.rejections.ground_labels import short_label
from components.histories import PaperRef
from components.words import day, listed

REFERENCE_COLUMNS: Final = (
    "number", "name", "title", "dated", "cited_by", "cited_in", "papers", "grounds", "claims", "not_considered",
    "files", "not_in", "not_known_in",
)  # fmt: skip
"""Columns of the table; all are text, empty where there is nothing to say."""
_BY: Final[dict[CitedIn, str]] = {
    "ground": "examiner",
    "PTO-892": "examiner",
    "not relied upon": "examiner",
    "IDS": "applicant",
    "remarks": "",
}
_LISTS: Final[frozenset[CitedIn]] = frozenset({"PTO-892", "IDS"})
_BEST_NAMES: Final[tuple[CitedIn, ...]] = ("PTO-892", "IDS", "ground", "not relied upon", "remarks")
_NO_DOCUMENTS: Final = frozenset({"official notice", "applicant's admitted prior art"})
_LETTERS_OF_A_TITLE: Final = 60
_SHORTEST_ALIKE: Final = 6
"""Names of fewer letters are the same only if they are spelled the same."""


class Mention(NamedTuple):
    """A place in which a reference is cited."""

    paper: DatedContent
    reference: NamedReference
    cited_in: CitedIn
    quote: Quote
    finding: str
    """Id of the finding: that of the reference in a list or a text, or of the ground."""
    confidence: int
    ground: Ground | None = None
    considered: bool | None = None
    dated: str = ""
    legible: bool = True

    @property
    def history(self) -> str:
        """The file in which it stands."""
        return self.paper.paper.history


@dataclass(frozen=True, slots=True)
class FoundReference:
    """A document and all places in which it is cited."""

    number: str
    name: str
    title: str
    mentions: tuple[Mention, ...]
    """In reading order, file by file."""

    @property
    def words(self) -> str:
        """What it is called on one line."""
        name = self.name or self.title
        if not all(mention.legible for mention in self.mentions):
            return f"{name} (number not legible)".strip()
        return f"{name} ({self.number})" if name and self.number else name or self.number

    @property
    def files(self) -> tuple[str, ...]:
        """Keys of the files in which it is cited."""
        return tuple(dict.fromkeys(mention.history for mention in self.mentions))

    @property
    def cited_by(self) -> tuple[str, ...]:
        """Who cites it, examiner or applicant; nobody where it is only argued about."""
        return tuple(sorted({_BY[mention.cited_in] for mention in self.mentions} - {""}))

    @property
    def grounds(self) -> tuple[Mention, ...]:
        """Where it is used against claims."""
        return tuple(mention for mention in self.mentions if mention.ground is not None)


class Files(NamedTuple):
    """The files on the screen: what can be said of what they do not cite."""

    read: frozenset[str]
    """Those all of whose lists of references were read."""
    others: tuple[str, ...]
    """Those of which that is not so: what they cite is not known, or not in full."""


def references_of(papers: Sequence[DatedContent]) -> tuple[FoundReference, ...]:
    """Return the references of papers, those that are used in grounds first, then in the order of the papers."""
    mentions = list(_mentions(papers))
    found = [_found(group) for group in _grouped(mentions)]
    return tuple(sorted(found, key=lambda each: (not each.grounds, not each.number)))


def files_of(papers: Sequence[DatedContent], *, files: Iterable[str] = (), unread: Collection[str] = ()) -> Files:
    """Return of which files on the screen it can be said what they do not cite.

    Args:
        papers: those that are read.
        files: keys of the files on the screen, also of those of which no paper is read.
        unread: keys of the files that have lists which nobody has read.
    """
    every = tuple(dict.fromkeys([*files, *(paper.paper.history for paper in papers)]))
    lists = [paper for paper in papers if _has_list(paper)]
    read = {paper.paper.history for paper in lists if paper.content.outcome == "read"}
    lost = {paper.paper.history for paper in lists if _is_in_part(paper)} | set(unread)
    return Files(frozenset(read - lost), tuple(each for each in every if each not in read or each in lost))


def files_with_unread_lists(documents: pd.DataFrame, papers: Sequence[DatedContent]) -> frozenset[str]:
    """Return the keys of the files that have a list of references among their documents which is not read.

    Args:
        documents: rows of the `documents` table.
        papers: those that are read.
    """
    read = {paper.paper for paper in papers}
    rows = zip(documents["history"], documents["id"], documents["code"], documents["description"], strict=True)
    return frozenset(
        history
        for history, name, code, words in rows
        if kind_of(str(code).strip(), str(words)) == "citations" and PaperRef(history, name) not in read
    )


def references_table(
    papers: Sequence[DatedContent], *, files: Iterable[str] = (), unread: Collection[str] = ()
) -> pd.DataFrame:
    """Return the references of papers, one row a document, with the columns `REFERENCE_COLUMNS`.

    `not_in` has the files in which a reference is not cited although all their lists were read, `not_known_in` those
    of which it is not known; both are empty for a single file.

    Args:
        papers: what the read papers say.
        files: as for `files_of`.
        unread: as for `files_of`.
    """
    screen = files_of(papers, files=files, unread=unread)
    rows = [_row(reference, screen) for reference in references_of(papers)]
    return pd.DataFrame(rows, columns=list(REFERENCE_COLUMNS)).astype("str")


def not_cited_in(reference: FoundReference, screen: Files) -> tuple[str, ...]:
    """Return the files that do not cite a reference, among those whose lists were all read."""
    return tuple(sorted(screen.read.difference(reference.files)))


def not_known_in(reference: FoundReference, screen: Files) -> tuple[str, ...]:
    """Return the files of which it is not known whether they cite a reference, because their lists were not read."""
    return tuple(each for each in screen.others if each not in reference.files)


def paper_in_words(paper: DatedContent, page: int) -> str:
    """Return a paper and a page as a line names them: `Non-final rejection of 3 May 2020, p. 4`."""
    name = f"{paper.name or paper.code} of {day(paper.day)}" if paper.day else paper.name or paper.code
    return f"{name}, p. {page:,}" if page else name


def _row(reference: FoundReference, screen: Files) -> tuple[str, ...]:
    mentions = reference.mentions
    return (
        reference.number,
        reference.name,
        reference.title,
        next((mention.dated for mention in mentions if mention.dated), ""),
        listed(list(reference.cited_by)),
        ", ".join(dict.fromkeys(mention.cited_in for mention in mentions)),
        "; ".join(dict.fromkeys(paper_in_words(mention.paper, mention.quote.page) for mention in mentions)),
        "; ".join(dict.fromkeys(ground_in_words(mention) for mention in reference.grounds)),
        claims_in_words(reference),
        "; ".join(_not_considered(mentions)),
        "; ".join(reference.files),
        "; ".join(not_cited_in(reference, screen)),
        "; ".join(not_known_in(reference, screen)),
    )


def ground_in_words(mention: Mention) -> str:
    """Return a ground that uses a reference: `103 against claims 1-4 (Non-final rejection of 3 May 2020)`."""
    if mention.ground is None:
        return ""
    claims = mention.ground.claims
    against = f" against {'claim' if len(claims) == 1 else 'claims'} {in_words(claims)}" if claims else ""
    return f"{short_label(mention.ground)}{against} ({paper_in_words(mention.paper, 0)})"


def claims_in_words(reference: FoundReference) -> str:
    """Return against which claims a reference is used, file by file where there are several: `1-4, 6`."""
    by_file: dict[str, set[int]] = {}
    for mention in reference.grounds:
        by_file.setdefault(mention.history, set()).update(mention.ground.claims if mention.ground else ())
    if len(by_file) == 1:
        return in_words(next(iter(by_file.values())))
    return "; ".join(f"{history}: {in_words(claims)}" for history, claims in by_file.items() if claims)


def _not_considered(mentions: Sequence[Mention]) -> list[str]:
    lined = (mention for mention in mentions if mention.considered is False)
    return list(dict.fromkeys(paper_in_words(mention.paper, mention.quote.page) for mention in lined))


def _has_list(paper: DatedContent) -> bool:
    cited = (each.cited_in for each in paper.content.references)
    return paper.content.kind == "citations" or any(each in _LISTS for each in cited)


def _is_in_part(paper: DatedContent) -> bool:
    """Return whether something of a list could not be read."""
    return paper.content.outcome == "not read" or not all(each.legible for each in paper.content.references)


def _mentions(papers: Sequence[DatedContent]) -> Iterator[Mention]:
    """Yield the places in which references are cited; what is no document is left out."""
    for paper in papers:
        for cited in paper.content.references:
            yield Mention(
                paper, cited.reference, cited.cited_in, cited.quote, cited.id, cited.confidence,
                considered=cited.considered, dated=cited.dated, legible=cited.legible,
            )  # fmt: skip
        for ground in paper.content.grounds:
            for reference in ground.references:
                if reference.name.lower() not in _NO_DOCUMENTS:
                    yield Mention(paper, reference, "ground", ground.quote, ground.id, ground.confidence, ground)


def _grouped(mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Return mentions of the same document together, in the order of the first of each."""
    known: dict[str, dict[str, set[str]]] = {}
    for mention in mentions:
        if mention.reference.number:
            names = known.setdefault(mention.history, {})
            names.setdefault(_surname(mention.reference.name), set()).add(key_of(mention.reference.number))
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        groups.setdefault(_key(mention, known.get(mention.history, {})), []).append(mention)
    return list(groups.values())


def _key(mention: Mention, known: dict[str, set[str]]) -> str:
    """Return what a document is known by: its number, or what is nearest to one."""
    reference = mention.reference
    if reference.number:
        return key_of(reference.number)
    surname = _surname(reference.name)
    if not reference.title and mention.legible:
        numbers = known.get(surname) or {key for name in known if _are_alike(name, surname) for key in known[name]}
        if surname and len(numbers) == 1:
            return next(iter(numbers))
    if not mention.legible:
        return f"illegible {mention.history} {mention.finding}"
    words = _letters(reference.title or (reference.printed if " " in reference.printed.strip() else ""))
    if len(words) > _LETTERS_OF_A_TITLE // 2:
        return f"title {words[:_LETTERS_OF_A_TITLE]}"
    return f"name {mention.history} {surname or words}"


def _surname(name: str) -> str:
    """Return the letters of the first word of a name."""
    first = re.split(r"[\s,]", name.strip(), maxsplit=1)[0]
    return _letters(first)


def _letters(words: str) -> str:
    return re.sub(r"[^a-z0-9]", "", words.lower())


def _are_alike(one: str, other: str) -> bool:
    """Return whether two names are the same but for one letter: Christoff and Christof."""
    if min(len(one), len(other)) < _SHORTEST_ALIKE or abs(len(one) - len(other)) > 1 or one[0] != other[0]:
        return False
    same = next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[same + 1 :] == other[same + 1 :] or one[same + 1 :] == other[same:] or one[same:] == other[same + 1 :]


def _found(mentions: Sequence[Mention]) -> FoundReference:
    """Return the document of these mentions, by its fullest number and its best name."""
    references = [mention.reference for mention in mentions]
    numbers = [reference.number for reference in references]
    by_rank = sorted(mentions, key=lambda mention: _BEST_NAMES.index(mention.cited_in))
    name = next((mention.reference.name for mention in by_rank if mention.reference.name), "")
    title = next((reference.title for reference in references if reference.title), "")
    if not name and not title and not any(numbers):
        title = references[0].printed
    return FoundReference(max(numbers, key=len), name, title, tuple(mentions))
