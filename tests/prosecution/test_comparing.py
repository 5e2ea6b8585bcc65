"""The comparison with the offices' own logs: on real files, and on small folders whose log and list differ."""

import csv
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from components.prosecution.check.comparison import Comparison, KindResult, compare
from components.prosecution.check.comparison_text import render
from components.prosecution.check.differences import pair_dates
from components.prosecution.check.folder import read_folder
from components.prosecution.check.kinds import kinds_of
from components.prosecution.errors import FolderUnreadable
from components.prosecution.law.rule_files import FOLDER
from tests.prosecution.conftest import rows_of

ROOT = Path(__file__).resolve().parents[2]
Rows = Sequence[Sequence[str]]
MakeFolder = Callable[..., Path]


def write(path: Path, rows: Rows) -> None:
    """Write a CSV."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


@pytest.fixture
def make_folder(tmp_path: Path) -> MakeFolder:
    """Make a folder of one application from its papers (date, code, description) and its log (date, description)."""

    def make(papers: Rows, log: Rows | None = None, status: str = "", apno: str = "US14/000001") -> Path:
        write(tmp_path / "index.csv", [("file", "apno", "status"), ("one", apno, status)])
        write(tmp_path / "file_histories" / "one.csv", [("date", "doc_code", "description"), *papers])
        if log is not None:
            write(tmp_path / "transactions" / "one.csv", [("date", "description"), *log])
        return tmp_path

    return make


@pytest.fixture(scope="session")
def real(data: Path) -> Comparison:
    """The comparison of the real file histories."""
    return compare(data)


def kind(comparison: Comparison, name: str) -> KindResult:
    """Pick a kind by its name in the table."""
    return next(result for result in comparison.results if result.kind == name)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    command = [sys.executable, "-m", "components.prosecution", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.mark.parametrize(
    ("name", "logged"),
    [
        ("restriction", 8),
        ("non_final_rejection", 39),
        ("final_rejection", 11),
        ("quayle", 1),
        ("advisory_action", 1),
        ("allowance", 30),
        ("corrected_allowance", 4),
    ],
)
def test_office_acts_are_those_of_the_log(real: Comparison, name: str, logged: int):
    """Each of the acts that were counted in the 40 logs by hand is found on its day, and no other is."""
    result = kind(real, name)
    assert (result.logged, result.found, result.matched) == (logged, logged, logged)


def test_every_office_act_is_found_and_none_too_many(real: Comparison):
    """Precision and recall over all Office acts are 1, with nothing left out of the count."""
    office = real.of("office")
    assert (office.precision, office.recall, office.differences) == (1, 1, ())


def test_what_the_applicant_did_is_found_wherever_both_records_have_it(real: Comparison):
    """Precision and recall are at least 98 % where list and log both speak, and 94 % with their own gaps counted."""
    applicant = real.of("applicant")
    assert applicant.logged > 150
    assert applicant.precision_of_both >= 0.98
    assert applicant.recall_of_both >= 0.98
    assert applicant.precision >= 0.94
    assert applicant.recall >= 0.94


def test_computed_extensions_are_those_that_the_office_granted(real: Comparison):
    """Whoever needed an extension by our periods was granted one by the log, petition listed or not."""
    extension = kind(real, "extension")
    assert extension.logged == 17
    assert extension.recall == 1
    assert extension.precision >= 0.94


def test_every_difference_is_listed_with_a_reason(real: Comparison):
    """What does not match adds up to the differences listed, and none is without words."""
    assert sum(len(result.differences) for result in real.results) > 10
    for result in real.results:
        unmatched = [difference for difference in result.differences if difference.mismatch != "near"]
        assert result.logged - result.matched == sum(difference.logged is not None for difference in unmatched), (
            result.kind
        )
        assert result.found - result.matched == sum(difference.found is not None for difference in unmatched), (
            result.kind
        )
        assert all(difference.reason for difference in result.differences)


def test_the_log_of_the_reissue_is_known_to_err(real: Comparison):
    """11/408,669: the log has the RCE of 2009 three years early, and both dates are shown with their reason."""
    first, second = kind(real, "rce").differences
    assert (first.logged, first.found, second.logged, second.found) == (
        date(2006, 12, 4),
        None,
        None,
        date(2009, 12, 4),
    )
    assert "2009-12-04" in first.reason
    assert "Workflow - Request for RCE - Begin" in second.reason


def test_status_and_totals_of_the_real_files(real: Comparison, data: Path):
    """Every stated status is met, no document is dropped, 99.5 % are from a known side, no round is unexplained."""
    assert [status for status in real.statuses if not status.agrees] == []
    assert len(real.statuses) == 40
    totals = real.totals
    listed = sum(len(rows_of(path)) for path in (data / "file_histories").glob("*.csv"))
    assert (totals.histories, totals.compared) == (43, 40)
    assert totals.read == totals.listed == listed
    assert totals.known_side >= 0.995 * listed
    assert totals.rounds > 100
    assert totals.unexplained_rounds == 0


def test_a_wrong_reading_lowers_both_numbers(make_folder: MakeFolder):
    """A paper under a wrong code is found too many of one kind and missing of the other: the reading is at fault."""
    folder = make_folder(
        [
            ("20200102", "TRNA", ""),
            ("20200302", "CTFR", "Non-Final Rejection"),
            ("20200502", "CTNF", "Non-Final Rejection"),
        ],
        [("20200302", "Mail Non-Final Rejection"), ("20200502", "Mail Non-Final Rejection")],
    )
    comparison = compare(folder)
    non_final, final = kind(comparison, "non_final_rejection"), kind(comparison, "final_rejection")
    assert (non_final.precision, non_final.recall, non_final.recall_of_both) == (1, 0.5, 0.5)
    assert (final.precision, final.recall, final.precision_of_both) == (0, None, 0)
    assert [difference.between_records for difference in (*non_final.differences, *final.differences)] == [False, False]
    assert comparison.of("office").precision == 0.5
    assert "reading" in render(comparison)


def test_gaps_of_the_two_records_are_told_apart_from_a_wrong_reading(make_folder: MakeFolder):
    """A filing that the log lacks, a transaction without a paper: they lower the numbers, not those of both records."""
    folder = make_folder(
        [
            ("20200102", "TRNA", ""),
            ("20200401", "A.PE", "Preliminary Amendment"),
            ("20200601", "IDS", "Information Disclosure Statement (IDS) Form (SB08)"),
            ("20201201", "ABN", "Abandonment"),
        ],
        [
            ("20200102", "Initial Exam Team nn"),
            ("20200601", "Information Disclosure Statement (IDS) Filed"),
            ("20200701", "Information Disclosure Statement (IDS) Filed"),
            ("20210201", "Information Disclosure Statement (IDS) Filed"),
            ("20201201", "Mail Abandonment for Failure to Respond to Office Action"),
        ],
    )
    comparison = compare(folder)
    ids, amendment = kind(comparison, "ids"), kind(comparison, "preliminary_amendment")
    assert (ids.precision, ids.recall, ids.recall_of_both) == (1, 1 / 3, 1)
    assert [difference.reason for difference in ids.differences] == [
        "the list holds no paper of that day",
        "the list ends on 2020-12-01",
    ]
    assert (amendment.precision, amendment.precision_of_both) == (0, None)
    assert amendment.differences[0].reason == "the log has no transaction of that day"
    assert amendment.differences[0].between_records


def test_repeated_transactions_and_papers_are_one_event(make_folder: MakeFolder):
    """The log enters one IDS up to four times, and the list an action twice: dates count once."""
    folder = make_folder(
        [("20200601", "IDS", ""), ("20200601", "IDS", ""), ("20200701", "CTNF", ""), ("20200701", "CTNF", "")],
        [
            ("20200601", "Information Disclosure Statement (IDS) Filed"),
            ("20200601", "Information  Disclosure Statement (IDS) Filed "),
            ("2020-06-01", "Electronic Information Disclosure Statement"),
            ("20200701", "Mail Non-Final Rejection"),
        ],
    )
    comparison = compare(folder)
    for name in ("ids", "non_final_rejection"):
        result = kind(comparison, name)
        assert (result.logged, result.found, result.matched) == (1, 1, 1)


def test_a_reply_may_be_dated_a_day_apart_and_an_action_may_not(make_folder: MakeFolder):
    """Within the days of its kind an event matches and is shown; beyond them it is one event under two dates."""
    folder = make_folder(
        [("20200701", "CTNF", "Non-Final Rejection"), ("20200901", "A...", "Amendment-After Non-Final Rejection")],
        [("20200702", "Mail Non-Final Rejection"), ("20200831", "Response after Non-Final Action")],
    )
    comparison = compare(folder)
    action, reply = kind(comparison, "non_final_rejection"), kind(comparison, "reply_to_non_final")
    assert (action.matched, reply.matched) == (0, 1)
    assert [(difference.mismatch, difference.reason) for difference in (*action.differences, *reply.differences)] == [
        ("other date", "the log dates it 1 day after the list"),
        ("near", "the log dates it 1 day before the list"),
    ]


def test_a_second_notice_of_allowance_meets_the_corrected_notice_of_the_log(make_folder: MakeFolder):
    """The list calls both alike; the log's own word for the second is not counted among the allowances."""
    folder = make_folder(
        [("20200701", "NOA", "Notice of Allowance"), ("20200801", "NOA", "Notice of Allowance")],
        [("20200701", "Mail Notice of Allowance"), ("20200801", "Mailing Corrected Notice of Allowability")],
    )
    comparison = compare(folder)
    assert [kind(comparison, name).matched for name in ("allowance", "corrected_allowance")] == [1, 1]
    assert comparison.of("office").differences == ()


