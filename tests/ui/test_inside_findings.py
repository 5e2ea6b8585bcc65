"""Findings on the screen: what is said of each, how it is marked, and that "not read" never looks like "none"."""

from datetime import UTC, date, datetime

import pytest

from components.content.grid.grid import grid_of
from components.content.records import (
    Claim,
    ClaimSet,
    ClaimStatus,
    DatedContent,
    FinalityFact,
    Flag,
    Ground,
    NamedReference,
    PaperContent,
    Quote,
    ReplyPeriod,
    Verdict,
)
from components.histories import PaperRef
from components.page_texts import Box
from components.prosecution import Tables
from components.ui.review.inside.findings import shown_facts, shown_flag, shown_ground
from components.ui.review.inside.grid_view import target_of_cell
from components.ui.review.inside.grounds_view import ACTION_KINDS, heading_of_action, no_ground_in_words
from components.ui.review.inside.not_read import other_office_in_words
from components.ui.review.inside.quotes import how_read, page_label, quote_markdown
from components.ui.review.inside.verdicts import ids_of, judged_markdown, marks_without_finding, verdict_markdown
from components.ui.review.inside.viewed_files import of_kinds
from components.ui.review.rounds_table import rounds_for_screen

FINAL = PaperRef("US14/412875", "20200117-CTFR-1")
SENTENCE = Quote("Claims 1-4 are rejected.", 3, (Box(0.1, 0.2, 0.8, 0.22),), 91)
FORM = Quote("Claim(s) 1-5 is/are rejected.", 2, (), 88)
AT = datetime(2026, 2, 3, 12, tzinfo=UTC)


def ground(statute: str = "103", claims: tuple[int, ...] = (1, 2, 3, 4), **more: object) -> Ground:
    """A ground of rejection."""
    return Ground(f"ground {statute}", statute, claims, SENTENCE, **more)  # type: ignore[arg-type]


def action(content: PaperContent) -> DatedContent:
    """An action in its file."""
    return DatedContent(FINAL, date(2020, 1, 17), "CTFR", "Final rejection", 2, 7, content)


def test_a_ground_says_its_claims_and_what_it_relies_on() -> None:
    """Names with their numbers; a reference that only proves something is called evidence."""
    references = (
        NamedReference("Brandvold", "US 98,104,772 B2"),
        NamedReference("", "DE 99 2011 004 711 A1", "DE 99 2011 004 711 A1", is_evidence=True),
    )
    shown = shown_ground(ground(references=references))
    assert shown.words == ("103 · claims 1-4 · over Brandvold (US 98,104,772 B2) and DE 99 2011 004 711 A1 as evidence")
    assert (shown.quotes, shown.confidence, shown.notes) == ((SENTENCE,), 100, ())


def test_a_ground_says_what_is_odd_about_it() -> None:
    """Claims that stand elsewhere, or cannot be read; a provisional one; the old law."""
    shown = shown_ground(
        ground(
            "nonstatutory double patenting",
            (),
            claims_from="form",
            over="claims 1-9 of US 9,559,747 B1",
            provisional=True,
            pre_aia=True,
            notes=("numbering restarts",),
        )
    )
    assert shown.words == (
        "nonstatutory double patenting · claims not legible · over claims 1-9 of US 9,559,747 B1 · provisional"
    )
    assert shown.notes == (
        "law from before 16 March 2013", "the claims stand on the form page alone", "numbering restarts"
    )  # fmt: skip


def test_a_flag_shows_both_sides() -> None:
    """Each with its page; the less legible of them says how sure it is."""
    shown = shown_flag(Flag("flag", "form and body differ", "The form rejects claim 5.", (FORM, SENTENCE)))
    assert shown.quotes == (FORM, SENTENCE)
    assert shown.confidence == 88
    assert shown.markdown.startswith(":orange[:material/flag:] **Form and body differ** · The form rejects claim 5")


def test_facts_of_an_action_say_where_they_stand() -> None:
    """Lines of the form and of the text are told apart; what cannot be read says so."""
    content = PaperContent(
        "action",
        statuses=(
            ClaimStatus("status rejected form", "rejected", (1, 2, 3, 4, 5), "form", FORM),
            ClaimStatus("status objected body", "objected", (), "body", SENTENCE, legible=False, note="informality"),
        ),
        finality=FinalityFact("final"),
        reply_period=ReplyPeriod("period", None, 30, FORM),
    )
    assert [fact.words for fact in shown_facts(content)] == [
        "Rejected · claims 1-5 · on the form page",
        "Objected to · claims not legible · in the text",
        "Final · by its document code",
        "Period for reply · months not legible, or 30 days, whichever is longer",
    ]
    assert shown_facts(content)[1].notes == ("the line cannot be read in full", "informality")


def test_words_of_a_paper_are_never_markup() -> None:
    """They come from outside: a link in them stays letters."""
    quote = quote_markdown(Quote("See [here](https://example.com) **now**", 1, goes_on=True))
    assert "](" not in quote
    assert "**" not in quote
    assert quote.endswith(" …”")
    shown = shown_ground(ground(over="[a](https://example.com)"))
    assert "](" not in shown.markdown


