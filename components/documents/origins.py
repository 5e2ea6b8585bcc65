"""Where a document link may lead: exact https origins, nothing that two parsers could read in two ways."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

SANDBOX_LINKS = "https://sandbox.invalid"
"""Origin of the links that the in-process sandbox signs. No such host can exist (RFC 2606): a browser, which may run on
another machine, is sent to the sandbox's route of this app instead; the app itself asks the sandbox's own address."""
SANDBOX_MOUNT = "/sandbox"
"""Path of this app under which the sandbox's documents are served."""
MAX_LINK = 8_000
"""Characters that a link may have. Every part on the way of a request should take addresses of this length (RFC 9110,
4.1); of a longer one nobody knows how far it gets, and a proxy may refuse the whole answer that redirects to it."""
_SAFE = re.compile(r"[!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+\Z")
"""The characters of RFC 3986 and no others: no blanks, controls, backslashes, quotes or full-width look-alikes."""
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\Z")


class Origins:
    """The exact origins that links may lead to.

    Args:
        allowed: origins such as `https://open.patsnap.com`. A plain `http` origin counts only where it is
            `http://127.0.0.1:PORT`, named here by whoever runs the app.
        mounted: origins that this app serves itself (the in-process sandbox), each with the path or the address that
            takes the place of the origin in a link.
    """

    def __init__(self, allowed: Iterable[str], *, mounted: Mapping[str, str] | None = None) -> None:
        self._mounted = dict(mounted or {})
        self._allowed = frozenset(origin for origin in map(_origin, allowed) if origin)

    def target(self, url: str) -> str | None:
        """Return the address at which a link is opened: `url`, or what serves its origin here.

        `None` if the link may not be opened: another scheme or host, a user name, a port of its own, a trailing
        dot, any character that browsers and servers read differently, or more than `MAX_LINK` characters.
        """
        origin = _origin(url)
        if origin is None:
            return None
        if origin in self._mounted:
            return self._mounted[origin] + url[len(origin) :]
        return url if origin in self._allowed else None


def _origin(url: str) -> str | None:
    """Return the origin of a well-formed absolute address, `None` for anything doubtful."""
    if len(url) > MAX_LINK or not _SAFE.match(url):
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if "@" in parts.netloc or not _HOST.match(host):
        return None
    if parts.scheme == "https" and port in {None, 443} and not parts.netloc.endswith(":"):
        origin = f"https://{parts.netloc}"
    elif parts.scheme == "http" and host == "127.0.0.1" and port:
        origin = f"http://127.0.0.1:{port}"
    else:
        return None
    # What stands before the path must be the origin to the letter, so that no parser finds another host in it.
    rest = url[len(origin) :]
    return origin if url.startswith(origin) and (not rest or rest[0] in "/?#") else None
