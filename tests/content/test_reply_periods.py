"""The period for reply that a paper sets: a due day rests on its one digit, so it is never surer than that."""

from dataclasses import replace

import pytest

from components.content.form_pages.periods import reply_period_in
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


def replace_confidence(word, confidence):
    """Return a word as an engine was more or less sure of it."""
    return word._replace(confidence=confidence)
