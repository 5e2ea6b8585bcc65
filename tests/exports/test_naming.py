"""The names of the files that are taken away."""

import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.exports.naming import file_name, file_names, package_name
from components.exports.selection import Selection
from components.prosecution import category_table, read_histories
from tests.exports.conftest import hostile_texts, make_history, make_selection

FORM = re.compile(r"[A-Za-z0-9-]+_(\d{4}-\d\d-\d\d|undated)_\d{3,}_[A-Za-z0-9.-]+_[a-z0-9-]+\.pdf")
DEVICES = {"CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))}

TEXTS = st.one_of(st.text(max_size=400), st.sampled_from(hostile_texts()), st.sampled_from(sorted(DEVICES)))
DAYS = st.one_of(st.none(), st.dates(), st.just(pd.NaT))


def assert_safe(name: str) -> None:
    """Check a name against what Windows, macOS and Linux refuse or misread."""
    assert FORM.fullmatch(name), name
    assert len(name) <= 120
    assert ".." not in name
    assert name.split(".", maxsplit=1)[0].upper() not in DEVICES
    for field in name.removesuffix(".pdf").split("_"):
        assert field[0] not in ".-"
        assert field[-1] not in ".-"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("CTNF", "CTNF"),
        ("A...", "A"),
        ("PA..", "PA"),
        ("XT/", "XT"),
        ("N/AP", "N-AP"),
        ("AF/D", "AF-D"),
        ("A.NE", "A.NE"),
        ("ISSUE.NTF", "ISSUE.NTF"),
        ("L_R OUT", "L-R-OUT"),
        ("A131-JP", "A131-JP"),
        ("../..", "uncoded"),
        ("", "uncoded"),
        ("通知", "uncoded"),
    ],
)
def test_codes_keep_letters_digits_and_single_dots(code: str, expected: str) -> None:
    """Codes with dots and slashes become safe fields."""
    name = file_name("US1", date(2018, 8, 31), code, "Paper", "claims", number=7)
    assert name == f"US1_2018-08-31_007_{expected}_paper.pdf"


@pytest.mark.parametrize(
    ("description", "category", "expected"),
    [
        ("Non-Final Rejection", "non_final_rejection", "non-final-rejection"),
        ("Examiner's search strategy and results", "examiner_search", "examiners-search-strategy-and-results"),
        ("Mémoire à l’appui", "other", "memoire-a-lappui"),
        ("Prüfungsbescheid für Straße", "other", "prufungsbescheid-fur-strasse"),
        ("拒絶理由通知書", "non_final_rejection", "non-final-rejection"),
        ("手続補正書（自発・内容）", "unknown", "document"),
        ("ＰＣＴ", "other", "pct"),
        ("", "claims", "claims"),
    ],
)
def test_descriptions_are_spelt_in_latin_letters(description: str, category: str, expected: str) -> None:
    """Accents are left out; what has no Latin spelling gives way to the category's English label."""
    assert file_name("US1", None, "X", description, category, number=1) == f"US1_undated_001_X_{expected}.pdf"


@given(st.tuples(TEXTS, DAYS, TEXTS, TEXTS, TEXTS), st.integers(1, 10**6))
def test_any_text_gives_a_safe_name(fields: tuple[str, object, str, str, str], number: int) -> None:
    """Separators, dots, devices, control characters and long texts never reach a name."""
    assert_safe(file_name(*fields, number=number))


@given(st.lists(st.tuples(st.sampled_from(["", "CON", "US/1", "us1", "US1"]), TEXTS, TEXTS), min_size=1, max_size=8))
def test_names_of_a_selection_are_safe_and_different(papers: list[tuple[str, str, str]]) -> None:
    """No two names are equal where capitals do not count, also for histories with the same number."""
    histories = [
        make_history([(20180831, code, text), (None, code, text)], apno=f"US00/{index}", patent_number=patent)
        for index, (patent, code, text) in enumerate(papers)
    ]
    names = file_names(make_selection(read_histories(histories)))
    assert len(names) == 2 * len(papers)
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert_safe(name)


def test_documents_are_numbered_within_their_history_in_the_order_given() -> None:
    """Every history begins with 001, and the order is the caller's."""
    history = make_history(
        [(20180101, "CTNF", "Non-Final Rejection"), (20180201, "A...", "Amendment")], apno="US15/000001"
    )
    two = make_history([(20170101, "CLM", "Claims")], apno="US15/000002", patent_number="US9000000B2")
    selection = make_selection(read_histories([history, two]))
    reversed_rows = Selection(
        documents=selection.documents.iloc[::-1].reset_index(drop=True),
        histories=selection.histories,
        rounds=selection.rounds,
        titles=selection.titles,
        findings=selection.findings,
        made=selection.made,
    )
    assert file_names(reversed_rows) == [
        "US9000000B2_2017-01-01_001_CLM_claims.pdf",
        "US15000001_2018-02-01_001_A_amendment.pdf",
        "US15000001_2018-01-01_002_CTNF_non-final-rejection.pdf",
    ]


def test_numbers_widen_with_more_than_999_documents() -> None:
    """All numbers of a history have the digits of the greatest, so that they sort."""
    names = file_names(make_selection(read_histories([make_history([(20180101, "CLM", "Claims")] * 1_000)])))
    assert names[0].split("_")[2] == "0001"
    assert names == sorted(names)


def test_a_package_is_named_after_its_first_history() -> None:
    """One history gives its number, several the first and how many more."""
    histories = [
        make_history([(20180101, "CLM")], apno=f"US15/00000{n}", patent_number=f"US{n}B2") for n in range(1, 6)
    ]
    assert package_name(make_selection(read_histories(histories[:1])), "zip") == "US1B2_prosecution.zip"
    assert package_name(make_selection(read_histories(histories)), "pdf") == "US1B2_and_4_more_prosecution.pdf"


def test_histories_without_selected_documents_do_not_name_a_package() -> None:
    """Only what is in the package counts."""
    tables = read_histories([make_history([(20180101, "CLM")], apno=f"US15/{n}") for n in range(3)])
    chosen = make_selection(tables, rows=tables.documents["history"] == "US15/1")
    assert package_name(chosen, "zip") == "US151_prosecution.zip"


def test_real_documents_have_distinct_names(real_selection: Selection) -> None:
    """The 43 real histories give distinct safe names."""
    names = file_names(real_selection)
    assert len({name.casefold() for name in names}) == len(real_selection.documents)
    for name in names:
        assert_safe(name)


def test_every_category_can_stand_for_a_description() -> None:
    """Each label of the vocabulary has a Latin spelling of its own."""
    for category in category_table()["category"]:
        assert not file_name("US1", None, "X", "図面", category, number=1).endswith("_document.pdf")
