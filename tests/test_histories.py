"""References to papers, ids and links, as the rooms hand them on."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.histories import DocumentList, Link, LinkColumns, PaperRef

words = st.text(min_size=1, max_size=12)


def test_a_reference_is_written_with_a_bar_and_read_again() -> None:
    """The spelling that charts, tables and reports share."""
    paper = PaperRef("US14/412875", "20190412-CTNF-1")
    assert str(paper) == f"{paper}" == "US14/412875|20190412-CTNF-1"
    assert PaperRef.parse("US14/412875|20190412-CTNF-1") == paper


@given(history=words.filter(lambda word: "|" not in word), day=st.sampled_from(["20190412", "undated"]), code=words)
def test_any_code_survives_being_written(history: str, day: str, code: str) -> None:
    """Offices' codes have blanks, dots and slashes, and nothing forbids them a bar."""
    paper = PaperRef(history, f"{day}-{code}-1")
    assert PaperRef.parse(str(paper)) == paper


@pytest.mark.parametrize("text", ["", "|", "US14/412875", "US14/412875|", "|20190412-CTNF-1", "US14/412875|CTNF"])
def test_other_texts_are_no_reference(text: str) -> None:
    """Without a history, or without the id of a document."""
    assert PaperRef.parse(text) is None


LINKS = [
    Link("https://open.patsnap.com/1", datetime(2026, 3, 2, tzinfo=UTC)),
    None,
    Link("https://open.patsnap.com/2", datetime(2026, 3, 3, tzinfo=UTC)),
]


def test_columns_of_links_are_a_sequence_of_links() -> None:
    """They are told from no list of the same links, and show no address."""
    columns = LinkColumns.of(LINKS)
    assert list(columns) == LINKS
    assert columns == LINKS
    assert columns == tuple(LINKS)
    assert columns != LINKS[:2]
    assert (len(columns), columns[0], columns[1], columns[-1]) == (3, LINKS[0], None, LINKS[2])
    assert columns[1:] == LINKS[1:]
    assert columns.count(None) == 1
    assert LinkColumns.of(columns) is columns
    assert "patsnap" not in repr(columns)


def test_columns_of_links_are_of_one_length() -> None:
    """An address without an expiry would be opened for ever."""
    with pytest.raises(ValueError, match="of one length"):
        LinkColumns(["https://open.patsnap.com/1"], [])


@pytest.mark.parametrize("repeated", [False, True])
def test_ids_count_equal_codes_of_one_day(repeated: bool) -> None:
    """In the order listed; lists in which nothing is repeated have the same ids."""
    papers = [(20180831, "CTNF"), (None, " ids "), (20180901, "CTNF"), *([(20180831, "ctnf ")] if repeated else [])]
    days, codes = zip(*papers, strict=True)
    ids = DocumentList(days, codes, ("",) * len(papers), (1,) * len(papers)).ids()
    assert ids == ["20180831-CTNF-1", "undated-IDS-1", "20180901-CTNF-1", *(["20180831-CTNF-2"] if repeated else [])]
