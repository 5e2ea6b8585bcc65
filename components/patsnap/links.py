"""Signed links: which path of a document may become a link, and when its signature expires.

Whoever has the path can open the document until it expires. Two parameters say when: `q-sign-time=<start>;<end>` within
`sign`, and the HTTP date `response-expires`; the earlier one counts. Whether the origin is an allowed one is decided
where the link is opened; here a path only has to be an https address that every parser reads in the same way.
"""

import re
import string
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import takewhile
from typing import NamedTuple, cast
from urllib.parse import unquote_plus

from components.histories import Link, LinkColumns, SharedAddress

UNKNOWN_LIFETIME = timedelta(hours=1)
"""Longest lifetime of a link that does not state one: that of the service's own sample."""
MAX_URL_LENGTH = 4096

# A host of letters, digits, dots and hyphens, an optional port, then printable ASCII without a backslash. That leaves
# no room for userinfo, white space, control characters, or letters that one parser folds and another does not.
_HTTPS = re.compile(r"https://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?::[0-9]{1,5})?/[!-\[\]-~]*")
_SIGN_TIME = re.compile(r"q-sign-time(?:=|%3D|%253D)([0-9]{1,12})(?:;|%3B|%253B)([0-9]{1,12})(?![0-9])", re.IGNORECASE)
_EXPIRES = re.compile(r"[?&]response-expires=([^&#]*)", re.IGNORECASE)
_FREE_LETTERS = "".join((string.ascii_letters, string.digits, "._~/-"))
_FREE_PARTS = re.compile(r"[A-Za-z0-9._~/\n-]*")
"""Parts in which paths of one form may differ, one a line: without `?`, `&`, `=` and `%` they cannot state a time."""


class _Form(NamedTuple):
    """What the paths of one answer have in common: all but the name of the file and its signature.

    A path that begins with `start`, goes on with `query` from its first question mark, ends with `end` and has only
    free letters in between may be opened, because a path with the same parts may, and it expires when that one does:
    what states the times stands in `query` and `end`.
    """

    start: str
    """Scheme, host and port, with the slash behind them."""
    query: str
    """From the question mark to what stands before the signature."""
    end: str
    """What stands behind the signature, from an `&` on."""
    expires: datetime


class LinkReader:
    """Turns the paths of one answer into links.

    Args:
        retrieved: when the answer arrived (UTC, aware).
        plain_origins: `http://127.0.0.1:PORT` origins that the settings name, for a sandbox on this machine.
    """

    def __init__(self, retrieved: datetime, plain_origins: Collection[str] = ()) -> None:
        self._latest_unknown = retrieved + UNKNOWN_LIFETIME
        self._plain = tuple(f"{origin}/" for origin in plain_origins)
        self._ends: dict[tuple[str, str], datetime] = {}
        self._form: _Form | None = None

    def read_all(self, paths: Sequence[object]) -> LinkColumns:
        """Return the links of some paths, just as `read` returns each; paths of one form are read much faster."""
        form = self._form = self._form or self._form_of(paths)
        if form is not None and {str}.issuperset(map(type, paths)):
            urls = cast("Sequence[str]", paths)
            parts = _differing_parts(urls, form)
            if parts is not None:
                shared = SharedAddress(form.start, form.query, form.end, parts)
                return LinkColumns(urls, [form.expires] * len(urls), shared)
        return LinkColumns.of(self._read_with(form, path) for path in paths)

    def read(self, path: object) -> Link | None:
        """Return the link of a path; `None` if it is missing or not an address that may be opened."""
        if not isinstance(path, str) or len(path) > MAX_URL_LENGTH:
            return None
        if not _HTTPS.fullmatch(path) and not self._is_plain(path):
            return None
        # Finding where to begin is about twice as fast as searching all of the path; -1, not found, means all of it.
        signed = _SIGN_TIME.search(path, path.find("q-sign-time"))
        dated = _EXPIRES.search(path, path.find("response-expires") - 1)
        key = (signed[2] if signed else "", dated[1] if dated else "")
        expires = self._ends.get(key)
        if expires is None:
            start = signed[1] if signed else ""
            expires = self._ends[key] = self._end(start, *key)
        return Link(path, expires)

    def _read_with(self, form: _Form | None, path: object) -> Link | None:
        """Return the link of a path that may be of a form."""
        if form is not None and isinstance(path, str) and _differing_parts([path], form) is not None:
            return Link(path, form.expires)
        return self.read(path)

    def _form_of(self, paths: Sequence[object]) -> _Form | None:
        """Return what the first and the last of some paths have in common; `None` if that is not enough."""
        first, last = (self.read(paths[0]), self.read(paths[-1])) if len(paths) > 1 else (None, None)
        signed = _SIGN_TIME.search(first.url) if first else None
        if first is None or last is None or signed is None:
            return None
        url, cut, dated = first.url, first.url.find("?"), _EXPIRES.search(first.url)
        mine, other = url[cut:], last.url[last.url.find("?") :]
        query = _common_start(mine, other).rstrip(_FREE_LETTERS)
        end = "".join(_common_start(mine[::-1], other[::-1])[::-1].partition("&")[1:])
        query = query[: min(len(mine), len(other)) - len(end)]  # where the signatures are alike, they would overlap
        signed_within = cut >= 0 and cut < signed.start() and signed.end() < cut + len(query)
        dated_within = not dated or dated.end() < cut + len(query) or dated.start() >= len(url) - len(end)
        if not (signed_within and dated_within):
            return None
        return _Form(url[: url.index("/", url.index("//") + 2) + 1], query, end, first.expires)

    def _is_plain(self, path: str) -> bool:
        """Return whether a path is of one of the plain origins, and as well formed as an https one."""
        return path.startswith(self._plain) and _HTTPS.fullmatch("https" + path[4:]) is not None

    def _end(self, start: str, end: str, date: str) -> datetime:
        """Return when a link expires: the earlier of the two times that it may state."""
        ends = [moment for moment in (_end_of_sign_time(start, end), _end_of_http_date(date)) if moment is not None]
        return min(ends) if ends else self._latest_unknown


def _differing_parts(urls: Sequence[str], form: _Form) -> list[str] | None:
    """Return the two parts in which each address differs from the others of its form; `None` if one is not of it."""
    start, query, end, _ = form
    after_start, after_query, before_end, room = len(start), len(query), -len(end) or None, len(query) + len(end)
    parts: list[str] = []
    for url in urls:
        cut = url.find("?")
        if (
            not url.startswith(query, cut)
            or not url.startswith(start)
            or not url.endswith(end)
            or not cut + room <= len(url) <= MAX_URL_LENGTH
        ):
            return None
        parts += url[after_start:cut], url[cut + after_query : before_end]
    # All at once, because it takes a fifth of the time; a line break within a part makes one line more.
    joined = "\n".join(parts)
    return parts if _FREE_PARTS.fullmatch(joined) and joined.count("\n") == max(len(parts) - 1, 0) else None


def _common_start(first: str, second: str) -> str:
    """Return the letters with which both texts begin."""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
    return first[:same]


def _end_of_sign_time(start: str, end: str) -> datetime | None:
    """Return the end of `q-sign-time`; `None` if it is not after its start or is out of range."""
    if not end or int(end) <= int(start or 0):
        return None
    try:
        return datetime.fromtimestamp(int(end), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _end_of_http_date(quoted: str) -> datetime | None:
    """Return the time that `response-expires` states; `None` if it cannot be read."""
    if not quoted:
        return None
    try:
        moment = parsedate_to_datetime(unquote_plus(quoted))
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
