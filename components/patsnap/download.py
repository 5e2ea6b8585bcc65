"""Fetches one PDF from a signed address, as carefully as if an attacker had chosen the address.

The caller has checked the origin (`documents.Origins`). Here the host is resolved once for a connection, each of its
addresses must belong to the public internet, and only these addresses are connected to. Redirects are not followed, no
proxy of the environment is used, size (50 MB) and time are limited, and the content must be a PDF.

A proxy that the settings name is asked for the host by its name: such proxies decide by names, and machines behind one
often cannot resolve a foreign host. Whatever this machine can resolve is vetted as before, and a host that leads inside
is not asked for. What the proxy resolves is out of sight here; but the host must still prove its name by a certificate
before anything is sent to it, and which hosts inside it opens is the proxy's own guard.

The words of each fault, and what may help, stand in `download.csv`. No message holds the address or its signature, and
nothing is logged.
"""

import ipaddress
import queue
import socket
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from components.outgoing import OutgoingConnections
from components.patsnap.errors import PatsnapError
from components.patsnap.faults import Remedy, download_faults
from components.patsnap.transport import FileTransport

MAX_BYTES = 50 * 1024 * 1024
"""Largest PDF that is fetched."""
MAGIC_WITHIN = 1024
"""`%PDF-` must stand within so many bytes; viewers allow something before it (Adobe's note 13 to PDF 1.7)."""

Resolve = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host and port, as text."""

_LOOPBACK = "127.0.0.1"
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TRANSIENT_FAULTS = frozenset({"connect", "broken", "dns"})
"""Faults of the connection, which often pass; so do the statuses 429 and 5xx."""
_PAUSE_SECONDS = 0.5
_RESOLVE_SECONDS_BESIDE_PROXY = 2.0
"""A machine behind a proxy may have no resolver for foreign hosts; one that is silent may not use up the deadline."""
_DIRECT: Final = OutgoingConnections()
_SAME_WORDS: Final = {"pool": "late", "protocol": "broken", "gzip": "broken", "address": "refused"}
"""Faults of `faults.csv` that have no row in `download.csv`, and the row whose words fit them too."""


class NotDownloaded(Exception):
    """The file could not be fetched; the text says why and what to do. It never holds the address.

    Attributes:
        fault: the name of the fault in `download.csv`.
        remedy: what may help: a refresh of the links, the same again, or neither.
    """

    def __init__(self, fault: str) -> None:
        fault = _SAME_WORDS.get(fault, fault)
        self.fault = fault if fault in download_faults() else "broken"
        row = download_faults()[self.fault]
        self.remedy: Remedy = row.remedy
        super().__init__(row.words)


class Downloader:
    """Fetches PDFs. Make one for the whole process; all threads may use it.

    Args:
        plain_origins: `http://127.0.0.1:PORT` origins that are allowed: those that the settings name, and the
            sandbox's own. Any other address must be https and public.
        deadline: seconds that one PDF may take in all, resolving its host included.
        resolve: returns the addresses of a host; the system's own resolver if left out.
        outgoing: the proxy and the root certificates of the settings.
    """

    def __init__(
        self,
        plain_origins: Collection[str] = (),
        *,
        deadline: float,
        resolve: Resolve | None = None,
        outgoing: OutgoingConnections = _DIRECT,
    ) -> None:
        self._plain_origins = frozenset(origin for origin in plain_origins if origin.startswith(f"http://{_LOOPBACK}:"))
        self._deadline = deadline
        self._resolve = resolve or system_addresses
        self._proxied = outgoing.proxy is not None
        self._transport = FileTransport(
            self._checked_addresses, deadline=deadline, max_bytes=MAX_BYTES, outgoing=outgoing
        )

    def get(self, url: str) -> bytes:
        """Return the PDF at an address.

        Raises:
            NotDownloaded: there is none, or the address is not allowed.
        """
        if not self._is_permitted(url):
            raise NotDownloaded("inside")
        give_up_at = time.monotonic() + self._deadline
        status, body, fault = self._request(url, give_up_at)
        if (fault in _TRANSIENT_FAULTS or _is_transient(status)) and time.monotonic() + _PAUSE_SECONDS < give_up_at:
            time.sleep(_PAUSE_SECONDS)
            status, body, fault = self._request(url, give_up_at)
        fault = fault or _fault_of(status)
        if fault is None and b"%PDF-" not in body[:MAGIC_WITHIN]:
            fault = "no pdf"
        if fault is not None:
            raise NotDownloaded(fault)
        return body

    def close(self) -> None:
        """Close all connections."""
        self._transport.close()

    def _request(self, url: str, give_up_at: float) -> tuple[int, bytes, str | None]:
        """Request once; return status, body and, if there was no whole answer, the name of the fault."""
        try:
            return *self._transport.get(url, give_up_at=give_up_at), None
        except NotDownloaded as failure:
            return 0, b"", failure.fault
        except PatsnapError as failure:
            return 0, b"", failure.fault.name

    def _is_permitted(self, url: str) -> bool:
        """Return whether an address is https or of an allowed plain origin."""
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}" in self._plain_origins:
            return True
        return parts.scheme == "https" and parts.hostname != _LOOPBACK

    def _checked_addresses(self, host: str, port: int, seconds: float) -> Sequence[str]:
        """Return the addresses of a host, if all of them may be connected to; for a proxy the name stands for them."""
        if host == _LOOPBACK and f"http://{host}:{port}" in self._plain_origins:
            return [host]
        addresses = _resolved_within(
            min(seconds, _RESOLVE_SECONDS_BESIDE_PROXY) if self._proxied else seconds,
            lambda: self._resolve(host, port),
        )
        # A private address among public ones is no accident, so none of them is used.
        if not all(is_public(address) for address in addresses):
            raise NotDownloaded("inside")
        if self._proxied:
            return [host]
        if not addresses:
            raise NotDownloaded("dns")
        return addresses


def system_addresses(host: str, port: int) -> list[str]:
    """Return the addresses of a host by the system's resolver, in the order in which it would try them."""
    sockets = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in sockets))


