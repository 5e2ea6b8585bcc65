"""What the text of an action says of its claims outside its grounds."""

import pytest

from components.content.claim_lists import in_words
from components.content.form_pages.body_statuses import body_statuses
from tests.content.typed_text import typed


def said(text: str) -> list[tuple[str, str, str]]:
    """Return what a text says: kind, claims, note."""
    read = typed(text)
    return [(status.kind, in_words(status.claims), status.note) for status in body_statuses(read, read.text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Claims 1-8 and 20-31 are pending and have been examined.", [("pending", "1-8, 20-31", "")]),
        ("Claims 1-15, 17 are presented for further examination.", [("pending", "1-15, 17", "")]),
        ("The pending claims are 1-20.", [("pending", "1-20", "")]),
        ("Claims 10-19 are withdrawn from further consideration.", [("withdrawn", "10-19", "")]),
        ("Claims 34-35 have been canceled.", [("cancelled", "34-35", "")]),
        ("Cancellation of claims 20-31 renders the rejection moot.", [("cancelled", "20-31", "")]),
        ("Claims 138-147, and 158-173, are allowed.", [("allowed", "138-147, 158-173", "")]),
        (
            "Claim 52 is objected to because of the following informalities: a word is missing.",
            [("objected", "52", "informality")],
        ),
        (
            "Claims 3-8 are objected to as dependent upon a rejected base claim, but would be allowable if rewritten.",
            [("objected", "3-8", "allowable if rewritten")],
        ),
        (
            "Claims 5 is objected to under 37 CFR 1.75(c) as being of improper dependent form.",
            [("objected", "5", "improper dependent form")],
        ),
    ],
)
def test_what_is_said_of_claims_is_read(text: str, expected: list[tuple[str, str, str]]) -> None:
    """With the reason for which they are objected to."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The rejection of claims 12, 14 and 17-25 has been withdrawn.",
        "The objection to claim 3 is withdrawn.",
        "Claim 4 would be allowable if rewritten.",
        "Applicant argues that claims 1-5 are allowable.",
        "If claims 7-9 are cancelled, the rejection falls.",
        "Claims 1-5 are not allowed.",
        "The indicated allowability of claims 3-5 is withdrawn.",
        "The specification is objected to.",
    ],
)
def test_arguments_conditions_and_withdrawn_rejections_say_nothing_of_claims(text: str) -> None:
    """Nor does what concerns the rejection, not the claims."""
    assert said(text) == []


def test_the_quote_stands_on_the_page_of_the_claims() -> None:
    """Not on the page before, where another sentence ended without a point."""
    read = typed("A heading without an end", "Claims 1-4 are pending.")
    (status,) = body_statuses(read, read.text)
    assert (status.quote.text, status.quote.page) == ("Claims 1-4 are pending.", 2)
