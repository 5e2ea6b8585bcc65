"""The references that a paper cites: on PTO-892, PTO-1449 and SB/08, as not relied upon, and in an applicant's remarks.

A list is read row by row; where the words have places, a row is what stands side by side, because an engine may read a
table column by column. The quote is the line in which the number stands.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, Literal, NamedTuple

from components.content.records import CitedIn, CitedReference, NamedReference, PaperKind, Quote, finding_id, numbered
from components.content.references.cited_numbers import CitedNumber, foreign_numbers_in, us_numbers_in, without_offices
from components.content.references.list_rows import ListRow, rows_of
from components.content.rejections.named_references import named_references_in
from components.content.said import on_one_line
from components.content.text import ReadText, Span
from components.page_texts import PageText

_Section = Literal["", "us", "foreign", "other"]
_TABLE: Final = re.compile(
    r"\bU\.?\s?S\.?\s?PATENT\s(?:DOCUMENTS|APPLICATION|LITERATURE)|\bFOREIGN\sPATENT|\bNON-?\s?PATENT"
    r"|\bdocument\snumber\b|\bCite\s?No",
    re.IGNORECASE,
)
_NOTICE: Final = re.compile(r"\bnotice\sof\sreferences?\scited\b|\bPTO-?\s?892\b", re.IGNORECASE)
_DISCLOSURE: Final = re.compile(
    r"\b1449\b|\bSB\s?/?\s?0?8[ab]?\b|\binformation\sdisclosure\s(?:statement|citation)|\blist\sof\s(?:references"
    r"|art|patents)|\bexaminer'?s?\sinitials?",
    re.IGNORECASE,
)
_HEADINGS: Final[tuple[tuple[re.Pattern[str], _Section], ...]] = (
    (re.compile(
        r"\bNON-?\s?PATENT|\bOTHER\s(?:DOCUMENTS|ART|REFERENCES?|PUBLICATIONS|PRIOR)"
        r"|\bLITERATURE\sDOCUMENTS", re.IGNORECASE), "other"),
    (re.compile(r"\bFOREIGN\s(?:PATENT|PUBLISHED|DOCUMENTS|REFERENCES)", re.IGNORECASE), "foreign"),
    (re.compile(
        r"\bU\.?\s?S\.?\s?(?:PUBLISHED\s)?(?:PATENTS?|APPLICATION)\b.{0,30}?(?:DOCUMENTS?|PUBLICATIONS?"
        r"|REFERENCES)|\bU\.?\s?S\.?\s?PATENTS\b(?!.*\d{3})", re.IGNORECASE), "us"),
)  # fmt: skip
_ENDS: Final = re.compile(
    r"""^\W*exam\w{2,4}er\W*(?:/[^/]{2,40}/.*)?$ | ^\W*signature\b | \bdate\s\d\d[/-]\d\d[/-]\d{4}$
      | \bcopy\sof\sthis\sreference\b | \bdates?\sin\sMM | \bExaminer\sSignature\b | \bdate\sconsidered\b
      | \binitial\sif\sreference\b
      | \bdraw\sline\sthrough\b | \bcertification\sstatement\b | ^\W*certification\W*$ | \bcollection\sof\sinformation\b
        | \bunique\scitation\b | \bPart\sof\sPaper\b
      | \bconsidered\sexcept\b""",
    re.VERBOSE | re.IGNORECASE,
)
_COLUMN_HEADS: Final = re.compile(
    r"\binitials?\W?\*|^\W*exam\w{2,4}er\W+cite\b|^\W*(?:initials?\W+)?(?:cite\s)?no\W?\s?1?\W*$|"
    r"\bdocument\snumber\b|\bclassification\b|\bpublication\sdate\b|\bname\sof\spatentee\b|\bcite\s?no\b"
    r"|\binclude\sname\b|\binclude\sas\sapplicable\b"
    r"|\bexaminer'?s?\sinitials?|\bcountry\scode|\bMM-(?:DD-)?YYYY|\bkind\scode\b|\bpertinent\spages\b"
    r"|\bauthor\W{0,3}\stitle\W{0,3}\sdate\b|\brelevant\spassages\b|\bissue\sdate\b",
    re.IGNORECASE,
)
_DATED: Final = re.compile(
    r"\b(?:\d{1,2}\s?[-/]\s?\d{1,2}\s?[-/]\s?(?:\d{4}|\d\d)|\d{1,2}\s?[-/]\s?(?:19|20)\d\d|(?:19|20)\d\d-\d\d(?:-\d\d)?"
    r"|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s(?:\d{1,2},?\s)?(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_WORD_OF_NAME: Final = r"[A-Z][A-Za-z.'&-]*(?!\w)"
_NAMED: Final = re.compile(
    rf"{_WORD_OF_NAME}(?:,?\s(?:et\.?\sal\.?|al\.?|{_WORD_OF_NAME}|of|de|van|von|der|and"
    rf"|&)){{0,6}}(?:,?\s?et\.?\s?al\.?)?"
)
_NO_NAME: Final = frozenset(
    {
        *("japan", "japanese", "europe", "european", "epo", "wipo", "pct", "korea", "germany", "china", "france"),
        *("canada", "taiwan", "australia", "world", "united", "kingdom", "states", "all", "yes", "no", "see", "figs"),
        *("abstract", "english", "entire", "document", "pages", "columns", "translation", "cited"),
        *("us", "jp", "ep", "wo", "kr", "de", "cn", "gb", "fr"),
    }
)
_LABEL: Final = re.compile(r"^\W{0,4}(?:\*\s?)?(?:[A-Z]{1,2}\d{0,3}|\d{1,3}|[A-Z]-?\d{1,3})[.):]?\s+(?=[\"A-Z])")
_INITIALS: Final = re.compile(r"^\W{0,6}[A-Za-z./|-]{1,10}\W{0,4}\s\d{1,3}[.)]?\s\W?(?=[A-Z])")
"""An examiner's initials, however they were read, and the number of the row behind them."""
_BEGINS: Final = re.compile(rf"{_LABEL.pattern}|^\W{{0,4}}[A-Z]")
"""How an article begins: what stands before the first is left of the heads of the columns."""
_AUTHOR: Final = re.compile(
    r"^\W{0,3}(?P<name>[A-Z][\w.'-]+(?:,?\s[A-Z]\.?(?=[\s,;]))*(?:,?\s[A-Z][\w'-]+(?=,?\set\.?\s?al))?(?:,?\set\.?\s?al\.?)?)"
)
_TITLE: Final = re.compile(r"[\"“](?P<title>[^\"”]{6,300})[\"”]")
_NOT_RELIED: Final = re.compile(
    r"\bprior\s+art\b[^.]{0,60}\bmade\s+of\s+record\b[^.]{0,40}\bnot\s+(?:been\s+)?relied\s+upon\b[^.:\n]{0,160}?(?:disclosure"
    r"|time|rejection|application|invention|interest|art)?\s*[.:,]?"
    r"|\breferences?\b[^.]{0,60}\b(?:made\s+of\s+record|cited)\b[^.]{0,40}\bnot\s+relied\s+upon\b[^.:\n]{0,120}[.:]?",
    re.IGNORECASE,
)
_PERTINENT: Final = re.compile(
    r"\s*(?:(?:is|are)\s+)?(?:considered|deemed"
    r"|believed)\s+(?:to\s+be\s+)?pertinent\s+to\s+(?:the\s+)?(?:applicant'?s?'?|claimed)?\s*(?:disclosure"
    r"|invention)?\s*[.:]?\s*",
    re.IGNORECASE,
)
_NOT_RELIED_ENDS: Final = re.compile(
    r"\bany\s+inquir|\baction\s+is\s+made\s+final|\bapplicant'?s\s+amendment\s+necessitated|\bshortened\s+statutory"
    r"|\bexaminer\s+should\s+be\s+directed|/[A-Z][A-Za-z. ]{4,40}/"
    r"|(?:^|(?<=\n)|(?<=\f))[\W\d]{0,6}(?:conclusion|contact\s+information)\W{0,3}\n",
    re.IGNORECASE,
)
_LONGEST_PARAGRAPH: Final = 6_000
_LONGEST_ROW: Final = 600
_FEWEST_LETTERS: Final = 8
_FEWEST_DIGITS: Final = 4
"""A row of patents with a date and so many further digits holds a document."""
_MOST: Final = 1_000
_NAME: Final = r"(?P<name>(?:[A-Z][a-z'-][\w'-]*|[A-Z]{3,})(?:,?\set\.?\s?al\.?)?)"
_NAME_BEFORE: Final = re.compile(rf"{_NAME}(?:'s)?,?\s?[(\[]?\s?(?:of\s)?$")
_NAME_BEHIND: Final = re.compile(rf"^[)\]\s,]{{0,3}}(?:issued\s)?(?:to|by|of|-|\()\s?{_NAME}")
_RECITES: Final = re.compile(
    r"\breject(?:s|ed|ion)\b|\b(?:unpatentable|obvious|anticipated)\s(?:over|by|in)\b", re.IGNORECASE
)
_OWN: Final = re.compile(
    r"\b(?:present|instant|this|above-identified|parent|priority"
    r"|provisional)\s(?:\w+\s)?application\b|\bcontinuation\b",
    re.IGNORECASE,
)


