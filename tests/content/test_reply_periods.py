"""The period for reply that a paper sets: a due day rests on its one digit, so it is never surer than that."""

from dataclasses import replace

import pytest

from components.content.flags import period_flags
from components.content.form_pages.periods import reply_period_in, reply_periods_in
from components.content.text import ReadText
from tests.page_texts.made import page


@pytest.mark.parametrize(
    ("number", "sure", "months", "confidence"),
    [
        ("3", 96, 3, 90),  # the words around it are read less surely
        ("3", 41, 3, 41),
        ("l", 96, 1, 50),
        ("THREE (3)", 96, 3, 90),
        ("Q", 96, None, 50),
    ],
)
def test_the_period_is_as_sure_as_its_number(number, sure, months, confidence):
    """A letter that stands for a digit is a guess."""
    read = page(2, f"A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE {number} MONTH(S)", confidence=90)
    words = tuple(
        replace_confidence(word, sure if word.text in number.split(" ") else word.confidence) for word in read.words
    )
    period = reply_period_in(ReadText([replace(read, words=words)]))
    assert (period.months, period.quote.page) == (months, 2)
    assert period.confidence == pytest.approx(confidence, abs=1)


@pytest.mark.parametrize(
    ("words", "name"), [("3 MONTHS", "reply period 3 months"), ("30 DAYS", "reply period 30 days")]
)
def test_a_finding_of_a_period_is_named_after_its_length(words, name):
    """A mark of a period that was read wrong is none of the one that is read later."""
    read = page(1, f"A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE {words}")
    assert reply_period_in(ReadText([read])).id == name


def test_a_period_that_differs_within_a_paper_is_a_guess():
    """The form says three months, the text two."""
    form = page(1, "A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE 3 MONTHS")
    body = page(2, "A shortened statutory period for reply to this action is set to expire TWO MONTHS from the date")
    period = reply_period_in(ReadText([form, body]))
    assert (period.months, period.confidence) == (3, 50)
    assert reply_period_in(ReadText([form, replace(form, page=2)])).confidence == 90


def test_periods_that_differ_within_a_paper_are_flagged_with_both_quotes():
    """What cannot be read for sure differs from nothing."""
    words = "A SHORTENED STATUTORY PERIOD FOR REPLY IS SET TO EXPIRE"
    form, body, unsure = (page(1, f"{words} 2 MONTHS"), page(3, f"{words} ONE MONTH"), page(2, f"{words} l MONTH"))
    (flag,) = period_flags(reply_periods_in(ReadText([form, body])))
    assert "1 month and 2 months" in flag.words
    assert [quote.page for quote in flag.quotes] == [1, 3]
    assert period_flags(reply_periods_in(ReadText([form, unsure]))) == ()


def replace_confidence(word, confidence):
    """Return a word as an engine was more or less sure of it."""
    return word._replace(confidence=confidence)
