"""The tree of errors and the table of faults."""

import inspect
import re
from pathlib import Path

import pytest

from components import patsnap
from components.patsnap import PatsnapError, errors

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
        fault = errors.faults()[code]
        assert fault.kind == NARROWER.get(int(code), CLASSES[group])
        # A fresh token is no second try of the same call: where that may help there is one more.
        assert (fault.retries > 0) == (fault.renew or not retry.startswith("no"))


@pytest.mark.parametrize("name", list(errors.faults()))
def test_every_fault_says_what_happened_what_it_cost_and_what_to_do(name: str) -> None:
    """In one sentence each."""
    made = errors.error(name, code=17, status=400, number="US1B2")
    words = str(made)
    assert words.startswith(f"US1B2: {made.meaning}")
    assert ("Nothing was charged." in words) == (made.letter in {"N", "R", "T"})
    assert ("may have been charged." in words) == (made.letter in {"A", "D"})
    assert made.advice in words
    assert made.advice.endswith(".")
    assert not made.meaning.endswith(".")


def test_only_account_errors_stop_the_run() -> None:
    """The table and the tree say the same."""
    for name, fault in errors.faults().items():
        assert (fault.then == "stop") == isinstance(errors.error(name), patsnap.AccountError)


def test_retries_stay_within_the_bounds_of_their_class() -> None:
    """N at most 3, R at most 4, A at most 1, T and D none."""
    most = {"N": 3, "R": 4, "A": 1, "T": 0, "D": 0}
    tried: dict[str, int] = dict.fromkeys(most, 0)
    for fault in errors.faults().values():
        tried[fault.letter] = max(tried[fault.letter], 0 if fault.renew else fault.retries)
    assert tried == most