def test_a_status_that_differs_is_explained_by_date(make_folder: MakeFolder):
    """The reading speaks as of the last paper; a log that goes on is named. Unknown words are not compared."""
    papers, log = [("20200701", "CTNF", "")], [("20200701", "Mail Non-Final Rejection"), ("20210301", "Abandonment")]
    (status,) = compare(make_folder(papers, log, "Abandoned  --  Failure to Respond to an Office Action")).statuses
    assert (status.agrees, status.meanings, status.found) == (False, ("Abandoned",), "Awaiting applicant")
    assert status.explanation == 'as of the last listed paper, 2020-07-01; the log goes on to 2021-03-01, "Abandonment"'
    unknown = compare(make_folder(papers, log, "In limbo"))
    assert unknown.statuses[0].meanings == ()
    assert "0 of 0" in render(unknown)
    assert "In limbo" in render(unknown)


@pytest.mark.parametrize("apno", ["US14/000001", "JP2020-123456"])
def test_without_a_log_nothing_is_compared(make_folder: MakeFolder, apno: str):
    """A folder without transactions is read and counted; so is one of an office whose log is not known."""
    log = None if apno.startswith("US") else [("20200701", "Whatever")]
    comparison = compare(make_folder([("20200701", "CTNF", "")], log, apno=apno))
    assert (comparison.results, comparison.totals.compared, comparison.totals.read) == ((), 0, 1)
    assert "No history has a log" in render(comparison)
    assert "nothing was compared" in render(comparison)