_LIKE_A_ROW: Final = re.compile(rf"\bU\.?S\.?\s?-|{_DATED.pattern}", re.IGNORECASE)


class _Found(NamedTuple):
    reference: NamedReference
    cited_in: CitedIn
    quote: Quote
    dated: str = ""
    considered: bool | None = None
    legible: bool = True


def citations_in(text: ReadText, *, kind: PaperKind) -> tuple[CitedReference, ...]:
    """Return the references that a paper cites outside of its grounds, in order, each once for each way of citing.

    Args:
        text: of the paper.
        kind: what it is read by; lists are read in every kind.
    """
    found = list(_of_lists(text, only_lists=kind == "citations"))
    if kind in ("action", "advisory", "allowance"):
        found += _not_relied_upon(text)
    if kind == "remarks":
        found += _of_remarks(text)
    found = _each_once(found)[:_MOST]
    ids = numbered(finding_id("reference", each.cited_in, _name_in_id(each.reference)) for each in found)
    return tuple(
        CitedReference(
            name,
            each.reference,
            each.cited_in,
            each.quote,
            each.considered,
            each.quote.confidence,
            each.dated,
            each.legible,
        )
        for name, each in zip(ids, found, strict=True)
    )


def has_list(text: ReadText) -> bool:
    """Return whether a paper has a page of a list of references."""
    return any(_list_on(" ".join(page.lines)) for page in text.pages)


