"""Which connections are served at all: by whom, under which host name, from which page."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlsplit

from components.access.login_setup import Login
from components.settings import Settings

_PORTS: Final = {"http": 80, "https": 443}
_OF_PROXIES: Final = ("forwarded", "x-forwarded", "x-real-ip", "via", "true-client-ip", "cf-connecting-ip")
"""How names of headers begin that a proxy adds (RFC 7239, RFC 9110 7.6.3, and usual ones)."""
NOT_LOCAL: Final = (
    "An account is connected and nobody logs in, so that this app serves the machine on which it runs, and nobody "
    "else: whoever reaches it can spend. Set up a login (README, docs/deploy.md), or set REVIEW_SERVE=network to serve "
    "everybody who can reach it."
)
_FOREIGN_HOST: Final = (
    "This app is not to be opened under this name. Whoever runs it can add the name to REVIEW_HOSTS; with a login, the "
    "name in redirect_uri counts, too."
)
_FOREIGN_PAGE: Final = "This was asked for by a page of another address. Open the app itself."


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a request or a websocket comes from, as its headers and its socket tell."""

    client: str | None
    """Address of the other end; `None` if it is not known."""
    headers: Mapping[str, str]
    """By name in lower case."""
    scheme: str = "http"
    """`http` or `https`, as this app is spoken to."""

    @property
    def host(self) -> tuple[str, int | None]:
        """Name in lower case and port of the `Host` header; the name is empty if it is missing or malformed."""
        return _split(self.headers.get("host", ""))

    @property
    def is_forwarded(self) -> bool:
        """Whether a proxy has passed it on, as far as its headers tell."""
        return any(name.replace("_", "-").startswith(_OF_PROXIES) for name in self.headers)


@dataclass(frozen=True, slots=True)
class ServingRules:
    """Which connections are served."""

    local_only: bool
    hosts: frozenset[str] | None
    """Names under which it may be opened; `None`: any, where there is nothing to protect."""
    any_address: bool = False
    """Whether it may be opened by any IP address, which no foreign name can lead to."""
    origins: frozenset[str] = frozenset()
    """Origins that count besides that of the `Host`."""
    https: bool = False
    """Whether pages of this app are opened over https alone."""

    @classmethod
    def of(cls, login: Login | None, settings: Settings) -> Self:
        """Return the rules of an app that is set up."""
        if login is not None:
            hosts = settings.hosts | {login.host}
            return cls(local_only=False, hosts=hosts, origins=frozenset({login.origin}), https=login.is_https)
        if settings.account == "sandbox":
            return cls(local_only=False, hosts=None)
        if settings.review_serve == "network":
            return cls(local_only=False, hosts=settings.hosts | {"localhost"}, any_address=True)
        return cls(local_only=True, hosts=frozenset({"localhost"}))

    def refusal(self, connection: Connection) -> str:
        """Return why a connection is not served, in words for a person; empty if it is."""
        if self.hosts is None:
            return ""
        if self.local_only and (connection.is_forwarded or not _is_loopback(connection.client)):
            return NOT_LOCAL
        if not self._may_be_opened_as(connection.host[0]):
            return NOT_LOCAL if self.local_only else _FOREIGN_HOST
        return "" if self._is_own_page(connection) else _FOREIGN_PAGE

    def _may_be_opened_as(self, name: str) -> bool:
        hosts = self.hosts or frozenset()
        if name in hosts:
            return True
        if _is_this_machine(name):  # on the machine itself its names are all the same
            return any(_is_this_machine(host) for host in hosts)
        return self.any_address and _address(name) is not None

    def _is_own_page(self, connection: Connection) -> bool:
        """Return whether no page, or one of this app, has asked: scheme and port count."""
        origin = connection.headers.get("origin")
        if origin is None or origin in self.origins:
            return True
        # A page that sends no referrer sends its forms without an origin, too (Fetch, 3.2); no script can set this one.
        if origin == "null" and connection.headers.get("sec-fetch-site") == "same-origin":
            return True
        parts = urlsplit(origin)
        name, port = connection.host
        asked_by, default = _split(parts.netloc), _PORTS.get(parts.scheme)
        if default is None or not asked_by[0]:
            return False
        if parts.scheme != ("https" if self.https else connection.scheme if self.local_only else parts.scheme):
            return False
        return asked_by[0] == name and (asked_by[1] or default) == (port or default)


def _split(netloc: str) -> tuple[str, int | None]:
    """Return name and port of a host; an empty name if it is malformed."""
    try:
        parts = urlsplit(f"//{netloc}")
        name, port = parts.hostname, parts.port
    except ValueError:
        return "", None
    if not name or parts.path or parts.query or parts.fragment or "@" in netloc or "\\" in netloc:
        return "", None
    return name.lower(), port


def _address(name: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(name or "")
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def _is_this_machine(name: str) -> bool:
    return name == "localhost" or _is_loopback(name)


def _is_loopback(name: str | None) -> bool:
    address = _address(name)
    return address is not None and address.is_loopback
