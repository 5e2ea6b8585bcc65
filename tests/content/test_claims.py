"""Sets of claims: numbers, status identifiers, texts as they are to stand, what depends on what."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import pytest

from components.content.claims.claim_tree import claim_tree
from components.content.claims.claims import OLDER_FORM, REEXAMINATION, REISSUE, claims_in, depends_on
from components.content.claims.status_identifiers import check_status_identifiers, status_identifier
from components.content.folder.folder import pages_of_file
from components.content.records import ClaimSet
from components.content.text import ReadText
from components.page_texts import Box
from tests.content.made_claims import claims_of, pages_of, struck, underlined

PAPERS = Path(__file__).parents[3] / "shared" / "data" / "papers"


def by_number(claims: ClaimSet) -> dict[int, str]:
    """The status of each claim."""
    return {claim.number: claim.status for claim in claims.claims}


AMENDMENT = """Application No. 10/999,999
Reply to Office Action of December 4, 2009
This listing of claims will replace all prior versions, and listings, of claims in the application:
Listing of Claims:
1. (Currently Amended) A pump comprising:
a) a housing;
b) a [[rotor]] shaft turning in the housing; and
c) two seals.
2. (Original) The pump according to claim 1, wherein the housing has
3. seals.
3-5. (Canceled)
\fApplication No. 10/999,999
Reply to Office Action of December 4, 2009
6. (Previously Presented) The pump of any one of claims 1 to 2, wherein the shaft
is made of steel.
7. (Withdrawn - Currently Amended) A method of making the pump of claim 1.
8. (New) The pump as claimed in claim 2 or 6.
Page 3 of 8
\fREMARKS
1. (Currently amended) What stands in the remarks is no claim.
"""


def test_the_table_of_status_identifiers_is_sound() -> None:
    """Each identifier once; the seven of 37 CFR 1.121(c) are in it."""
    check_status_identifiers()
    named = ["Original", "Currently amended", "Canceled", "Withdrawn", "Previously presented", "New", "Not entered"]
    standings = [found.standing for found in map(status_identifier, named) if found]
    assert standings == ["current"] * 7


@pytest.mark.parametrize(
    ("printed", "status"),
    [
        ("Currentiy Arnended", "currently amended"),
        ("Prevlously Presented", "previously presented"),
        ("Origina1", "original"),
        ("CANCELLED", "cancelled"),
        ("Canceled without prejudice or disclaimer", "cancelled"),
        ("Withdrawn – Currently Amended", "withdrawn - currently amended"),
        ("Withdrawn, Previously Presented", "withdrawn - previously presented"),
        ("Previously Amended", "previously presented"),
        ("Re-presented – formerly dependent claim 3", "new"),
        ("Twice Amended", "amended"),
    ],
)
def test_an_identifier_is_known_in_its_forms_and_misread(printed: str, status: str) -> None:
    """The usual form of what an applicant wrote and an engine read."""
    found = status_identifier(printed)
    assert found is not None
    assert found.status == status


@pytest.mark.parametrize("printed", ["the pump", "see Fig. 2", "which is new", "i", "mutatis mutandis"])
def test_other_words_in_parentheses_are_no_identifier(printed: str) -> None:
    """A claim may begin with parentheses."""
    assert status_identifier(printed) is None


def test_an_amendment_is_read_with_its_identifiers() -> None:
    """Over pages, a range that is cancelled, and numbered lines within a claim; the remarks are no claims."""
    claims = claims_of(AMENDMENT)
    assert by_number(claims) == {
        1: "currently amended",
        2: "original",
        3: "cancelled",
        4: "cancelled",
        5: "cancelled",
        6: "previously presented",
        7: "withdrawn - currently amended",
        8: "new",
    }
    assert claims.rule == "1.121"
    assert claims.not_compared == ""


def test_a_claim_has_its_text_as_it_is_to_stand() -> None:
    """Without what stands in double brackets, and without running heads; a cancelled claim has none."""
    texts = {claim.number: claim.text for claim in claims_of(AMENDMENT).claims}
    assert texts[1] == "A pump comprising: a) a housing; b) a shaft turning in the housing; and c) two seals."
    assert texts[2] == "The pump according to claim 1, wherein the housing has 3. seals."
    assert texts[4] == ""
    assert texts[6] == "The pump of any one of claims 1 to 2, wherein the shaft is made of steel."
    assert texts[8] == "The pump as claimed in claim 2 or 6."


def test_a_claim_is_quoted_from_its_page() -> None:
    """Claim 6 stands on the second page."""
    claims = {claim.number: claim for claim in claims_of(AMENDMENT).claims}
    assert claims[6].quote.page == 2
    assert claims[6].quote.text.startswith("6. (Previously Presented) The pump of any one")
    assert claims[1].id == "claim 1"


@pytest.mark.parametrize(
    ("line", "numbers"),
    [
        ("9-11. (cancelled)", [9, 10, 11]),
        ("9.-11. (canceled)", [9, 10, 11]),
        ("Claims 9 to 11 (canceled).", [9, 10, 11]),
        ("Claims 9 through 11. (Cancelled herein)", [9, 10, 11]),
        ("9, 10 and 12 (Canceled)", [9, 10, 12]),
        ("9. [Canceled]", [9]),
        ("9.(Cancelled).", [9]),
        ("Claim 9 (canceled):", [9]),
        ("9. Canceled.", [9]),
        ("9-11. Cancelled", [9, 10, 11]),
        ("9. Canceled) ", [9]),
        ("l0. (Canceled)", [10]),
    ],
)
def test_cancelled_claims_are_named_in_many_ways(line: str, numbers: list[int]) -> None:
    """All of them stand in amendments."""
    claims = claims_of(f"Amendments to the Claims\n1. (Original) A lamp.\n{line}\n20. (New) A bulb.")
    assert [claim.number for claim in claims.claims if claim.status == "cancelled"] == numbers
    assert [claim.number for claim in claims.claims] == [1, *numbers, 20]


def test_headings_on_one_line_are_told_apart() -> None:
    """An engine joins short lines."""
    claims = claims_of("Amendments to the Claims\n1-8. (canceled) 9. (new) A boat. 10. (new) The boat of claim 9.")
    assert [claim.text for claim in claims.claims[8:]] == ["A boat.", "The boat of claim 9."]


def test_a_claim_whose_identifier_was_not_read_is_no_gap() -> None:
    """It refers to another claim; numbered lines of the last claim do not."""
    claims = claims_of(
        "Listing of claims\n1. (Original) A lamp.\n2. The lamp of claim 1, having a bulb.\n"
        "3. (New) The lamp of claim 2:\n1. Placing a bulb.\n2. Turning it.\n4. Turning it on.\n5. Turning it off."
    )
    assert by_number(claims) == {1: "original", 2: "", 3: "new"}


@pytest.mark.parametrize("misread", ["44. (Original)", "(Original)", "1@. (Original)", "Z, {Original)"])
def test_a_number_that_was_misread_is_told_by_its_neighbours(misread: str) -> None:
    """As many headings stand there as numbers are missing."""
    claims = claims_of(
        "Listing of claims\n1. (Original) A lamp.\n2. (Original) The lamp of claim 1.\n"
        f"{misread} The lamp of claim 2.\n4. (New) The lamp of claim 1."
    )
    assert [(claim.number, claim.text) for claim in claims.claims][1:] == [
        (2, "The lamp of claim 1."),
        (3, "The lamp of claim 2."),
        (4, "The lamp of claim 1."),
    ]


def test_a_number_of_claims_as_filed_that_was_misread_is_told_by_its_neighbours() -> None:
    """Between claims that begin alike."""
    claims = claims_of(
        "What is claimed is:\n1. A lamp.\n2. The lamp of claim 1.\n8. The lamp of claim 2.\n4. The lamp of claim 1.\n"
        ". The lamp of claim 4.\nThe lamp of claim 5.\n7. The lamp of claim 6.\nA bulb comprising a wire.\n"
        "The bulb of claim 8.\nThe end."
    )
    assert [claim.number for claim in claims.claims] == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_numbers_that_stand_in_a_column_of_their_own_begin_their_lines() -> None:
    """An engine reads them before all lines beside them; marks stay with their words."""
    lines = ["What is claimed is:", "1.", "2.", "A lamp having", "two bulbs.", "The lamp of claim 1."]
    (page,) = pages_of("\n".join(lines), underlined("bulbs."))
    heights = {1: 3, 2: 5}
    words = [
        word._replace(box=Box(0.05, 0.02 * heights[word.line], 0.07, 0.02 * heights[word.line] + 0.01))
        if word.line in heights
        else word
        for word in page.words
    ]
    first, second = claims_in(ReadText([replace(page, words=tuple(words))])).claims
    assert (first.number, first.text, second.text) == (1, "A lamp having two bulbs.", "The lamp of claim 1.")
    assert [mark.text for mark in first.marks] == ["bulbs."]


def test_claims_as_filed_have_no_identifiers() -> None:
    """Their numbered steps are told from claims; what follows the claims is none."""
    claims = claims_of(
        "WHAT IS CLAIMED IS:\n1. A method comprising the steps of:\n1. heating water;\n2. adding tea; and\n"
        "3. waiting.\n"
        "2. The method of claim 1, further comprising:\n1. adding milk.\n3, The method of claim 2.\nABSTRACT\n1. A pot."
    )
    assert claims.rule == "as filed"
    assert [(claim.number, claim.text) for claim in claims.claims] == [
        (1, "A method comprising the steps of: 1. heating water; 2. adding tea; and 3. waiting."),
        (2, "The method of claim 1, further comprising: 1. adding milk."),
        (3, "The method of claim 2."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "REMARKS\n1. Rejections under 35 U.S.C. 102\nClaims 1-4 (currently amended) are in the case.\n2. Conclusion",
        "1. Claim 1 is rejected under 35 U.S.C. 103.\n2. Claims 2-4 are rejected under 35 U.S.C. 102(a)(1).",
        "",
    ],
)
def test_numbered_paragraphs_are_no_claims(text: str) -> None:
    """Nothing is better than what is no claim."""
    assert claims_of(text) == ClaimSet(())


def test_older_amendments_say_why_they_are_not_compared() -> None:
    """The form that held until 29 July 2003: `(Twice Amended)`, and a marked-up version apart."""
    claims = claims_of("IN THE CLAIMS\nPlease amend claim 1 as follows:\n1. (Twice Amended) A hat having a brim.")
    assert claims.not_compared == OLDER_FORM
    assert claims.claims[0].status == "amended"


def test_a_reissue_is_read_by_its_own_marks_or_not_compared() -> None:
    """Single brackets strike there, and nowhere else."""
    head = "Reissue Application No. 12/999,999\nIN THE CLAIMS\n"
    read = claims_of(head + "1. (Amended) A hat having a [wide] narrow brim.")
    assert (read.rule, read.claims[0].text, read.not_compared) == ("1.173", "A hat having a narrow brim.", "")
    assert claims_of(head + "1. (Amended) A hat having a narrow brim.").not_compared == REISSUE
    elsewhere = claims_of("IN THE CLAIMS\n1. (Currently amended) A salt of [2-methyl] acid.")
    assert elsewhere.claims[0].text == "A salt of [2-methyl] acid."


def test_a_reexamination_without_marks_is_not_compared() -> None:
    """37 CFR 1.530 marks against the patent, too."""
    claims = claims_of("Ex parte Reexamination Control No. 90/099,999\nIN THE CLAIMS\n1. (Amended) A hat.")
    assert (claims.rule, claims.not_compared) == ("1.530", REEXAMINATION)


@pytest.mark.parametrize(
    ("words", "claims"),
    [
        ("The system of claim 1, wherein", (1,)),
        ("The system according to any one of claims 1 to 3, wherein", (1, 2, 3)),
        ("The system as claimed in claim 2 or 3", (2, 3)),
        ("The system of claim 2 or claim 4", (2, 4)),
        ("The system of any of claims 1-3, 5 and 7", (1, 2, 3, 5, 7)),
        ("A method of making the system of cIaim l", (1,)),
        ("The system of any preceding claim", (1, 2, 3, 4, 5, 6, 7, 8)),
        ("The system of claim 9", ()),
        ("A system comprising a claim form", ()),
    ],
)
def test_what_a_claim_depends_on_stands_in_its_first_words(words: str, claims: tuple[int, ...]) -> None:
    """Of claim 9; no claim depends on itself."""
    assert depends_on(words, 9) == claims


def test_a_claim_depends_on_the_number_that_is_new() -> None:
    """Also where the line through the old one was missed."""
    marks = underlined("3,")
    assert claims_of("1. (Original) A\n2. (Currently amended) The cup of claim 1 3, wherein\n3. (New) B", marks).claims[
        1
    ].depends_on == (3,)


def test_dependent_claims_make_a_tree() -> None:
    """Each stands once; a claim that depends on several stands below the first, and a circle is none."""
    claims = claims_of(
        "Listing of claims\n1. (Original) A cup.\n2. (Original) The cup of claim 1.\n"
        "3. (Original) The cup of claim 2.\n"
        "4. (Original) A lid.\n5. (Original) The cup of claim 1 or 4.\n6. (Original) The lid of claim 7.\n"
        "7. (Original) The lid of claim 6."
    )
    tree = [(each.claim.number, each.depth, each.also_on) for each in claim_tree(claims.claims)]
    assert tree == [(1, 0, ()), (2, 1, ()), (3, 2, ()), (5, 1, (4,)), (4, 0, ()), (6, 0, ()), (7, 0, ())]


def test_lines_that_begin_alike_on_two_pages_are_no_running_head() -> None:
    """What is above them is."""
    head = "Docket ABC-1\n"
    claims = claims_of(
        f"{head}Listing of claims\n1. (Original) A pump.\n2. (Original) The pump of claim 1, wherein\n"
        "it is red.\n"
        f"\f{head}3. (Original) The pump of claim 1, wherein\nit is blue.\n"
        f"\f{head}4. (Original) The pump of claim 1, wherein\nit is green."
    )
    assert [claim.text for claim in claims.claims[1:]] == [
        "The pump of claim 1, wherein it is red.",
        "The pump of claim 1, wherein it is blue.",
        "The pump of claim 1, wherein it is green.",
    ]


def test_a_page_number_makes_no_running_head_another() -> None:
    """Two lines at the feet of pages that differ in another number are parts of claims."""
    claims = claims_of(
        "1. (Original) A pump.\n2. (Original) The pump of claim 1\nhaving a rod of 5 mm,\nhaving a pin of 84 mm.\n"
        "ACME case 7, sheet 3\n\f3. (Original) A valve.\n4. (Original) The valve of claim 3\nhaving a rod of 5 in,\n"
        "having a pin of 40 mm.\nACME case 7, sheet 4"
    )
    texts = [claim.text for claim in claims.claims]
    assert texts[1] == "The pump of claim 1 having a rod of 5 mm, having a pin of 84 mm."
    assert texts[3] == "The valve of claim 3 having a rod of 5 in, having a pin of 40 mm."


def test_numbers_that_count_lines_are_no_words() -> None:
    """In the margin of the page."""
    lines = [
        "What is claimed is:",
        "1. A pump having",
        "a rod",
        "5 and a",
        "wheel",
        "10 and a",
        "lid",
        "15 and a seal.",
    ]
    (page,) = pages_of("\n".join(lines))
    words = [
        word if word.text in ("5", "10", "15") else word._replace(box=word.box._replace(left=word.box.left + 0.1))
        for word in page.words
    ]
    (claim,) = claims_in(ReadText([replace(page, words=tuple(words))])).claims
    assert claim.text == "A pump having a rod and a wheel and a lid and a seal."


def test_marks_of_the_scan_are_read_into_the_claim() -> None:
    """A struck word is left out; a line may begin within a word."""
    marks = [*struck("of#2"), *underlined("two"), ("cells.", "underlined", 0.72, 1.0)]
    claims = claims_of("Listing of claims\n1. (Currently amended) A box of two cells.", marks)
    claim = claims.claims[0]
    assert claim.text == "A box two cells."
    assert [(mark.kind, mark.text, mark.at) for mark in claim.marks] == [
        ("struck", "of", 6),
        ("added", "two", 6),
        ("added", "s.", 14),
    ]
    assert claim.marks_read


def test_a_letter_that_reaches_down_to_the_line_beside_it_is_not_underlined() -> None:
    """The g of "housing", before words that are; the s of "cells" is."""
    marks = [("housing", "underlined", 0.86, 1.0), *underlined("and", "cell")]
    (claim,) = claims_of("Listing of claims\n1. (Currently amended) A housing and cell", marks).claims
    assert [mark.text for mark in claim.marks] == ["and cell"]


def test_pages_without_a_look_at_their_lines_have_no_marks_read() -> None:
    """No marks does not mean that there are none."""
    assert not claims_of("Listing of claims\n1. (Currently amended) A box.").claims[0].marks_read
    assert claims_of("Listing of claims\n1. (Currently amended) A box.", []).claims[0].marks_read


def test_hostile_text_is_read_in_time() -> None:
    """Many numbers, brackets and parentheses come to an end."""
    text = "IN THE CLAIMS\n" + "1, " * 20_000 + "\n" + "[" * 20_000 + "\n" + "1. (" * 5_000 + "\n1. (Original) A cup."
    assert claims_in(ReadText(pages_of(text))).rule == "1.121"


@pytest.mark.skipif(not PAPERS.is_dir(), reason="The real papers are not here (../shared/data/papers).")
def test_a_real_amendment_is_read_as_by_hand() -> None:
    """19/182,905 of 2 September 2025: each claim with its status; numbered steps within each claim."""
    name = "us_19182905/94852_19182905_2025-09-02_CLM.md"
    with (PAPERS / "truth.csv").open(encoding="utf-8", newline="") as file:
        stated = next(
            row["value"] for row in csv.DictReader(file) if row["file"] == name and row["kind"] == "claim_status"
        )
    truth = {}
    for status, first, last in re.findall(r"([a-z ]+?) (\d+)-(\d+)", stated):
        truth |= dict.fromkeys(range(int(first), int(last) + 1), status.strip())
    claims = claims_in(ReadText(pages_of_file(PAPERS / name)))
    assert by_number(claims) == truth
    assert [claim.depends_on for claim in claims.claims if claim.number in (1, 3, 6, 20)] == [(), (2,), (5,), (1,)]
