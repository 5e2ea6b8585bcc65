"""The store that browser tests begin with: nothing in it differs from what a look-up keeps."""

from dataclasses import replace
from pathlib import Path

import pytest

from components.desk import open_desk
from components.numbers import parse
from components.sandbox.recordings import recorded_histories
from components.settings import Settings
from tests.seeding import seed


@pytest.mark.parametrize("number", [recording.patent_number for recording in recorded_histories()])
def test_a_seeded_history_is_the_one_that_a_look_up_keeps(tmp_path: Path, number: str) -> None:
    """The same documents, names and counts under the same key, and a link to the same PDF; nothing was charged."""
    bought = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'bought' / 'store.db'}"))
    seed(
        tmp_path / "seeded" / "store.db",
        [recording for recording in recorded_histories() if recording.patent_number == number],
    )
    seeded = open_desk(Settings(review_store_url=f"sqlite:///{tmp_path / 'seeded' / 'store.db'}"))
    try:
        assert bought.lookups.start(bought.lookups.plan(parse(number))).wait(30).state == "finished"
        assert seeded.store.resolve([number]) == bought.store.resolve([number])
        key = seeded.store.resolve([number])[number]
        one, other = seeded.store.load([key])[key], bought.store.load([key])[key]
        assert one == replace(other, retrieved=one.retrieved)
        for document in one.documents.ids():
            mine, theirs = seeded.store.link(key, document), bought.store.link(key, document)
            assert mine is not None
            assert theirs is not None
            assert mine.url.partition("?")[0] == theirs.url.partition("?")[0]
        assert seeded.store.totals().ever.used == 0
        assert bought.store.totals().ever.used == 1
    finally:
        seeded.close()
        bought.close()
