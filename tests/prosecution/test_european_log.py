"""The comparison with the Register's own words and events: on three real event histories, and on small folders."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from components.prosecution.check.comparison import Comparison, KindResult, compare
from components.prosecution.check.comparison_text import render
from components.prosecution.check.kinds import kinds_of, meaning_of
from components.prosecution.check.log_alone import UNKNOWN
from components.prosecution.law.rule_files import FOLDER
from tests.prosecution.conftest import DATA, rows_of

Rows = Sequence[Sequence[str]]
Compare = Callable[..., Comparison]


def write(path: Path, rows: Rows) -> None:
    """Write a CSV."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture
def compare_one(tmp_path: Path) -> Compare:
    """Compare one European file: its papers (date, title), its events (date, words) and its status in the index."""

    def compared(papers: Rows, log: Rows | None = None, status: str = "") -> Comparison:
        write(tmp_path / "index.csv", [("file", "apno", "status"), ("one", "EP20000001", status)])
        listed = [(day, "", title) for day, title in papers]
        write(tmp_path / "file_histories" / "one.csv", [("date", "doc_code", "description"), *listed])
        if log is not None:
            write(tmp_path / "transactions" / "one.csv", [("date", "description"), *log])
        return compare(tmp_path)

    return compared


@pytest.fixture(scope="module")
def register() -> Comparison:
    """The comparison of the Register's files."""
    if not (DATA / "register").is_dir():
        pytest.skip("the Register's lists are not beside this checkout")
    return compare(DATA / "register")


def kind(comparison: Comparison, name: str) -> KindResult:
    """Pick a kind by its name in the table."""
    return next(result for result in comparison.results if result.kind == name)


@pytest.mark.parametrize(
    ("name", "logged", "matched"),
    [
        ("search_report", 2, 2),
        ("first_communication", 1, 1),
        ("intention_to_grant", 7, 6),
        ("deemed_withdrawal", 2, 2),
        ("petition_decision", 1, 1),
        ("grant", 1, 1),
        ("reply", 1, 1),
        ("amendment", 3, 3),
        ("text_amendment", 4, 3),
        ("approval_of_text", 1, 1),
        ("petition", 1, 1),
    ],
)
def test_each_event_of_the_register_is_found(register: Comparison, name: str, logged: int, matched: int):
    """Those of the three event histories, counted by hand; what a trimmed list lacks is the only gap."""
    result = kind(register, name)
    assert (result.logged, result.matched) == (logged, matched)


def test_nothing_is_found_that_the_register_does_not_have(register: Comparison):
    """What is found too many lies before the log begins."""
    too_many = [
        (difference.history, difference.kind, difference.found)
        for result in register.results
        for difference in result.differences
        if difference.mismatch == "list only"
    ]
    assert too_many == [("EP19205846", "search_report", date(2020, 5, 4))]


def test_what_a_trimmed_list_lacks_is_said(register: Comparison):
    """The intention to grant of 2025-11-05, entered and deleted, has no paper in the trimmed list of EP24189818."""
    lacking = [
        difference
        for result in register.results
        for difference in result.differences
        if difference.mismatch == "log only"
    ]
    assert {(found.history, found.kind, str(found.logged)) for found in lacking} == {
        ("EP24189818", "intention_to_grant", "2025-11-05"),
        ("EP24189818", "text_amendment", "2025-11-05"),
    }
    assert all("trimmed" in found.reason and found.between_records for found in lacking)


def test_every_event_of_the_register_is_compared_or_has_its_reason(register: Comparison):
    """No line of the three event histories is passed over in silence."""
    assert [alone.description for alone in register.alone if alone.why == UNKNOWN] == []
    assert {(alone.description, alone.times) for alone in register.alone} >= {
        ("New entry: Renewal fee paid", 9),
        ("Request for examination filed", 3),
    }


def test_the_register_states_are_met_in_its_own_words(register: Comparison):
    """Nine European files and one US one; seven of them have no log, and that is said."""
    assert [(status.history, status.found_words) for status in register.statuses if not status.agrees] == []
    assert len(register.statuses) == 10
    assert "without a log, so that nothing else is compared: EP10007106, EP08863620" in render(register)


