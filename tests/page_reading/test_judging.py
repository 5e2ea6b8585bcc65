"""What a first reading says of a page: whether the numbers of claims were left out."""

import pytest

from components.page_reading.engines.judging import lacks_numbers
from components.page_texts import Box, Word


def words_of(*lines: str) -> list[Word]:
    """The words of these lines."""
    return [Word(word, Box(0, 0, 0.1, 0.01), number, 90) for number, line in enumerate(lines) for word in line.split()]


@pytest.mark.parametrize(
    "lines",
    [
        ("A pump.", "The pump of claim 1, wherein the seal is red.", "The pump of any of claims 1 to 2, having"),
        ("(Currently Amended) A pump comprising a seal.", "(Previously Presented) The pump"),
        ("[Original] A pump comprising a seal.", "(Withdrawn - currently amended) The pump"),
    ],
)  # fmt: skip
def test_claims_without_their_numbers_are_noticed(lines: tuple[str, ...]) -> None:
    """By the claims to which they refer, or by their status."""
    assert lacks_numbers(words_of(*lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("1. A pump.", "2. The pump of claim 1, wherein the seal is red.", "3. The pump of claim 2, having"),
        ("1. (Original) A pump.", "2. (New) The pump", "(new) and old parts of it"),
        ("The rejection of claim 1 is maintained.", "The arguments on claim 2 were considered.", "A reply to claim 3"),
    ],
)  # fmt: skip
def test_numbered_claims_and_other_texts_lack_no_numbers(lines: tuple[str, ...]) -> None:
    """They are not read twice."""
    assert not lacks_numbers(words_of(*lines))