def _name_in_id(reference: NamedReference) -> str:
    return reference.number or reference.name or reference.title[:40] or reference.printed[:40]


def _each_once(found: Sequence[_Found]) -> list[_Found]:
    """Return findings without those that say the same again."""
    seen: dict[tuple[CitedIn, str], _Found] = {}
    for each in found:
        key = each.cited_in, each.reference.number or on_one_line(each.reference.printed)
        before = seen.setdefault(key, each)
        if before is not each and not before.reference.name and each.reference.name:
            seen[key] = before._replace(reference=replace(before.reference, name=each.reference.name))
    return list(seen.values())


def _list_on(words: str) -> CitedIn | None:
    """Return what kind of list a page has; `None` where it has none."""
    if not _TABLE.search(words):
        return None
    if _NOTICE.search(words) and not re.search(r"SB\s?/\s?0?8|1449", words):
        return "PTO-892"
    return "IDS" if _DISCLOSURE.search(words) else None


def _of_lists(text: ReadText, *, only_lists: bool) -> Iterator[_Found]:
    """Yield the references of the pages that are lists."""
    before: CitedIn | None = None
    for page in text.pages:
        words = " ".join(page.lines)
        kind = _list_on(words) or (before if only_lists else None)
        before = kind if only_lists else None
        if kind is not None:
            yield from _of_list(page, kind)


def _of_list(page: PageText, kind: CitedIn) -> Iterator[_Found]:
    section: _Section = ""
    entry: list[ListRow] = []
    struck = {mark.word for mark in page.marks or () if mark.kind == "struck"}
    for row in [*rows_of(page), None]:
        words = row.text[:_LONGEST_ROW] if row is not None else ""
        heading = _heading_in(words)
        ends = row is None or heading is not None or bool(_ENDS.search(words))
        if entry and (ends or _LABEL.match(words)):
            yield from _of_literature(page, entry, kind)
            entry = []
        if ends:
            section = heading or ("" if _ENDS.search(words) else section)
        elif row is not None and not _COLUMN_HEADS.search(words):
            if section == "other":
                entry += [row] if entry or _BEGINS.match(words) else []
            else:
                found = _of_row(page, row, kind, section)
                if found is not None:
                    yield _with_marks(found[0], found[1], struck)


