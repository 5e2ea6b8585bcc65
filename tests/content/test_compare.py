"""Claims compared word by word, and the marks of the scan as a second opinion."""

import pytest

from components.content.claims.compare import (
    CHANGED_UNMARKED,
    MARKED_UNCHANGED,
    ClaimChange,
    Piece,
    compare_sets,
    is_disagreement,
    pieces_by_marks,
)
from tests.content.made_claims import claims_of, struck, underlined

HEAD = "Listing of claims\n"
FILED = claims_of("What is claimed is:\n1. A box having a lid and at least one cell tied to each of the walls.")
AMENDED = (
    HEAD + "1. (Currently amended) A box having a lid, at least one tube; and\n"
    "at least one pair of cells tied to eaeh-ef the walls."
)
MARKS = [
    *underlined("at", "least", "one", "tube;", "pair", "of#2"),
    ("cells", "underlined", 0.78, 1.0),
    *struck("eaeh-ef"),
]


def change(before: str, after: str, *, confidence: int = 100) -> ClaimChange:
    """What became of claim 1."""
    old = claims_of(f"What is claimed is:\n1. {before}", confidence=confidence)
    return compare_sets(old, claims_of(f"{HEAD}1. (Currently amended) {after}", confidence=confidence))[0]


def test_words_that_came_and_went_are_told() -> None:
    """In reading order; what was struck stands before what came in its place."""
    assert change("A box having a red lid.", "A box having a blue lid and a key.").pieces == (
        Piece("same", "A box having a"),
        Piece("struck", "red"),
        Piece("added", "blue"),
        Piece("same", "lid"),
        Piece("added", "and a key."),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A “box”, having a lid;", 'A "box" having a lid:'),
        ("A front-end having a low-noise part", "A front end having a lownoise part"),
        ("A box of claim 1 and 10 lids", "A box of claim l and 10 lids"),
        ("All modern films", "AIl modem films"),
        ("A box - having - a lid.", "A box having a lid"),
        ("An office of fine flow", "An oﬃce of ﬁne ﬂow"),
    ],
)
def test_what_an_engine_reads_now_so_now_so_is_no_change(before: str, after: str) -> None:
    """Quotation marks, hyphens, blanks, ligatures, l and 1, rn and m, punctuation."""
    assert not change(before, after).is_changed


def test_a_misread_word_is_no_change_but_is_named() -> None:
    """One that stands nowhere else, where the other does; a number is never taken for a misreading."""
    read = change(
        "A chamber and a lid on the chamber, the chamber being 10 mm.",
        "A chamber and a lid on the charnber, the chambcr being 16 mm.",
        confidence=88,
    )
    assert [piece for piece in read.pieces if piece.kind != "same"] == [Piece("struck", "10"), Piece("added", "16")]
    assert read.misread == ("chamber / chambcr",)


@pytest.mark.parametrize(("one", "other"), [("cell", "cells"), ("a lid", "the lid"), ("coupled", "decoupled")])
def test_small_words_and_endings_are_changes(one: str, other: str) -> None:
    """Also where an engine read the pages: a letter more is a change of a claim."""
    assert change(
        f"A box, {one} and cell, lid, coupled", f"A box, {other} and cell, lid, coupled", confidence=88
    ).is_changed


def test_marks_that_agree_say_nothing_and_part_equal_words() -> None:
    """Struck words are read badly; those of the set before are shown. One "at least one" came, the other stayed."""
    found = compare_sets(FILED, claims_of(AMENDED, MARKS))[0]
    assert found.disagreements == ()
    assert found.words("added") == ("at least one tube;", "pair of", "s")
    assert found.words("struck") == ("each of",)
    assert "eaeh" not in found.after


def test_a_part_of_a_word_comes_or_goes_where_the_marks_say_so() -> None:
    """The s of "cells" comes, that of "lids" goes."""
    before = claims_of("What is claimed is:\n1. A cell having two lids now.")
    marks = [("cells", "underlined", 0.78, 1.0), ("lids", "struck", 0.7, 1.0), ("two", "struck", 0.0, 1.0)]
    after = claims_of(f"{HEAD}1. (Currently amended) A cells having two lids now.", marks)
    (found,) = compare_sets(before, after)
    assert found.pieces == (
        Piece("same", "A cell"),
        Piece("added", "s", goes_on=True),
        Piece("same", "having"),
        Piece("struck", "two"),
        Piece("same", "lid"),
        Piece("struck", "s", goes_on=True),
        Piece("same", "now."),
    )
    assert found.disagreements == ()


def test_words_that_were_added_without_a_line_are_named() -> None:
    """Two words, "pair of"."""
    marks = [mark for mark in MARKS if mark[0] not in ("pair", "of#2")]
    (said,) = compare_sets(FILED, claims_of(AMENDED, marks))[0].disagreements
    assert said == f"{CHANGED_UNMARKED}: “pair of” was added and is not underlined"


