"""A damaged file is set aside and reported, and a new store begun only knowingly."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from components.store import Store, StoreDamaged, StoreUnwritable
from tests.store.made import history, reservations


def fill(url: str) -> Path:
    """Make a store of some size and give its file."""
    with closing(Store.open(url, source="sandbox")) as store:
        for number in range(60):
            store.save(history(apno=f"US14/{number}", patent_number=f"US{number}B2", patent_id=f"id{number}", count=40))
        store.reserve(reservations("q", *(f"US{number}B2" for number in range(60))))
    return Path(url.removeprefix("sqlite:///"))


def overwrite(file: Path, start: int, length: int) -> None:
    """Put rubbish in the midst of a file."""
    data = bytearray(file.read_bytes())
    data[start : start + length] = b"\xa5" * length
    file.write_bytes(data)


DAMAGES = {
    "not a database": lambda file: file.write_bytes(b"<!doctype html><title>Login</title>" * 500),
    "empty": lambda file: file.write_bytes(b""),
    "header lost": lambda file: overwrite(file, 0, 100),
    "cut in half": lambda file: file.write_bytes(file.read_bytes()[: file.stat().st_size // 8192 * 4096]),
    "cut within a page": lambda file: file.write_bytes(file.read_bytes()[:-1000]),
    "holes": lambda file: [overwrite(file, page * 4096, 4096) for page in range(2, file.stat().st_size // 4096, 3)],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_damaged_file_is_set_aside_and_told(sqlite_url, damage):
    """The first opening sets it aside and says where; the second begins afresh and keeps telling it."""
    file = fill(sqlite_url)
    damage(file)
    remains = file.read_bytes()
    with pytest.raises(
        StoreDamaged, match=r"is damaged.*set aside as store\.db\.damaged-.*Nothing was charged.*charged again"
    ) as caught:
        Store.open(sqlite_url, source="sandbox")
    aside = caught.value.set_aside_as
    assert aside.parent == file.parent
    assert aside.read_bytes() == remains
    assert not file.exists()

    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.headlines() == []
        assert store.notice.path == aside
        assert aside.name in store.notice.message
        assert "charged again" in store.notice.message
    with closing(Store.open(sqlite_url, source="other")) as store:
        assert store.notice is not None
        store.acknowledge()
        assert store.notice is None
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None


def test_log_goes_with_the_damaged_file(sqlite_url):
    """What SQLite keeps beside a database belongs to it and moves with it."""
    file = fill(sqlite_url)
    log = file.with_name(f"{file.name}-wal")
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        store.save(history(apno="the last one", patent_number="", patent_id=""))
        last = log.read_bytes()  # as a process that is killed leaves it
    overwrite(file, 0, file.stat().st_size)
    log.write_bytes(last)
    with pytest.raises(StoreDamaged) as caught:
        Store.open(sqlite_url, source="sandbox")
    aside = caught.value.set_aside_as
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == last
    assert not file.with_name(f"{file.name}-wal").exists()
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice.path == aside


def test_second_damage_does_not_overwrite_the_first(sqlite_url):
    """Each file that is set aside has a name of its own, and the notice tells of the last one."""
    asides = []
    for _ in range(3):
        file = fill(sqlite_url)
        overwrite(file, 0, 100)
        with pytest.raises(StoreDamaged) as caught:
            Store.open(sqlite_url, source="sandbox")
        asides.append(caught.value.set_aside_as)
    assert len({aside.name for aside in asides if aside.exists()}) == 3
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice.path == asides[-1]


def test_backup_in_its_place_is_opened(sqlite_url):
    """Putting a sound file back brings everything back."""
    file = fill(sqlite_url)
    backup = file.read_bytes()
    overwrite(file, 0, 100)
    with pytest.raises(StoreDamaged):
        Store.open(sqlite_url, source="sandbox")
    file.write_bytes(backup)
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert len(store.headlines()) == 60
        assert store.totals().ever.reserved == 60


def test_locked_file_is_not_called_damaged(sqlite_url):
    """A file that cannot be looked at just now stays where it is."""
    file = fill(sqlite_url)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreUnwritable, match="locked"):
            Store.open(f"{sqlite_url}?timeout=0.1", source="sandbox")
    assert file.exists()
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert len(store.headlines()) == 60


def test_damage_while_running_is_told(sqlite_url):
    """A file that breaks under the running app ends in a clear error; the next opening sets it aside."""
    file = fill(sqlite_url)
    store = Store.open(sqlite_url, source="sandbox")
    overwrite(file, 8192, file.stat().st_size - 8192)
    with closing(store), pytest.raises(StoreDamaged, match="Start the app again"):
        store.load([f"US14/{number}" for number in range(60)])
    with pytest.raises(StoreDamaged, match="set aside"):
        Store.open(sqlite_url, source="sandbox")


def test_half_made_store_is_no_damage(sqlite_url):
    """A process killed while making the store leaves only a draft, which the next opening makes anew."""
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    file.parent.mkdir(mode=0o700)
    file.with_name("store.db.new").write_bytes(b"half")
    with closing(Store.open(sqlite_url, source="sandbox")) as store:
        assert store.notice is None
    assert {part.name for part in file.parent.iterdir()} == {"store.db", "store.db.lock", "store.db.identity"}
