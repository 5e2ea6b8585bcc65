"""A process that dies while it buys loses nothing, and nobody buys again what it may have bought; see tests/soak."""

from pathlib import Path

import pytest

from tests.soak.kills import Ending, rounds


@pytest.mark.parametrize("ending", Ending, ids=lambda ending: ending.name.lower())
def test_a_process_that_ends_at_any_moment_leaves_nothing_lost_and_nothing_bought_twice(
    ending: Ending, tmp_path: Path
) -> None:
    """Shipped defaults: what was in flight is asked about, the rest is offered again, and the bills agree at last."""
    played = list(rounds(2, tmp_path, seed=7, numbers=300, endings=[ending]))
    assert [violation for done in played for violation in done.violations] == []
