"""Where a document link may lead."""

import pytest

from components.documents import Origins

ALLOWED = Origins(["https://open.patsnap.com", "https://open.zhihuiya.com", "http://127.0.0.1:8765"])
LINK = "/doc/US11205304B2_CTNF.pdf?sign=q-sign-time%3D1;2&response-expires=Wed%2C%2001"


@pytest.mark.parametrize(
    "url",
    [
        f"https://open.patsnap.com{LINK}",
        f"https://open.zhihuiya.com{LINK}",
        f"https://open.patsnap.com:443{LINK}",
        f"http://127.0.0.1:8765{LINK}",
        "https://open.patsnap.com/a/b/c.pdf?x=https://evil.example/",
        "https://open.patsnap.com?x=1",
        "https://open.patsnap.com",
    ],
)
def test_a_link_to_an_allowed_origin_is_opened_as_it_is(url: str) -> None:
    """Only what stands before the path decides."""
    expected = None if ":443" in url else url
    assert ALLOWED.target(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "open.patsnap.com/x.pdf",
        "//open.patsnap.com/x.pdf",
        "/x.pdf",
        "http://open.patsnap.com/x.pdf",
        "ftp://open.patsnap.com/x.pdf",
        "javascript:alert(1)",
        "javascript://open.patsnap.com/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "blob:https://open.patsnap.com/1",
        "https:/open.patsnap.com/x.pdf",
        "https:open.patsnap.com/x.pdf",
        "https:///open.patsnap.com/x.pdf",
        "HTTPS://open.patsnap.com/x.pdf",
        "https://OPEN.patsnap.com/x.pdf",
        "https://evil.example/x.pdf",
        "https://open.patsnap.com.evil.example/x.pdf",
        "https://evilopen.patsnap.com/x.pdf",
        "https://sub.open.patsnap.com/x.pdf",
        "https://patsnap.com/x.pdf",
        "https://open.patsnap.com./x.pdf",
        "https://open.patsnap.com:8443/x.pdf",
        "https://open.patsnap.com:/x.pdf",
        "https://open.patsnap.com:0443/x.pdf",
        "https://open.patsnap.com:99999/x.pdf",
        "https://open.patsnap.com:abc/x.pdf",
        "https://user@open.patsnap.com/x.pdf",
        "https://user:pw@open.patsnap.com/x.pdf",
        "https://open.patsnap.com@evil.example/x.pdf",
        "https://open.patsnap.com:443@evil.example/x.pdf",
        "https://evil.example#@open.patsnap.com/x.pdf",
        "https://evil.example?@open.patsnap.com/x.pdf",
        "https://evil.example\\.open.patsnap.com/x.pdf",
        "https://open.patsnap.com\\@evil.example/x.pdf",
        "https://open.patsnap.com\\evil",
        "https://open.patsnap.com/x y.pdf",
        " https://open.patsnap.com/x.pdf",
        "https://open.patsnap.com/x.pdf\n",
        "https://open.patsnap.com/\tx.pdf",
        "https://open.patsnap.com/\x00x.pdf",
        "https://open。patsnap。com/x.pdf",
        "https://open.patsnap.com／x.pdf",
        "https://оpen.patsnap.com/x.pdf",
        "https://open.patsnap.com/特許.pdf",
        "https://[::1]/x.pdf",
        "https://127.0.0.1/x.pdf",
        "http://127.0.0.1/x.pdf",
        "http://127.0.0.1:8766/x.pdf",
        "http://localhost:8765/x.pdf",
        "http://0x7f.1:8765/x.pdf",
        "http://2130706433:8765/x.pdf",
        'https://open.patsnap.com/"><script>',
    ],
)
def test_any_other_or_doubtful_link_is_refused(url: str) -> None:
    """A host that only looks like an allowed one, and whatever two parsers could read in two ways, leads nowhere."""
    assert ALLOWED.target(url) is None


@pytest.mark.parametrize("length", [8_001, 100_000])
def test_a_link_longer_than_proxies_take_is_refused(length: int) -> None:
    """8,000 characters are what RFC 9110 asks of everybody; nobody is redirected to an address of 100 kB."""
    url = f"https://open.patsnap.com{LINK}&x="
    assert ALLOWED.target(url.ljust(8_000, "a")) == url.ljust(8_000, "a")
    assert ALLOWED.target(url.ljust(length, "a")) is None


def test_a_mounted_origin_becomes_a_path_of_this_app() -> None:
    """The in-process sandbox's links work in a browser on another machine."""
    origins = Origins([], mounted={"https://sandbox.invalid": "/sandbox"})
    assert origins.target("https://sandbox.invalid/documents/a.pdf?sign=1") == "/sandbox/documents/a.pdf?sign=1"
    assert origins.target("https://sandbox.invalid.evil.example/documents/a.pdf") is None
    assert origins.target("https://sandbox.invalid@evil.example/documents/a.pdf") is None


def test_a_foreign_plain_http_origin_cannot_even_be_allowed() -> None:
    """Naming it in the settings does not open it: only a loopback address may be plain."""
    assert Origins(["http://files.example"]).target("http://files.example/x.pdf") is None