def is_public(address: str) -> bool:
    """Return whether a text is an address of the public internet; anything that is no address is not.

    Of IPv6 only 2000::/3 is in public use (RFC 4291, 2.4), less what its registry reserves. Where an address stands for
    an IPv4 address (mapped, NAT64, 6to4), that one counts.
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.scope_id is not None:
            return False
        embedded = _embedded_ipv4(parsed)
        if embedded is None:
            return parsed in _GLOBAL_UNICAST and parsed.is_global and not parsed.is_multicast
        parsed = embedded
    return parsed.is_global and not parsed.is_multicast


def _embedded_ipv4(parsed: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 address stands for; `None` if it stands for none."""
    if parsed in _NAT64:
        return ipaddress.IPv4Address(int(parsed) & 0xFFFFFFFF)
    return parsed.ipv4_mapped or parsed.sixtofour


def _is_transient(status: int) -> bool:
    """Return whether a request with this status may succeed if it is repeated."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR


def _fault_of(status: int) -> str | None:
    """Return the name of the fault of an HTTP status; `None` for 200."""
    match status:
        case HTTPStatus.OK:
            return None
        case HTTPStatus.BAD_REQUEST | HTTPStatus.UNAUTHORIZED | HTTPStatus.FORBIDDEN:
            return "refused"  # an expired signature comes as any of these
        case HTTPStatus.NOT_FOUND | HTTPStatus.GONE:
            return "gone"
        case _ if status // 100 == 3:
            return "redirect"
        case _:
            return "status"


def _resolved_within(seconds: float, look_up: Callable[[], Sequence[str]]) -> Sequence[str]:
    """Return what `look_up` returns within some seconds, or nothing; the system's resolver has no deadline itself."""
    addresses: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def run() -> None:
        result: Sequence[str] = ()
        with suppress(OSError, UnicodeError):
            result = look_up()
        addresses.put(result)

    threading.Thread(target=run, name="resolve", daemon=True).start()
    try:
        return addresses.get(timeout=seconds)
    except queue.Empty:
        return ()