def test_a_line_that_runs_on_below_a_letter_of_the_word_beside_it_marks_no_part_of_that() -> None:
    """The set before has "lid" and "cell": "d" and "s" are told apart by what stood there."""
    marks = [*MARKS, ("lid,", "underlined", 0.6, 1.0)]
    found = compare_sets(FILED, claims_of(AMENDED, marks))[0]
    assert found.disagreements == ()
    assert found.words("added") == ("at least one tube;", "pair of", "s")


def test_words_that_are_underlined_and_stood_there_before_are_named() -> None:
    """The word "lid" is."""
    (said,) = compare_sets(FILED, claims_of(AMENDED, [*MARKS, *underlined("lid,")]))[0].disagreements
    assert said == f"{MARKED_UNCHANGED}: “lid” is underlined and stood in the set before"


def test_words_that_were_left_out_without_a_line_are_named() -> None:
    """Where nothing is struck at all."""
    before = claims_of("What is claimed is:\n1. A box having a big lid.")
    (said,) = compare_sets(before, claims_of(f"{HEAD}1. (Currently amended) A box having a lid.", []))[0].disagreements
    assert said == f"{CHANGED_UNMARKED}: “big” was left out and is not struck"


def test_a_disagreement_has_an_id_under_which_it_is_marked() -> None:
    """It names the claim and the words: a mark of it is none of another one."""
    (first,) = compare_sets(claims_of(f"{HEAD}1. (Original) A box having a red lid."),
                            claims_of(f"{HEAD}1. (Currently amended) A box having a lid.", []))  # fmt: skip
    assert first.disagreement_ids == ("flag changed, not marked claim 1 red was left out and is not struck",)
    assert is_disagreement(first.disagreement_ids[0])
    assert not is_disagreement("flag form and body differ pending")


def test_words_that_were_struck_and_not_read_are_no_disagreement() -> None:
    """An empty mark stands where an engine read nothing; it may leave a part of a word, too."""
    before = claims_of("What is claimed is:\n1. A box having a lid that closes the box, and a key.")
    text = f"{HEAD}1. (Currently amended) A box having a lid oses, and a key."
    unread = compare_sets(before, claims_of(text, [("lid", "struck", 1.0, 1.0)]))[0]
    assert unread.disagreements == ()
    assert unread.words("struck") == ("that closes the box,",)
    assert len(compare_sets(before, claims_of(text, []))[0].disagreements) == 2


def test_a_status_that_does_not_agree_with_the_words_is_told() -> None:
    """An original claim that differs; an amended one that does not."""
    before = claims_of("What is claimed is:\n1. A box having a lid.\n2. The box of claim 1, being red.")
    after = claims_of(
        f"{HEAD}1. (Currently amended) A box having a lid.\n2. (Original) The box of claim 1, being blue."
    )
    one, two = compare_sets(before, after)
    assert one.disagreements == (f"{MARKED_UNCHANGED}: its status is “currently amended”, and no word came or went",)
    assert two.disagreements == (
        f"{CHANGED_UNMARKED}: its status is “original”, and its words differ: “red.” struck, “blue.” added",
    )


def test_nothing_is_said_of_marks_that_were_not_read() -> None:
    """The words differ, and that is all."""
    found = compare_sets(FILED, claims_of(AMENDED.replace("eaeh-ef ", "")))[0]
    assert found.is_changed
    assert found.disagreements == ()


def test_new_and_cancelled_claims_come_and_go_as_a_whole() -> None:
    """A new claim needs no underlining."""
    before = claims_of("What is claimed is:\n1. A box.\n2. A lid.")
    after = claims_of(f"{HEAD}1. (Original) A box.\n2. (Canceled)\n3. (New) A key.", [])
    changes = compare_sets(before, after)
    assert [each.pieces for each in changes] == [
        (Piece("same", "A box."),),
        (Piece("struck", "A lid."),),
        (Piece("added", "A key."),),
    ]
    assert not any(each.disagreements for each in changes)


def test_a_set_without_one_before_shows_its_marks() -> None:
    """The claims as filed were not read; a line may begin within a word."""
    (first,) = compare_sets(None, claims_of(AMENDED, MARKS))
    assert first.by_marks
    assert Piece("added", "s", goes_on=True) in first.pieces
    assert Piece("struck", "eaeh-ef") in first.pieces


def test_a_set_that_is_not_compared_has_no_changes() -> None:
    """Of the form that held until 29 July 2003."""
    assert compare_sets(FILED, claims_of("IN THE CLAIMS\n1. (Twice amended) A box.")) == ()


def test_the_marks_of_a_claim_make_its_pieces() -> None:
    """Without them its text is one piece."""
    assert pieces_by_marks(FILED.claims[0]) == (Piece("same", FILED.claims[0].text),)
