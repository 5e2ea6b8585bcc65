"""The grounds of actions read inside, on the timeline: beside the marker if there is room, and in its hover."""

from typing import Any

import plotly.graph_objects as go
import pytest

from components.charts.text import text_width
from components.prosecution import Tables
from tests.charts.figures import draw, hover, strings

ONE = "US14/412875"
NON_FINAL, FINAL, ALLOWANCE = f"{ONE}|20161025-CTNF-1", f"{ONE}|20170809-CTFR-1", f"{ONE}|20200427-NOA-1"


def written(figure: dict[str, Any]) -> dict[str, str]:
    """Return what is written beside each marker, by the paper that it opens."""
    return {
        lead: text
        for trace in figure["data"]
        if "customdata" in trace and "text" in trace
        for lead, text in zip(trace["customdata"], trace["text"], strict=True)
    }


def test_an_action_that_was_read_carries_its_grounds(real_tables: Tables) -> None:
    """Behind its name, and in its hover text; a notice of allowance says once that it allows."""
    grounds = {NON_FINAL: "103 · 112(b)", FINAL: "not read", ALLOWANCE: "allowed"}
    plain, figure = written(draw(real_tables, ONE)), draw(real_tables, ONE, grounds=grounds)
    go.Figure(figure)
    beside = written(figure)
    assert beside[NON_FINAL] == f"{plain[NON_FINAL]} · 103 · 112(b)"
    assert beside[FINAL] == f"{plain[FINAL]} · not read"
    assert beside[ALLOWANCE] == plain[ALLOWANCE]
    assert "Inside: 103 · 112(b)" in hover(figure, "20161025-CTNF-1")
    assert "Inside: allowed" in hover(figure, "20200427-NOA-1")
    assert {lead: text for lead, text in beside.items() if lead not in grounds} == {
        lead: text for lead, text in plain.items() if lead not in grounds
    }


@pytest.mark.parametrize("all_documents", [False, True])
def test_grounds_move_nothing_and_take_no_label_away(real_tables: Tables, all_documents: bool) -> None:
    """Every marker stays where it is; where there is no room for more, the name alone has its label."""
    rows = real_tables.documents.query("history == @ONE")
    grounds = {f"{ONE}|{document}": "101 · 102(a)(1) · 103 · 112(b)" for document in rows["id"]}
    plain = draw(real_tables, ONE, all_documents=all_documents)
    figure = draw(real_tables, ONE, all_documents=all_documents, grounds=grounds)
    for before, after in zip(plain["data"], figure["data"], strict=True):
        changed = {name for name in after if after[name] != before.get(name)}
        assert changed <= {"text", "textposition", "hovertext"}
        pairs = zip(before.get("text", ()), after.get("text", ()), strict=True)
        assert all(longer in (short, f"{short} · 101 · 102(a)(1) · 103 · 112(b)") for short, longer in pairs)
    assert figure["layout"] == plain["layout"]


def test_grounds_cover_no_other_label(real_tables: Tables) -> None:
    """Two actions a few weeks apart cannot both have long labels between them."""
    rows = real_tables.documents.query("history == @ONE")
    grounds = {f"{ONE}|{document}": "nonstatutory double patenting · 103" for document in rows["id"]}
    texts = written(draw(real_tables, ONE, all_documents=True, grounds=grounds))
    longer = [text for text in texts.values() if text.endswith("· 103")]
    assert 0 < len(longer) < len([text for text in texts.values() if text])
    assert max(text_width(text, 11) for text in longer) < 400


def test_the_compact_form_has_them_in_the_hover_only(real_tables: Tables) -> None:
    """Room is scarce there."""
    order = real_tables.histories["history"].tolist()
    order = [ONE, *[name for name in order if name != ONE][:9]]
    figure = draw(real_tables, *order, grounds={NON_FINAL: "103"})
    assert "103" not in "".join(written(figure).values())
    assert "Inside: 103" in hover(figure, "20161025-CTNF-1")


def test_words_of_papers_stay_text_on_the_timeline(real_tables: Tables) -> None:
    """They are escaped and cut."""
    figure = draw(real_tables, ONE, grounds={NON_FINAL: "<b>x</b><a href='y'>z</a>" * 9, f"{ONE}|none": "103"})
    texts = [text for text in strings(figure) if "&lt;a" in text]
    assert texts
    assert not any("<a" in text for text in strings(figure))
    assert all(len(line) < 200 for text in texts for line in text.split("<br>"))