def _with_marks(found: _Found, words: Sequence[int], struck: set[int]) -> _Found:
    """Return a reference of an applicant's list with whether it is lined through.

    Where no line was found, that is not said to be considered: a line can be missed among those of the table.
    """
    is_lined = found.cited_in == "IDS" and not struck.isdisjoint(words)
    return found._replace(considered=False) if is_lined else found


def _heading_in(words: str) -> _Section | None:
    """Return the section that a row opens."""
    return next((section for pattern, section in _HEADINGS if pattern.search(words)), None)


def _of_row(page: PageText, row: ListRow, kind: CitedIn, section: _Section) -> tuple[_Found, list[int]] | None:
    """Return the reference of a row, with the words of its number; `None` if it has none."""
    words = row.text[:_LONGEST_ROW]
    number = next(_numbers_of_row(words, section), None)
    if number is None:
        return _illegible(page, row, kind) if section else None
    dated = _DATED.search(words, number.end)
    names = without_offices(words) if section == "foreign" else words
    name = _name_behind(names, dated.end() if dated else number.end) or _name_behind(names, number.end)
    indexes = row.words_at(number.start, number.end)
    printed = words[number.start : number.end]
    reference = NamedReference(name, number.number, f"{printed} {name}".strip())
    quote = row.quote(page, indexes)
    return _Found(reference, kind, quote, dated[0] if dated else ""), indexes


def _illegible(page: PageText, row: ListRow, kind: CitedIn) -> tuple[_Found, list[int]] | None:
    """Return a row of patents in which a document stands whose number cannot be read; `None` for an empty row."""
    dated = _DATED.search(row.text)
    digits = sum(map(str.isdigit, _DATED.sub("", row.text[:_LONGEST_ROW])))
    if dated is None or digits < _FEWEST_DIGITS:
        return None
    words = list(row.words)
    reference = NamedReference(_name_behind(row.text, dated.end()), printed=on_one_line(row.text[:_LONGEST_ROW]))
    return _Found(reference, kind, row.quote(page, words), dated[0], legible=False), words


def _numbers_of_row(words: str, section: _Section) -> Iterator[CitedNumber]:
    if section == "foreign":
        yield from foreign_numbers_in(words, in_list=True)
    elif section == "us":
        yield from us_numbers_in(words, in_list=True)
    elif _LIKE_A_ROW.search(words):  # the heading above it is not legible
        yield from us_numbers_in(words)


def _name_behind(words: str, start: int) -> str:
    """Return the first name behind a place of a row."""
    for match in _NAMED.finditer(words, start):
        kept = [word for word in match[0].split() if word.strip(".,").lower() not in _NO_NAME]
        name = " ".join(kept).strip(" .,-&")
        if len(name) > 1:
            return re.sub(r"(?i)\bet\.?\s?al$", "et al.", name)
    return ""


def _of_literature(page: PageText, rows: Sequence[ListRow], kind: CitedIn) -> Iterator[_Found]:
    """Yield the article, book or page of the web that stands in some rows."""
    label = _LABEL.match(rows[0].text)
    joined = on_one_line(" ".join(row.text for row in rows))[label.end() if label else 0 : _LONGEST_ROW]
    words = _INITIALS.sub("", joined, count=1).strip(" |_")
    if len(re.findall(r"[A-Za-z]", words)) < _FEWEST_LETTERS:
        return
    author, title = _AUTHOR.match(words), _TITLE.search(words)
    dated = _DATED.search(words)
    reference = NamedReference(
        name=author["name"].strip(" ,") if author else "",
        printed=words,
        title=title["title"].strip(" ,.") if title else "",
    )
    yield _Found(reference, kind, rows[0].quote(page, list(rows[0].words)), dated[0] if dated else "")


def _not_relied_upon(text: ReadText) -> Iterator[_Found]:
    """Yield the references of the paragraph on what is of record and not relied upon (MPEP 707.05, ¶ 7.96)."""
    for match in _NOT_RELIED.finditer(text.text):
        start = match.end()
        lead = _PERTINENT.match(text.text, start)
        start = lead.end() if lead else start
        end = _NOT_RELIED_ENDS.search(text.text, start, start + _LONGEST_PARAGRAPH)
        stop = end.start() if end else min(start + _LONGEST_PARAGRAPH, len(text.text))
        found = list(_numbers_in_prose(text, Span(start, stop), "not relied upon"))
        yield from found or _names_in_prose(text, Span(start, stop))


