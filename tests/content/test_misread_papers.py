"""Papers as an engine may misread them: whatever stands there, reading one ends, and each quote stands on its page."""

import random
from collections.abc import Iterator

import pytest

from components.content.reading import read_content
from components.content.records import PaperContent, PaperKind, Quote
from components.page_texts import PageText, Word
from tests.page_texts.made import page

LINES = (
    "Office Action Summary",
    "A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE 3 MONTH(S) OR THIRTY (30) DAYS, WHICHEVER IS LONGER",
    "4) Claim(s) 1-15 is/are pending in the application.",
    "6) Claim(s) 1-4, 6 and 8-10 is/are rejected.",
    "7) Claim(s) 5, 7 is/are objected to.",
    "Claim Rejections - 35 USC § 112",
    "Claims 1, 5i and 7 are rejected under 35 U.S.C. 112(b) as being indefinite.",
    "Claims 1-4, 6, and 8 are rejected under 35 U.S.C. 102(a)(1) and 103 as being unpatentable over Miller",
    "(US 7,123,456 B2, hereinafter Miller) in view of Smith et al. (US 2006/0059444 A1).",
    "As to claim 2, Miller teaches a lever as discussed above.",
    "Claims 9-10 are rejected on the ground of nonstatutory double patenting over claims 1-3 of U.S. Patent No.",
    "8,765,432. Claims 5 and 7 would be allowable if rewritten. THIS ACTION IS MADE FINAL.",
    "1. (Currently amended) A device comprising a lever [[and a motor]] and a housing.",
    "2. (Canceled) 3. (New) The device of claim 1, wherein the lever is not moved by the motor.",
    "Applicant respectfully submits that Miller does not teach the lever of claim 1 under 35 U.S.C. 103.",
    "The following is an examiner's statement of reasons for allowance: Miller does not show the lever.",
)
"""What papers of all kinds say, in words that are made here."""
KINDS: tuple[PaperKind, ...] = ("action", "advisory", "allowance", "claims", "remarks", "interview", "citations", "")
LIKE = {
    "1": "lIi|L",
    "0": "OoQ",
    "5": "Ss",
    "2": "Z",
    "8": "B",
    "l": "1I",
    "-": "—.~",
    ",": ".;",
    ".": ",'",
    "(": "{[C",
}
STRAY = ("Claims", "***", "rejected", "under", "35", "U.S.C.", "103", "1-", "-", "[[", "9999", "§", "i", "\u2028", "ﬁ")


def misread(word: Word, chance: random.Random) -> Word:
    """Return a word as an engine may make of it: other letters, a part of it, or another word."""
    if chance.random() > 0.3:
        return word
    text = "".join(chance.choice(LIKE.get(letter, letter)) for letter in word.text)
    text = chance.choice((text, text, word.text[: chance.randint(0, 3)], f"{text}*", chance.choice(STRAY)))
    return word._replace(text=text or "x", confidence=chance.randint(0, 100))


def quotes_of(content: PaperContent) -> Iterator[Quote]:
    """Yield all quotes of a content."""
    facts = (content.examiner, content.art_unit, content.reply_period)
    yield from (fact.quote for fact in facts if fact is not None)
    for findings in (content.grounds, content.statuses, content.statements, content.references):
        yield from (finding.quote for finding in findings)
    yield from (quote for flag in content.flags for quote in flag.quotes)
    yield from (claim.quote for claim in content.claims.claims) if content.claims else ()


@pytest.mark.parametrize("seed", [1, 2, 3, 22, 28, 56])
def test_reading_a_misread_paper_ends_and_quotes_its_words(seed: int) -> None:
    """Two papers of each kind, lines and words in disorder: a fault in one rule would hide a whole paper."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    for kind in KINDS * 2:
        lines = [chance.sample(LINES, 10) for _ in range(2)]
        pages: list[PageText] = []
        for number, made in enumerate((page(place, *text) for place, text in enumerate(lines, 1)), 1):
            words = tuple(misread(word, chance) for word in made.words)
            pages.append(PageText(number, "read", made.engine, made.languages, words))
        content = read_content(pages, kind=kind, code="CTFR" if kind == "action" else "")
        on_pages = {each.page: " ".join(word.text for word in each.words) for each in pages}
        assert [quote.text for quote in quotes_of(content) if quote.text not in on_pages[quote.page]] == []
