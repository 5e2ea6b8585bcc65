"""Tests of `components.content.claim_lists`: lists as papers and engines print them."""

import pytest

from components.content.claim_lists import claim_list_at, in_words


@pytest.mark.parametrize(
    ("printed", "claims"),
    [
        ("Claims 1-4, 6 and 8 are rejected", "1-4, 6, 8"),
        ("Claims 2. 14, and 41 are rejected", "2, 14, 41"),
        ("Claim s 1-18 are rejected", "1-18"),
        ("54\u201460 are. rejected", "54-60"),
        ("Claims 5 is rejected", "5"),
        ("Claims 1 through 5, and 9 to 11 are", "1-5, 9-11"),
        ("Claims 1- 15, 17, 24 -27 and claims 29-33 are", "1-15, 17, 24-27, 29-33"),
        ("Claim(s) 1-15 17 20 21 24-27 and 29-33 is/are", "1-15, 17, 20-21, 24-27, 29-33"),
        ("Claim(s) 1-15, 1 7, 24-27 is/are", "1-15, 17, 24-27"),
        ("Claims 1 1-20 are", "11-20"),
        ("Ciaim(s) l-3,5-1O is/are", "1-3, 5-10"),
        ("Claims 1, 3, 22-25, 27-\n29, 36 and 39 of U.S. Patent No. 7,111,222", "1, 3, 22-25, 27-29, 36, 39"),
        ("**Claims 1-8 and 20-31** are", "1-8, 20-31"),
        ("Claims 1-5. 7. Applicant argues", "1-5"),
        ("claims 1-5 and 35 U.S.C. 102", "1-5"),
        ("Claims 1-20 except claims 5 and 7 are", "1-4, 6, 8-20"),
        ("Cleims 7, 9/7, 9/8 and 11 are", "7, 9, 11"),
        ("Cla ims 3-5 aud 8are rejected", "3-5, 8"),
    ],
)
def test_a_list_is_read_as_it_is_meant(printed: str, claims: str) -> None:
    """As papers print lists, and as engines misread them."""
    read = claim_list_at(printed, 0)
    assert read is not None
    assert in_words(read.claims) == claims
    assert read.legible


@pytest.mark.parametrize(
    ("printed", "claims"),
    [
        ("Claims *** are rejected", ""),
        ("Claims 54, 56- are rejected", "54, 56"),
        ("Claims 149-1S1 are rejected", "149-151"),
        ("Claims 3 and B are rejected", "3, 8"),
        ("Claims 1.20 are rejected", "1, 20"),
        ("1-719 is/are", "1, 719"),
        ("Claims 20-1 are", "1, 20"),
        ("Claims 1-1000 are rejected", "1"),
        ("Claims 3 and 5 to 12000 are rejected", "3, 5"),
        ("Claims 0-5 are rejected", "1-5"),
    ],
)
def test_a_list_that_is_not_legible_says_so(printed: str, claims: str) -> None:
    """What can be read is given all the same."""
    read = claim_list_at(printed, 0)
    assert read is not None
    assert in_words(read.claims) == claims
    assert not read.legible


def test_no_list_is_read_where_no_claim_is_named() -> None:
    """The word alone is no list."""
    assert claim_list_at("The claims are rejected", 4) is None


def test_the_end_stands_behind_the_last_number() -> None:
    """For what reads on."""
    text = "See claims 3-5 of the patent"
    read = claim_list_at(text, text.index("claims"))
    assert read is not None
    assert text[read.end :] == " of the patent"