def _numbers_in_prose(text: ReadText, span: Span, cited_in: CitedIn) -> Iterator[_Found]:
    """Yield the references that a paragraph names by number, each with the name that stands beside it."""
    words = text.text[span.start : span.end]
    numbers = sorted([*us_numbers_in(words), *foreign_numbers_in(words)], key=lambda number: number.start)
    behind_last = 0
    for number in numbers:
        before = on_one_line(words[max(number.start - 60, behind_last, 0) : number.start])
        behind = on_one_line(words[number.end : number.end + 60])
        named = _NAME_BEHIND.search(behind) or _NAME_BEFORE.search(_without_words_of_numbers(before))
        name = named["name"] if named and named["name"].lower() not in _NOT_A_NAME else ""
        line = _line_around(text.text, span.start + number.end - 1, span)
        reference = NamedReference(name, number.number, on_one_line(words[number.start : number.end]))
        yield _Found(reference, cited_in, text.quote(*line))
        behind_last = _end_of_line(words, number.end)


_NOT_A_NAME: Final = frozenset(
    {
        *("patent", "patents", "publication", "number", "application", "document", "the", "claims", "claim", "figure"),
        *("applicant", "see", "and", "us", "reference"),
    }
)
_WORDS_OF_A_NUMBER: Final = re.compile(
    r"(?:\b(?:U\.?\s?S\.?|United\sStates|Patents?|Pat|Pub\w*|Application|Appl?|Nos?|Number|Document|Publication"
    r"|PGPub|PG-Pub|Serial)\b\.?[\s,:]*)+$",
    re.IGNORECASE,
)


def _without_words_of_numbers(before: str) -> str:
    return _WORDS_OF_A_NUMBER.sub("", before[-60:])


def _end_of_line(words: str, start: int) -> int:
    """Return where the clause that a number closes ends, so that its name is not taken for that of the next one."""
    end = re.compile(r"[\n\f;]|[a-z]{2}[.,]\s").search(words, start, start + 80)
    return end.end() if end else start


def _line_around(text: str, offset: int, span: Span) -> Span:
    """Return the sentence or the line in which a place of a paragraph stands."""
    start = max(text.rfind("\n", span.start, offset), text.rfind("\f", span.start, offset), span.start - 1) + 1
    ends = [end for sign in "\n\f" if (end := text.find(sign, offset, span.end)) >= 0]
    return Span(start, min(ends, default=span.end))


def _names_in_prose(text: ReadText, span: Span) -> Iterator[_Found]:
    """Yield the references of a paragraph without numbers: an article, or names that are known from elsewhere."""
    for sentence in text.sentences(span.start, span.end):
        words = on_one_line(text.text[sentence.start : sentence.end])
        if len(re.findall(r"[A-Za-z]", words)) < _FEWEST_LETTERS or len(words) > _LONGEST_ROW:
            continue
        quote = text.quote(*sentence)
        for reference in _names_of(words):
            yield _Found(reference, "not relied upon", quote)
        if re.search(r"\bet\sal\b", words):
            return  # what follows belongs to the article


def _names_of(words: str) -> list[NamedReference]:
    author = re.match(r"\W{0,3}(?P<name>[A-Z][\w'-]+(?:\s[A-Z]{1,3}\b)?,?\set\sal\.?)", words)
    if author is not None:
        return [NamedReference(author["name"], printed=words)]
    listed = re.match(
        r"(?P<names>[A-Z][\w'-]+(?:(?:,\s(?:and\s)?|\sand\s)[A-Z][\w'-]+){0,9})\s(?:teach|disclos|show"
        r"|describ|suggest)",
        words,
    )
    if listed is None:
        return []
    return [NamedReference(name, printed=name) for name in re.split(r",\s(?:and\s)?|\sand\s", listed["names"])]


def _of_remarks(text: ReadText) -> Iterator[_Found]:
    """Yield the references that an applicant's remarks name: in recitals of grounds, and by number elsewhere."""
    for span in text.sentences():
        if span.end - span.start > _LONGEST_PARAGRAPH:
            continue
        words = on_one_line(text.text[span.start : span.end])
        found = list(_numbers_in_prose(text, span, "remarks"))
        if not found or _OWN.search(words):
            continue
        names = (
            {each.number: each for each in named_references_in(words) if each.number} if _RECITES.search(words) else {}
        )
        for each in found:
            name = names[each.reference.number].name if each.reference.number in names else ""
            name = name if name.endswith("al.") else name.rstrip(".")
            yield each._replace(reference=replace(each.reference, name=name or each.reference.name))
