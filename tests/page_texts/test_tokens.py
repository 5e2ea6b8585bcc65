"""What a word is for the search: spelled as on the page, as typed, and as an engine misreads it."""

import pytest

from components.page_texts import Token, tokens_in, tokens_of
from tests.page_texts.made import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Rejected", "REJECTED"),
        ("Müller naïve", "muller naive"),
        ("ﬁnal", "final"),
        ("１２３ ＵＳ", "123 US"),
        ("10,765,880", "10765880"),
        ("35 U.S.C. 103(a)", "35 USC § 103 (a)"),
        ("35 U. S. C. 103", "35 USC 103"),
        ("1-19", "1–19"),
        ("US20060059444A1", "US 20060059444 A1"),
        ("c0ntrol 1O", "control 10"),
        ("AIt cIaim", "Alt claim"),
        ("c|aim e!ement", "claim element"),
        ("11", "ll"),
        ("co\u00adoperate", "cooperate"),
        ("ガ", "ガ"),
        ("Straße", "strasse"),
    ],
)
def test_usual_spellings_are_the_same(one, other):
    """Case, accents, wide letters, points in numbers and abbreviations, and what engines take for one another."""
    assert tokens_in(one) == tokens_in(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("fail", "fall"), ("claim 1", "claim 2"), ("FIGs", "flgs"), ("III", "lll"), ("が", "か"), ("1.121", "1121")],
)
def test_other_words_are_others(one, other):
    """Folding makes no word another one."""
    assert tokens_in(one) != tokens_in(other)


def test_scripts_without_blanks_have_a_token_a_character():
    """So that a phrase finds what stands in the midst of a sentence."""
    assert tokens_in("拒絶理由 특허 カード") == [*"拒絶理由특허カード"]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("is con-", "tinued here"), [("is", (0,)), ("continued", (1, 2)), ("here", (3,))]),
        (("con\u00ad", "tinued"), [("continued", (0, 1))]),
        (("con–", "tinued"), [("continued", (0, 1))]),
        (("CON-", "TINUED"), [("continued", (0, 1))]),
        (("con-", "tin-", "ued"), [("continued", (0, 1, 2))]),
        (("a non-", "final one"), [("a", (0,)), ("non", (1,)), ("final", (2,)), ("one", (3,))]),
        (("Smith-", "Jones"), [("smith", (0,)), ("jones", (1,))]),
        (("con- tinued",), [("con", (0,)), ("tinued", (1,))]),
        (("claims 2-", "5"), [("claims", (0,)), ("2", (1,)), ("5", (2,))]),
        (("con-",), [("con", (0,))]),
        (("con-", "— ued"), [("con", (0,)), ("ued", (2,))]),
        (("(con-", "tinued)."), [("continued", (0, 1))]),
    ],
)
def test_a_word_broken_at_the_end_of_a_line_is_one(lines, expected):
    """It is marked in both lines; what has its hyphen anyway, and what does not go on, stays as it is."""
    assert tokens_of(words(*lines)) == [Token(*token) for token in expected]


@pytest.mark.parametrize("text", ["", "§ — & *", "\x00", "\ud800", "\u200b", "…" * 100, "_"])
def test_signs_are_no_words(text):
    """Nothing that no database can hold, and nothing that nobody types, comes to a token."""
    assert tokens_in(text) == []


def test_an_endless_word_is_cut_on_both_sides():
    """What is typed whole finds it all the same."""
    assert tokens_in("x" * 20_000) == tokens_in("x" * 64)
