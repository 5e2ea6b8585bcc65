"""One paper read as a whole: what kind it is, what was found, and whether it counts as read."""

import pytest

from components.content.paper_kinds import category_of, check_rule_table, kind_of
from components.content.reading import (
    NO_ACTION_TEXT,
    NO_ALLOWANCE,
    NO_CLAIMS,
    NO_GROUND,
    NO_GROUND_BY_CODE,
    NO_INTERVIEW,
    NO_REFERENCES,
    NO_RULES,
    NO_TEXT,
    read_content,
)
from components.content.records import PaperContent
from tests.content.test_forms import DETAILED, SINCE_2011, UNTIL_2011, summary
from tests.content.typed_text import typed

FILLER = "The device of the drawings has a lid, a box and a spring that holds the lid upon the box. " * 4


def read(*pages: str, code: str = "CTNF") -> PaperContent:
    """Read typed pages."""
    return read_content(typed(*pages).pages, kind=kind_of(code), code=code)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("CTNF", "action"), ("CTFR", "action"), ("CTEQ", "action"), ("CTRS", "action"), ("ctnf", "action"),
        ("CTAV", "advisory"), ("NOA", "allowance"), ("CNOA", "allowance"), ("CLM", "claims"), ("REM", "remarks"),
        ("A...", "remarks"), ("EXIN", "interview"), ("892", "citations"), ("1449", "citations"), ("IDS", "citations"),
        ("SPEC", ""), ("DRW", ""), ("unknown", ""),
    ],
)  # fmt: skip
def test_the_kind_of_a_paper_is_that_of_its_code(code: str, kind: str) -> None:
    """As the prosecution room sorts codes."""
    assert kind_of(code) == kind


def test_a_description_decides_where_there_is_no_code() -> None:
    """In the office's own words."""
    check_rule_table()
    assert kind_of("", "Final Rejection") == "action"
    assert category_of("CTFR") == "final_rejection"


def test_an_action_is_read_whole() -> None:
    """Its form, its grounds, its claims, its examiner."""
    content = read(summary(UNTIL_2011), DETAILED)
    assert (content.outcome, content.why) == ("read", "")
    assert [(ground.statute, ground.claims[0], ground.quote.page) for ground in content.grounds] == [("102(b)", 5, 2)]
    assert content.status("allowed") == (1, 2, 3, 4)
    assert content.finality is not None
    assert content.reply_period is not None
    assert (content.finality.value, content.reply_period.months, content.engines) == ("non-final", 3, ("typed",))


def test_an_action_that_says_rejected_and_gave_no_ground_is_not_read() -> None:
    """It never looks like one that rejects nothing."""
    content = read(
        summary(SINCE_2011), f"DETAILED ACTION\n{FILLER}\nThe claims stand rejected for the reasons of record."
    )
    assert (content.outcome, content.why, content.grounds) == ("not read", NO_GROUND, ())
    assert "not read" in {flag.kind for flag in content.flags}
    assert content.status("rejected")[0] == 5


def test_an_action_that_rejects_by_its_code_and_gave_no_ground_is_not_read() -> None:
    """Also where not even the word was read."""
    assert read(f"DETAILED ACTION\n{FILLER}").why == NO_GROUND_BY_CODE
    assert read(f"DETAILED ACTION\n{FILLER}", code="CTRS").outcome == "read"


def test_an_action_of_which_only_the_form_has_text_is_not_read() -> None:
    """Its other pages are missing, or are no text."""
    assert read(summary(SINCE_2011), "Page 2").why == NO_ACTION_TEXT


@pytest.mark.parametrize(
    ("code", "why"),
    [("NOA", NO_ALLOWANCE), ("EXIN", NO_INTERVIEW), ("CLM", NO_CLAIMS), ("892", NO_REFERENCES)],
)
def test_a_paper_of_which_nothing_is_legible_is_not_read(code: str, why: str) -> None:
    """It never looks like one that says nothing."""
    content = read("Zq wvx plo krt mnb hgf. " * 40, code=code)
    assert (content.outcome, content.why) == ("not read", why)


def test_pages_without_text_are_not_read() -> None:
    """Whatever they are."""
    content = read_content((), kind="claims", code="CLM")
    assert (content.outcome, content.why, content.confidence) == ("not read", NO_TEXT, None)


def test_a_paper_without_rules_says_so_unless_its_form_says_what_it_is() -> None:
    """A code that nobody knows does not hide an action."""
    assert read("A letter.", code="XYZ").why == NO_RULES
    assert read(summary(SINCE_2011), DETAILED, code="XYZ").grounds[0].statute == "102(b)"


def test_words_that_contradict_the_code_are_flagged() -> None:
    """The code decides, the words are quoted."""
    content = read(summary(UNTIL_2011), DETAILED, "THIS ACTION IS MADE FINAL.")
    flags = {flag.kind: flag for flag in content.flags}
    assert content.finality is not None
    assert content.finality.value == "non-final"
    assert flags["finality differs"].quotes[0].text == "THIS ACTION IS MADE FINAL."


def test_the_period_of_an_advisory_action_is_none_of_its_own() -> None:
    """It repeats that of the final rejection."""
    words = "A shortened statutory period for reply is set to expire 3 MONTHS from the final rejection."
    assert read(words, code="CTAV").reply_period is None


def test_what_an_applicant_recites_is_no_ground() -> None:
    """Remarks say what is pending, and argue."""
    content = read(
        "REMARKS\nClaims 1-4 are pending. Claims 1-4 stand rejected under 35 U.S.C. 102 over Baker.", code="REM"
    )
    assert (content.grounds, content.status("pending"), content.outcome) == ((), (1, 2, 3, 4), "read")


@pytest.mark.parametrize("code", ["CTNF", "CTAV", "NOA", "CLM", "REM", "EXIN", "892"])
@pytest.mark.parametrize(
    "piece", ["Claims 1-4, 6 ", "rejected under 35 U.S.C. 103 ", "1. (Original) A box. ", "is/are ", "( [ / - "]
)
def test_hostile_pages_are_read_in_a_moment(code: str, piece: str) -> None:
    """Papers come from outside: no text makes the rules run away."""
    assert read(piece * 800, "\n\n" + piece * 800, code=code).kind == kind_of(code)
