"""Why a number was not charged, or may have been, stands in the ledger, for the Usage page and for who checks it."""

import pytest

from tests.lookups.conftest import MakeSetup


@pytest.mark.parametrize(
    ("fault", "state", "reason"),
    [("500:2", "uncertain", "500"), ("68300004:9", "released", "68300004"), ("67200005:1", "released", "67200005")],
)
def test_the_ledger_says_why(make_setup: MakeSetup, fault: str, state: str, reason: str) -> None:
    """In the words of the error, with its code; a number that was charged needs no reason."""
    setup = make_setup(switches={"synthetic": 2, "inject": fault})
    setup.run("US9900001B2")
    setup.sandbox.switch(inject=[])
    setup.run("US9900002B2")
    notes = {(row.number, row.state): row.note for row in setup.store.ledger(current=True)}
    assert reason in notes["US9900001B2", state]
    assert "sk-test" not in str(notes)
    assert notes["US9900002B2", "billed"] == ""
