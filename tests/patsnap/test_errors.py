"""The tree of errors and the table of faults."""

import csv
import inspect
import re
from pathlib import Path

import pytest

from components import patsnap
from components.patsnap import PatsnapError, errors
from components.patsnap.faults import (
    NAMED_DOWNLOAD_FAULTS,
    NAMED_FAULTS,
    DownloadFault,
    Fault,
    download_faults,
    faults,
)
from components.rule_tables import RuleTableBroken, load_csv, refuse_absence

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "reference" / "p048.md"
CLASSES = {
    "request": "RequestError", "quota": "QuotaError", "rate": "RateError", "credentials": "CredentialsError",
    "permission": "PermissionRefusedError", "token": "TokenError", "configuration": "ConfigurationError",
    "service": "BusyError",
}  # fmt: skip
NARROWER = {67200005: "BalanceError", 67200007: "DayLimitError", 67200008: "TokenError"}


def kinds() -> list[type[PatsnapError]]:
    """List the errors of the tree."""
    return [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, PatsnapError)]


def test_the_docstring_is_the_tree() -> None:
    """Each error stands under its parent, once."""
    parents: dict[str, str] = {}
    path: list[tuple[int, str]] = []
    for line in (errors.__doc__ or "").splitlines():
        found = re.match(r"( *[│├└─ ]*)([A-Z]\w+Error)\b", line)
        if found:
            depth = len(found[1])
            while path and path[-1][0] >= depth:
                path.pop()
            assert found[2] not in parents
            parents[found[2]] = path[-1][1] if path else "Exception"
            path.append((depth, found[2]))
    assert parents == {kind.__name__: kind.__bases__[0].__name__ for kind in kinds()}


def test_every_error_can_be_imported_from_the_room() -> None:
    """What can be raised can be caught by name."""
    assert {kind.__name__ for kind in kinds()} <= set(patsnap.__all__)


@pytest.mark.skipif(not CONTRACT.is_file(), reason="the contract is not beside this repository")
def test_the_table_is_that_of_the_contract() -> None:
    """Every code of the contract, with its class; what it forbids to try again is not tried again."""
    listed = re.findall(r"^\| (\d{8}) \|.*\| (\w+) \| ([^|]+) \|$", CONTRACT.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) == 19
    for code, group, retry in listed:
        fault = faults()[code]
        assert fault.error_class == NARROWER.get(int(code), CLASSES[group])
        # A fresh token is no second try of the same call: where that may help there is one more.
        assert (fault.retries > 0) == (fault.fresh_token or not retry.startswith("no"))


@pytest.mark.parametrize("name", list(faults()))
def test_every_fault_says_what_happened_what_it_cost_and_what_to_do(name: str) -> None:
    """In one sentence each."""
    made = errors.error(name, code=17, status=400, number="US1B2")
    words = str(made)
    assert words.startswith(f"US1B2: {made.meaning}")
    assert ("Nothing was charged." in words) == (made.fault_class in {"not sent", "refused", "final"})
    assert ("may have been charged." in words) == (made.fault_class in {"uncertain", "bad data"})
    assert made.advice in words
    assert made.advice.endswith(".")
    assert not made.meaning.endswith(".")


def test_only_account_errors_stop_the_run() -> None:
    """The table and the tree say the same."""
    for name, fault in faults().items():
        assert (fault.then == "stop") == isinstance(errors.error(name), patsnap.AccountError)


def test_what_may_have_been_charged_is_asked_about_and_never_split() -> None:
    """Numbers whose call may have been charged are given up for a person to decide, or the run ends."""
    for fault in faults().values():
        if fault.fault_class == "uncertain":
            assert fault.then in {"ask", "stop"}
        elif fault.fault_class == "bad data":
            assert fault.then in {"ask", "ask for less", "fail"}
        else:
            assert fault.then not in {"ask", "ask for less"}


def test_what_is_refused_because_of_load_is_split_after_its_retries() -> None:
    """It may be about one number; whatever does not end the run is searched for it."""
    for fault in faults().values():
        if fault.fault_class == "refused" and fault.then != "stop":
            assert fault.then == "split"
            assert fault.retries > 0