def test_dates_are_matched_one_to_one_and_the_nearest_first():
    """The second transaction of an event does not take the paper of another."""
    days = [date(2020, 1, day) for day in range(1, 20)]
    assert pair_dates([days[0], days[3]], [days[2]], 5) == [(days[3], days[2])]
    assert pair_dates([days[0], days[3]], [days[2], days[9]], 9) == [(days[0], days[9]), (days[3], days[2])]
    assert pair_dates([days[0]], [days[6]], 5) == []


def test_each_kind_names_its_transactions_and_each_tolerance_its_reason():
    """A row of the table is no use without the log's words, something to find, a reason for its days and a source."""
    rows = rows_of(FOLDER / "transactions.csv")
    assert sum(len(kinds_of(office)) for office in {row["office"] for row in rows}) == len(rows)
    for row in rows:
        assert row["log"]
        assert row["words"]
        assert bool(row["categories"]) == (row["read_from"] != "extensions")
        assert row["why"]
        assert row["source"]
    for name in ("known_differences.csv", "statuses.csv", "unlisted_transactions.csv"):
        assert all(row["source"] for row in rows_of(FOLDER / name))


def test_a_folder_may_lack_what_is_not_needed(tmp_path: Path):
    """Without files named, descriptions, pages, codes and logs; dates in both spellings; a date that is none stays."""
    write(tmp_path / "index.csv", [("apno",), ("US14/000001",), ("US14/000002",)])
    write(
        tmp_path / "file_histories" / "US14000001.csv", [("doc_code", "date"), ("CTNF", "2020-07-01"), ("IDS", "soon")]
    )
    write(
        tmp_path / "file_histories" / "US14000002.csv", [("date", "doc_code", "page_number"), ("20200701", "IDS", "x")]
    )
    os.utime(tmp_path / "file_histories" / "US14000001.csv", (0, 1_600_000_000))
    first, second = read_folder(tmp_path)
    assert list(first.history.documents.date) == [20200701, None]
    assert list(second.history.documents.pages) == [None]
    assert first.transactions is None
    assert first.history.retrieved == datetime(2020, 9, 13, 12, 26, 40, tzinfo=UTC)
    assert [folder_history.history.name for folder_history in read_folder(tmp_path, ["US14000002"])] == ["US14/000002"]
    assert compare(tmp_path).totals.undated == 1


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "index.csv").unlink(), "no index.csv"),
        (lambda folder: write(folder / "index.csv", [("apno",)]), "names no application"),
        (lambda folder: write(folder / "index.csv", [("number",), ("US14/000001",)]), "no column apno"),
        (lambda folder: write(folder / "index.csv", [("apno", "file"), ("", "one")]), "without an application number"),
        (lambda folder: write(folder / "index.csv", [("apno",), *[("US14/1",)] * 2]), "US14/1 more than once"),
        (lambda folder: (folder / "file_histories" / "one.csv").unlink(), "take US14/000001 out of index.csv"),
        (lambda folder: write(folder / "file_histories" / "one.csv", [("date", "code")]), "no column doc_code"),
        (lambda folder: write(folder / "file_histories" / "one.csv", []), "no column date and no doc_code"),
        (
            lambda folder: write(folder / "transactions" / "one.csv", [("date", "code")]),
            "one.csv has no column description",
        ),
        (lambda folder: (folder / "transactions" / "one.csv").write_bytes(b"date,description\n1,\xff"), "CSV in UTF-8"),
    ],
)
def test_a_folder_that_cannot_be_read_says_what_to_do(
    make_folder: MakeFolder, damage: Callable[[Path], None], words: str
):
    """The message names the table and what it lacks."""
    folder = make_folder([("20200701", "CTNF", "")], [("20200701", "Mail Non-Final Rejection")])
    damage(folder)
    with pytest.raises(FolderUnreadable, match=words):
        compare(folder)