def test_a_right_class_in_a_wrong_word_is_no_agreement(compare_one: Compare):
    """Withdrawn by the applicant is not deemed to be withdrawn, though both are the same class."""
    papers = [("20200102", "Request for grant of a European patent"), ("20210303", "Withdrawal of the application")]
    (status,) = compare_one(papers, status="The application is deemed to be withdrawn").statuses
    assert (status.meanings, status.found, status.agrees) == (("Abandoned",), "Abandoned", False)
    (status,) = compare_one(papers, status="The application has been withdrawn").statuses
    assert (status.found_words, status.agrees) == ("Withdrawn", True)


def test_words_that_leave_the_turn_open_agree_with_either(compare_one: Compare):
    """That examination is in progress is right before and after the reply, and wrong after the grant."""
    papers = [
        ("20200102", "Request for grant of a European patent"),
        ("20210303", "Communication from the Examining Division"),
        ("20210703", "Reply to communication from the Examining Division"),
        ("20220703", "Decision to grant a European patent"),
    ]
    words = "Examination is in progress Status updated on 09.07.2021"
    agree = [compare_one(papers[:count], status=words).statuses[0].agrees for count in (2, 3, 4)]
    assert agree == [True, True, False]


def test_a_file_without_a_log_is_not_said_to_have_no_differences(compare_one: Compare):
    """Nothing was compared but the status, and the text says so."""
    text = render(compare_one([("20210303", "Communication from the Examining Division")], status="Whatever it says"))
    assert "nothing was compared" in text
    assert "without a log, so that nothing else is compared: EP20000001" in text
    assert "statuses.csv does not know these words" in text


def test_an_event_that_no_table_knows_is_shown(compare_one: Compare):
    """It is compared with nothing, and listed before those that have no paper."""
    papers = [("20210303", "Communication from the Examining Division")]
    log = [
        ("20210304", "First examination report"),
        ("20210401", "New entry: Renewal fee paid"),
        ("20210501", "Eclipse"),
    ]
    comparison = compare_one(papers, log)
    assert [(alone.description, alone.times) for alone in comparison.alone] == [
        ("Eclipse", 1),
        ("New entry: Renewal fee paid", 1),
    ]
    assert UNKNOWN in render(comparison)


def test_only_the_first_communication_is_the_first_examination_report(compare_one: Compare):
    """The Register enters no later one by that name, so a later one is none too many."""
    papers = [
        ("20210303", "Communication from the Examining Division"),
        ("20210703", "Reply to communication from the Examining Division"),
        ("20220303", "Communication from the Examining Division"),
    ]
    result = kind(compare_one(papers, [("20210304", "First examination report")]), "first_communication")
    assert (result.logged, result.found, result.matched) == (1, 1, 1)


@pytest.mark.parametrize(
    ("stated", "statuses", "words"),
    [
        ("No opposition filed within time limit", ("Granted",), "Granted"),
        ("The application has been refused", ("Refused",), "Refused"),
        ("Patent revoked by proprietor", ("Revoked",), "Revoked"),
        ("Die Anmeldung gilt als zurückgenommen", ("Abandoned",), "Deemed withdrawn"),
        ("La demande a été retirée", ("Abandoned",), "Withdrawn"),
    ],
)
def test_what_the_register_states_has_a_class_and_a_word(stated: str, statuses: tuple[str, ...], words: str):
    """In the three languages of the EPC (Art. 14(1))."""
    meaning = meaning_of("EP", stated)
    assert meaning is not None
    assert (meaning.statuses, meaning.words) == (statuses, words)


def test_the_words_of_the_statuses_are_those_that_the_reading_uses():
    """Else no reading could ever agree with them."""
    shown = {row["shown_as"] for row in rows_of(FOLDER / "office_statuses.csv") if row["office"] == "EP"}
    asked = {row["words"] for row in rows_of(FOLDER / "statuses.csv") if row["office"] == "EP"} - {""}
    assert asked <= shown
    assert kinds_of("EP")