def test_retries_stay_within_the_bounds_of_their_class() -> None:
    """Not sent at most 3, refused at most 4, ambiguous at most 1, final and bad data none."""
    most = {"not sent": 3, "refused": 4, "uncertain": 1, "final": 0, "bad data": 0}
    tried: dict[str, int] = dict.fromkeys(most, 0)
    for fault in faults().values():
        tried[fault.fault_class] = max(tried[fault.fault_class], 0 if fault.fresh_token else fault.retries)
    assert tried == most


HEAD = "name,error_class,fault_class,retries,fresh_token,then,meaning,advice\n"


def faults_of(folder: Path, *lines: str) -> tuple[Fault, ...]:
    """Read a table of faults with these lines."""
    table = folder / "faults.csv"
    table.write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return load_csv(table, Fault)


def test_every_fault_that_the_code_names_is_known_to_be_needed() -> None:
    """A name in quotes that is a row of the table is one that the check asks for."""
    code = "".join(path.read_text(encoding="utf-8") for path in Path(patsnap.__file__).parent.glob("*.py"))
    assert {name for name in faults() if f'"{name}"' in code} <= set(NAMED_FAULTS)
    assert {name for name in download_faults() if f'"{name}"' in code} <= set(NAMED_DOWNLOAD_FAULTS)


@pytest.mark.parametrize("name", NAMED_FAULTS)
def test_a_table_without_a_fault_that_the_code_names_is_refused(name: str) -> None:
    """It is named before any call, rather than failing inside a paid one."""
    with pytest.raises(RuleTableBroken, match=rf"^faults\.csv, column name: It has no row '{re.escape(name)}'"):
        refuse_absence("faults.csv", (other for other in faults() if other != name), NAMED_FAULTS, column="name")


def test_the_tables_of_this_room_are_whole() -> None:
    """Each row can be read and names an error class, and none is passed over."""
    patsnap.check_rule_tables()
    with (Path(patsnap.__file__).parent / "faults.csv").open(encoding="utf-8", newline="") as file:
        assert list(faults()) == [row["name"] for row in csv.DictReader(file)]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("dns,NotSentError,N,3,no,fail,No address,Check it.", "fault_class"),
        ("dns,NotSentError,not sent,token,no,fail,No address,Check it.", "retries"),
        ("dns,NotSentError,not sent,3,maybe,fail,No address,Check it.", "fresh_token"),
        ("dns,NotSentError,not sent,3,no,limit,No address,Check it.", "then"),
    ],
)
def test_a_damaged_fault_is_named_by_line_and_column(tmp_path: Path, line: str, column: str) -> None:
    """Unknown words in a cell are found when the table is read."""
    with pytest.raises(RuleTableBroken, match="Mend that cell") as caught:
        faults_of(tmp_path, "late,NoAnswerError,uncertain,1,no,fail,Too late,Try again.", line)
    assert (caught.value.file, caught.value.line, caught.value.column) == ("faults.csv", 3, column)


def test_a_fault_of_an_unknown_error_class_is_named_by_its_line(tmp_path: Path) -> None:
    """A class that does not exist would otherwise be noticed only after a paid call."""
    table = faults_of(tmp_path, "dns,Exception,not sent,3,no,fail,No address,Check it.")
    with pytest.raises(RuleTableBroken, match=r"faults\.csv, line 2, column error_class: 'Exception'"):
        errors.check_error_classes(table)


def test_a_damaged_fault_of_a_download_is_named_by_line_and_column(tmp_path: Path) -> None:
    """A remedy that does not exist is found when the table is read."""
    table = tmp_path / "download.csv"
    table.write_text("fault,remedy,words\nlate,wait,Too late.\n", encoding="utf-8")
    with pytest.raises(RuleTableBroken, match=r"^download\.csv, line 2, column remedy: 'wait': .*Mend that cell\.$"):
        load_csv(table, DownloadFault)
