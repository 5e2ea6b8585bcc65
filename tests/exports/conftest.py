"""What the tests of this room take away: selections of real file histories and of small hand-made ones."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from urllib.parse import quote

import pandas as pd
import pytest

from components.exports.selection import Selection
from components.numbers import display_form
from components.prosecution import Tables, findings_of, read_histories, summary_of
from tests.prosecution.conftest import Paper, data, index, make_history, real_histories, real_tables

__all__ = ["data", "hostile_texts", "index", "make_history", "make_selection", "real_histories", "real_selection",
           "real_tables"]  # fmt: skip

MADE = datetime(2026, 1, 2, 15, 4, 5, tzinfo=UTC)
BASE_URL = "https://review.example"

Name = tuple[str, str]
"""History and document id."""


def make_selection(
    tables: Tables,
    *,
    notes: Mapping[Name, str] | None = None,
    read: Collection[Name] = (),
    rows: "pd.Series[bool] | None" = None,
    base_url: str = BASE_URL,
    made: datetime = MADE,
) -> Selection:
    """Make a selection as the screen makes it.

    Args:
        tables: what `read_histories` gives.
        notes: (history, document id) → note.
        read: the (history, document id) ticked as read.
        rows: which rows of `tables.documents` are taken, as a mask; all without one.
        base_url: put before each link.
        made: when it was taken away.
    """
    documents = tables.documents if rows is None else tables.documents[rows]
    names = list(zip(documents["history"], documents["id"], strict=True))
    documents = documents.assign(
        link=[f"/documents/token-{quote(document)}" for _, document in names],
        read=pd.array([name in read for name in names], dtype="bool"),
        note=pd.array([(notes or {}).get(name, "") for name in names], dtype="str"),
    ).reset_index(drop=True)
    facts = tables.histories
    titles = {
        history: display_form(patent or history) or history
        for history, patent in zip(facts["history"], facts["patent_number"], strict=True)
    }
    return Selection(
        documents=documents,
        histories=facts,
        rounds=tables.rounds,
        titles=titles,
        findings=findings_of(tables),
        made=made,
        base_url=base_url,
        stories={history: summary_of(tables, history) for history in facts["history"]},
    )


@pytest.fixture(scope="session")
def real_selection(real_tables: Tables) -> Selection:
    """The 43 real file histories, every document of them."""
    return make_selection(real_tables)


def hostile_texts() -> list[str]:
    """Texts that somebody could put into a description to make a spreadsheet, a browser or a file misbehave."""
    call = 'HYPERLINK("https://evil.example","open")'
    starts = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", " =", "\u00a0=", "\u3000=", "\ufeff=",
              "\u200b=", "\x00=", "'=", "%=")  # fmt: skip
    return [
        *(start + call for start in starts),
        *("=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+1", "-1", "{=1+1}", "="),
        *("https://evil.example", "mailto:x@evil.example", "javascript:alert(1)", "external:c:\\x.xlsx", "internal:A1"),
        *("<script>alert(1)</script>", "<img src=https://evil.example/x>", "a&b<c>\"d'e", "]]>", "{{7*7}}", "_x0041_"),
        *("a\x00b", "a\x01\x08\x0b\x0c\x0e\x1fb", "a\x7f\x85b", "a\ufffe\uffffb", "a\r\nb\rc\nd", "a\u2028b\u202eb"),
        *("2018-08-31", "12/31/2018", "1E5", "00123", "TRUE", "#REF!", "", " ", "x" * 40_000),
        *("拒絶理由通知書", "😀" * 20, 'a,b;c\\d"e', '"x","y"', "a\nBEGIN:VEVENT\nSUMMARY:x"),
    ]


@pytest.fixture(scope="session")
def hostile_selection() -> Selection:
    """Two histories whose numbers, codes, descriptions and notes are all hostile."""
    texts = hostile_texts()
    papers: list[Paper] = [(20180831, text, text, 1) for text in texts]
    first = make_history(papers, apno='=HYPERLINK("https://evil.example")', patent_number="@SUM(1+1)")
    second = make_history([(20180831, "CTNF", "=1+1", None)], apno="US00/000002\r\nBEGIN:VEVENT", patent_number="")
    tables = read_histories([first, second])
    names = tables.documents[["history", "id"]].itertuples(index=False, name=None)
    return make_selection(tables, notes={name: texts[index % len(texts)] for index, name in enumerate(names)})
