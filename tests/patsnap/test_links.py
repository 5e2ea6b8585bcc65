"""Which paths become links, and until when."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from components.patsnap.links import LinkReader

RETRIEVED = datetime(2023, 8, 18, 8, 0, tzinfo=UTC)
SIGNED = "https://open.patsnap.com/d/1.pdf?sign=q-sign-algorithm%3Dsha1%26q-sign-time%3D1692345600%3B1692349200%26q-key-time%3D1%3B2"


def expiry(path: str) -> datetime:
    """Return the end of a link."""
    link = LinkReader(RETRIEVED).read(path)
    assert link is not None
    assert link.url == path
    assert path not in repr(link)
    return link.expires


def at(seconds: int) -> datetime:
    """Return a moment by its Unix seconds."""
    return datetime.fromtimestamp(seconds, UTC)


EXPIRIES = [
    (SIGNED, at(1692349200)),
    (SIGNED + "&response-expires=Fri%2C%2018%20Aug%202023%2008%3A30%3A00%20GMT", at(1692347400)),
    (SIGNED + "&response-expires=Fri,+18+Aug+2023+23:30:00+GMT", at(1692349200)),
    ("https://open.zhihuiya.com/d.pdf?sign=q-sign-time=1692345600;1692349200", at(1692349200)),
    ("https://open.zhihuiya.com/d.pdf?sign=q-sign-time%253D1692345600%253B1692349200", at(1692349200)),
    ("https://open.patsnap.com/d.pdf?response-expires=Fri%2C%2018%20Aug%202023%2008%3A30%3A00%20GMT", at(1692347400)),
    ("https://open.patsnap.com/d.pdf?sign=q-sign-time=1;2", at(2)),
    *[
        (f"https://open.patsnap.com/d.pdf{query}", RETRIEVED + timedelta(hours=1))
        for query in (
            "", "?sign=", "?sign=q-sign-time=x;y", "?sign=q-sign-time=1692349200;1692345600",
            "?sign=q-sign-time=;1692345600",
            "?sign=q-sign-time=1;999999999999", "?response-expires=soon", "?response-expires=",
            "?sign=q-sign-time=1;99999999999999",
        )
    ],
]  # fmt: skip


@pytest.mark.parametrize(("path", "end"), EXPIRIES, ids=[row[0][-60:] for row in EXPIRIES])
def test_a_link_lives_until_the_earlier_of_its_two_ends(path: str, end: datetime) -> None:
    """Where neither can be read: an hour after it was retrieved, at most."""
    assert expiry(path) == end


REFUSED = [
    None, "", 17, [], {}, "/relative.pdf", "document.pdf", "//open.patsnap.com/d.pdf", "http://open.patsnap.com/d.pdf",
    "ftp://open.patsnap.com/d.pdf", "javascript:alert(1)", "data:application/pdf;base64,AA", "file:///etc/passwd",
    "https://user@open.patsnap.com/d.pdf",
    "https://user:pw@open.patsnap.com/d.pdf", r"https://open.patsnap.com\@evil.example/",
    r"https://evil.example\.open.patsnap.com/", "https://open.patsnap.com/a\\b.pdf", "https://open.patsnap.com/a b.pdf",
    " https://open.patsnap.com/d.pdf", "https://open.patsnap.com/d.pdf\n",
    "https://open.patsnap.com/d\x00.pdf", "https:///d.pdf",
    "https://open.patsnap.com", "https://open．patsnap．com/d.pdf", "https://open.patsnap.com/拒絶.pdf",
    "https://open.patsnap.com./d.pdf",
    "https://.open.patsnap.com/d.pdf", "https://[::1]/d.pdf", "https://open.patsnap.com:port/d.pdf",
    "https:\\\\open.patsnap.com/d.pdf",
    "https:/open.patsnap.com/d.pdf", "https://open.patsnap.com:443:443/d.pdf", "https://%6fpen.patsnap.com/d.pdf",
    "https://open.patsnap.com/" + "a" * 5000, "http://127.0.0.1:8765/d.pdf", "https://open.patsnap.com\t/d.pdf",
]  # fmt: skip


@pytest.mark.parametrize("path", REFUSED, ids=[ascii(path)[:50] for path in REFUSED])
def test_anything_else_is_no_link(path: object) -> None:
    """Nothing that two parsers could read differently."""
    assert LinkReader(RETRIEVED).read(path) is None


def test_plain_http_is_for_origins_that_the_settings_name() -> None:
    """Exactly these, for a sandbox on this machine."""
    reader = LinkReader(RETRIEVED, ["http://127.0.0.1:8765"])
    assert reader.read("http://127.0.0.1:8765/d.pdf") is not None
    for path in (
        "http://127.0.0.1:8766/d.pdf",
        "http://127.0.0.1:87650/d.pdf",
        "http://127.0.0.1:8765@evil.example/",
        "http://127.0.0.1:8765/a\\b",
    ):
        assert reader.read(path) is None


SIGNATURES = ("0a1b2c3d4e5f", "9f8e7d6c5b4a", "deadbeef0123")
FORMS = [
    SIGNED.replace("1.pdf", "{name}.pdf")
    + "%26s%3D{mark}&response-expires=Fri%2C%2018%20Aug%202023%2008%3A30%3A00%20GMT",
    "https://open.patsnap.com/{name}?response-expires=Fri,+18+Aug+2023+08:30:00+GMT&sign=q-sign-time=16;1692349200%26s={mark}",
    "https://open.patsnap.com:443/{name}?a={mark}&sign=q-sign-time=1692345600;1692349200",
    "https://open.patsnap.com/{name}?sign=q-sign-time=1692345600;1692349200%26s={mark}&kind=pdf",
    "http://127.0.0.1:8765/{name}?sign=q-sign-time=1692345600;1692349200%26s={mark}",
]
SPLINTERS = (
    "?", "&", "=", "%", "%3D", "%26", ";", "#", " ", "\\", "\n", "\x7f", "é", "/", "..", "1", "q-sign-time=1;2",
    "Q-Sign-Time%3D7%3B9", "&response-expires=soon", "?response-expires=Fri,+18+Aug+2023+23:30:00+GMT",
    "response-expires=", "&response-expire", "q-sign-time", "a" * 4000,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_links_of_an_answer_are_those_of_its_paths_one_by_one(form: str) -> None:
    """Whatever the paths have in common, and whatever one of them has that the others have not."""
    chance = random.Random(form)  # noqa: S311 - repeatable
    for _ in range(300):
        paths: list[object] = [form.format(name=f"{chance.random()}", mark=chance.choice(SIGNATURES)) for _ in range(4)]
        for position in chance.sample(range(4), chance.randrange(3)):
            path = str(paths[position])
            cut = chance.randrange(len(path) + 1)
            paths[position] = path[: cut - chance.randrange(3)] + chance.choice(SPLINTERS) + path[cut:]
        paths.insert(chance.randrange(5), chance.choice([None, 17, "", paths[0]]))
        origins = ["http://127.0.0.1:8765"]
        one_by_one = [LinkReader(RETRIEVED, origins).read(path) for path in paths]
        together = LinkReader(RETRIEVED, origins).read_all(paths)
        assert list(together) == one_by_one, paths
        if together.shared is not None:
            assert together.shared.urls() == together.urls
