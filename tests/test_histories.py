"""References to papers, as the rooms hand them on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.histories import PaperRef

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