def test_the_command_prints_the_comparison(make_folder: MakeFolder):
    """A table with the kinds in columns under one another, then the differences, the statuses and the totals."""
    folder = make_folder(
        [("20200701", "CTNF", "Non-Final Rejection"), ("20201001", "RCEX", "Request for Continued Examination (RCE)")],
        [("20200701", "Mail Non-Final Rejection")],
        "Non Final Action Mailed",
    )
    done = run(folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    head = next(line for line in lines if "in the log" in line)
    row = next(line for line in lines if line.startswith("  Non-final rejection"))
    assert row.split()[2:] == ["1", "1", "1", "100.0", "%", "100.0", "%", "0"]
    assert len(row) == len(head)
    titles = [
        line for line in lines if line in ("Office acts", "What the applicant did", "Differences", "Status", "Totals")
    ]
    assert titles == ["Office acts", "What the applicant did", "Differences", "Status", "Totals"]
    difference = next(line for line in lines if line.startswith("  US14/000001") and "2020-10-01" in line)
    assert "the log ends on 2020-07-01" in difference


def test_the_command_writes_the_tables_as_json(make_folder: MakeFolder):
    """One object a line with the tables; dates are ISO, what is missing is null, and no script is escaped."""
    folder = make_folder([("20200720", "A63", "特許願"), ("", "A53", "意見書")], apno="JP2020-123456")
    done = run(folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    (line,) = done.stdout.splitlines()
    assert "特許願" in line
    tables = json.loads(line)
    assert list(tables) == ["history", "documents", "submissions", "rounds", "histories", "turns"]
    assert tables["history"] == "JP2020-123456"
    first, second = tables["documents"]
    assert (first["date"], first["pages"], first["code"], first["seq"]) == ("2020-07-20", None, "A63", 1)
    assert second["date"] is None
    (headline,) = tables["histories"]
    assert headline["retrieved"].endswith("+00:00")
    assert (headline["filed"], headline["abandoned"]) == ("2020-07-20", None)


def test_the_command_reads_the_real_files(data: Path):
    """Both ways of writing cover all 43 histories, and a name picks one."""
    assert "100.0 %" in run(data).stdout
    lines = run(data, "--json").stdout.splitlines()
    assert len(lines) == 43
    assert sum(len(json.loads(line)["documents"]) for line in lines) == 2453
    (picked,) = run(data, "--json", "--history", "US14412875").stdout.splitlines()
    assert json.loads(picked)["history"] == "US14/412875"


def test_the_command_fails_with_words(tmp_path: Path, make_folder: MakeFolder):
    """A folder that is none, and a history that is not in it, end with status 2 and a sentence, not a traceback."""
    missing = run(tmp_path / "nowhere")
    unknown = run(make_folder([("20200701", "CTNF", "")]), "--history", "US99/999999")
    for done, words in ((missing, "There is no folder"), (unknown, "index.csv has no US99/999999")):
        assert done.returncode == 2
        assert done.stdout == ""
        assert words in done.stderr
        assert "Traceback" not in done.stderr


def test_the_command_ends_quietly_when_its_reader_does(make_folder: MakeFolder):
    """`| head` closes the pipe; that is no error."""
    folder = make_folder([("20200701", "CTNF", "")] * 5000)
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "components.prosecution", str(folder), "--json"]
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(command, cwd=ROOT, stdout=pipe, stderr=subprocess.PIPE, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