def test_not_read_never_looks_like_none() -> None:
    """Neither in the heading of an action nor where its grounds would stand."""
    unread = action(PaperContent("action", "not read", "It says rejected, and no ground was found."))
    assert heading_of_action(unread, {}) == "**Final rejection of 17 Jan 2020** · :orange[not read]"
    assert no_ground_in_words(unread) == "Not read: It says rejected, and no ground was found."
    nothing = action(PaperContent("action"))
    assert heading_of_action(nothing, {}) == "**Final rejection of 17 Jan 2020**"
    assert no_ground_in_words(nothing) == "It rejects nothing, as far as it was read."
    assert "Not read inside" in other_office_in_words("EP")


def test_an_action_is_headed_by_its_statutes_and_flags() -> None:
    """Each statute once, in the order of the paper; a flag that somebody has marked as wrong is not counted."""
    flags = (Flag("flag 1", "not read", ""), Flag("flag 2", "wider than pending", ""))
    read = action(PaperContent("action", grounds=(ground("112(b)"), ground(), ground()), flags=flags))
    heading = "**Final rejection of 17 Jan 2020** · 112\\(b\\) · 103 · :orange[:material/flag: "
    assert heading_of_action(read, {}) == f"{heading}2 flags]"
    assert heading_of_action(read, {(FINAL, "flag 1"): Verdict(False, "ada", AT, "")}) == f"{heading}1 flag]"


def test_how_a_paper_was_read_is_said() -> None:
    """By which engine and how surely."""
    content = PaperContent("action", engines=("Tesseract 5.3.0", "text layer"), confidence=91)
    assert how_read(content) == "Read by machine (Tesseract 5.3.0 and the PDFs' own text, 91 % confidence)"
    assert how_read(PaperContent("action")) == "Read by machine"
    assert (page_label(1_204), page_label(0)) == ("p. 1,204", "Open")


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (Verdict(True, "ada", AT, ""), ":green[marked right by ada on 3 Feb 2026]"),
        (Verdict(False, "kim", AT, ""), ":orange[marked wrong by you on 3 Feb 2026]"),
        (
            Verdict(False, "ada", AT, "", ("kim", "eve")),
            ":orange[marked wrong by ada on 3 Feb 2026, right by you and eve]",
        ),
    ],
)
def test_a_mark_says_who_and_when(verdict: Verdict, words: str) -> None:
    """Also who says the opposite."""
    assert verdict_markdown(verdict, user="kim") == words


def test_a_finding_marked_as_wrong_stays_visible() -> None:
    """Struck through; one that is right, or that nobody marked, is as it was."""
    assert judged_markdown("103", Verdict(False, "ada", AT, "")) == ":gray[~~103~~]"
    assert judged_markdown("103", Verdict(True, "ada", AT, "")) == judged_markdown("103", None) == "103"


def test_marks_outlast_their_findings() -> None:
    """A finding that another reading does not have keeps its mark, with the words that were marked."""
    claims = ClaimSet((Claim("claim 1", 1, "original", "A bin.", SENTENCE),))
    content = PaperContent("action", grounds=(ground(),), claims=claims, finality=FinalityFact("final"))
    assert set(ids_of(content)) == {"ground 103", "claim 1", "finality"}
    mark = Verdict(False, "ada", AT, "102 · claim 1")
    verdicts = {(FINAL, "ground 103"): mark, (FINAL, "ground 102 1"): mark}
    assert list(marks_without_finding([action(content)], verdicts)) == [(FINAL, "ground 102 1")]


def test_a_click_on_a_cell_opens_its_passage() -> None:
    """Where the cell has a finding; else the paper. What no grid has drawn opens nothing."""
    grid = grid_of([action(PaperContent("action", grounds=(ground(),)))])
    assert target_of_cell([str(FINAL), 3, "ground 103", "1-4"], grid) == (FINAL, 3, SENTENCE)
    assert target_of_cell([str(FINAL), 1, "", "1-4"], grid) == (FINAL, 1, None)
    for data in (None, "x", [], [1, 2, 3], ["nothing", 1, ""]):
        assert target_of_cell(data, grid) is None


def test_actions_are_found_by_their_codes(file: Tables) -> None:
    """14/412,875 has four rejections, three of which the list calls final, and one notice of allowance."""
    codes = of_kinds(file.documents, file.documents["history"].iat[0], ACTION_KINDS)["code"].str.strip()
    assert set(codes) <= {"CTNF", "CTFR", "CTAV", "NOA"}
    assert (codes == "NOA").sum() == (file.documents["code"].str.strip() == "NOA").sum() > 0


def test_the_table_of_rounds_says_grounds_and_what_is_not_read(file: Tables) -> None:
    """Once one action is read; before that there is no such column. Other offices have no rules, and say so."""
    numbers = {"US14/412875": "US 10,765,880 B2"}
    assert "Grounds" not in rounds_for_screen(file.rounds, file.documents, numbers)
    first = PaperRef("US14/412875", str(file.rounds.iloc[0]["action"]))
    read = rounds_for_screen(file.rounds, file.documents, numbers, grounds={first: "103 · 112(b)"})
    assert list(read["Grounds"]) == ["103 · 112(b)", *["not read"] * (len(file.rounds) - 1)]
    other = rounds_for_screen(
        file.rounds, file.documents, numbers, offices={"US14/412875": "EP"}, grounds={first: "103"}
    )
    assert set(other["Grounds"][1:]) == {"not read inside"}
