"""The HTTP calls: the only module that imports httpx; httpcore beneath it is known to `tunnel.py`, too.

All threads share one synchronous client. httpx has no deadline for a whole call: its timeouts start anew with every
byte, so that a server that drips bytes held a call for 120 s at `timeout=2`. Here every read, write, connect and
handshake gets only what is left of the call's own deadline, on the monotonic clock. Redirects are never followed,
cookies never kept, bodies are read within bounds (`body.py`), and the libraries' loggers are silenced, because they
print addresses.

httpx 0.28 is the last of its line. Its continuation has the same names, so changing over means changing this file only.
"""

import logging
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import Any

import httpcore
import httpx

from components.outgoing import OutgoingConnections
from components.patsnap.body import read_body
from components.patsnap.errors import PatsnapError, error
from components.patsnap.tunnel import is_this_machine, open_tunnel

CONNECT_SECONDS = 5.0
_CONNECTIONS = 128
_KEEPALIVE_CONNECTIONS = 64
_PIECE_BYTES = 256 * 1024
"""Most bytes that are received at a time."""
_USER_AGENT = "prosecution-review"
_LOGGERS = ("httpx", "httpcore", *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")))
_AddressesOf = Callable[[str, int, float], Sequence[str]]
_call_deadline: ContextVar[float | None] = ContextVar("_call_deadline", default=None)


def _drop(record: logging.LogRecord) -> bool:
    """Return `False`, so that nothing is logged."""
    del record
    return False


for _name in _LOGGERS:
    logging.getLogger(_name).addFilter(_drop)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer with any status, read to its end."""

    status: int
    body: bytes = field(repr=False)
    charset: str
    retry_after: str
    retry_after_ms: str
    seconds: float
    """How long the call took."""


class Transport:
    """Makes calls within a deadline.

    Args:
        deadline: seconds that one call may take in all, waiting for a free connection included.
        outgoing: the proxy and the root certificates; those of the environment are not used.
    """

    def __init__(self, *, deadline: float, outgoing: OutgoingConnections) -> None:
        self._deadline = deadline
        self._client = httpx.Client(
            transport=_DeadlineTransport(_DeadlineBackend(outgoing), ca_file=outgoing.ca_file),
            timeout=httpx.Timeout(deadline, connect=min(CONNECT_SECONDS, deadline)),
            headers={"Accept": "application/json", "Accept-Encoding": "gzip, deflate", "User-Agent": _USER_AGENT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    def post(
        self, url: str, *, content: bytes, headers: Mapping[str, str], params: Mapping[str, str] | None = None
    ) -> Reply:
        """Post `content` and return the answer, whatever its status.

        Raises:
            PatsnapError: there is no whole answer: not sent, broken or late, damaged, too large, or not to be
                trusted.
        """
        started = time.monotonic()
        token = _call_deadline.set(started + self._deadline)
        failure: PatsnapError
        try:
            with self._client.stream(
                "POST", url, content=content, headers=dict(headers), params=dict(params) if params else None
            ) as response:
                body = read_body(response.iter_raw(), response.headers.get("content-encoding", ""))
                return Reply(
                    status=response.status_code,
                    body=body,
                    charset=response.charset_encoding or "",
                    retry_after=response.headers.get("retry-after", "").strip(),
                    retry_after_ms=response.headers.get("retry-after-ms", "").strip(),
                    seconds=time.monotonic() - started,
                )
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as caught:
            failure = error(_fault_name(caught))
        finally:
            _call_deadline.reset(token)
        raise failure  # outside the handler, so that it does not keep the request as its context

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


class FileTransport:
    """Fetches files from addresses that somebody else has chosen, each within a deadline.

    Connections go only to the addresses that `addresses_of` returns, with the host's name in SNI and `Host`; the
    system does not resolve it a second time. A proxy of the environment is not used.

    Args:
        addresses_of: returns the addresses to connect to for a host and port within some seconds, or raises. Where
            there is a proxy, it is asked for a tunnel to them, and may also be given the name.
        deadline: seconds that one file may take in all.
        max_bytes: most bytes of one file.
        outgoing: the proxy and the root certificates.
    """

    def __init__(
        self, addresses_of: _AddressesOf, *, deadline: float, max_bytes: int, outgoing: OutgoingConnections
    ) -> None:
        self._deadline = deadline
        self._max_bytes = max_bytes
        self._client = httpx.Client(
            transport=_DeadlineTransport(_DeadlineBackend(outgoing, addresses_of), ca_file=outgoing.ca_file),
            timeout=httpx.Timeout(deadline, connect=min(CONNECT_SECONDS, deadline)),
            headers={"Accept": "application/pdf", "Accept-Encoding": "identity", "User-Agent": _USER_AGENT},
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            follow_redirects=False,
            trust_env=False,
        )

    def get(self, url: str, *, give_up_at: float) -> tuple[int, bytes]:
        """Return the status and, if it is 200, the body.

        Args:
            url: the address.
            give_up_at: when to give up, on the monotonic clock.

        Raises:
            PatsnapError: there is no whole answer, as with `Transport.post`; nothing is ever charged for a file.
            Exception: whatever `addresses_of` raises.
        """
        token = _call_deadline.set(give_up_at)
        failure: PatsnapError
        try:
            with self._client.stream("GET", url) as response:
                if response.status_code != httpx.codes.OK:
                    return response.status_code, b""
                if int(response.headers.get("content-length", "0")) > self._max_bytes:
                    raise error("too large")
                encoding = response.headers.get("content-encoding", "")
                return response.status_code, read_body(response.iter_raw(), encoding, max_bytes=self._max_bytes)
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as caught:
            failure = error(_fault_name(caught))
        finally:
            _call_deadline.reset(token)
        raise failure

    def close(self) -> None:
        """Close all connections."""
        self._client.close()


def _fault_name(caught: Exception) -> str:
    """Return the name of the fault of an httpx error, by whether the request can have been sent."""
    rows: tuple[tuple[type[Exception], str], ...] = (
        (httpx.ConnectTimeout, "connect"),
        (httpx.PoolTimeout, "pool"),
        (httpx.ProxyError, "proxy"),
        (httpx.ConnectError, _fault_of_connecting(caught)),
        (httpx.TimeoutException, "late"),
        (httpx.NetworkError, "broken"),
        (
            httpx.RemoteProtocolError,
            "broken" if "disconnected" in str(caught) or "closed" in str(caught) else "protocol",
        ),
        (httpx.DecodingError, "gzip"),
        (httpx.LocalProtocolError, "address"),
        (httpx.UnsupportedProtocol, "address"),
        (httpx.InvalidURL, "address"),
    )
    return next((fault for kind, fault in rows if isinstance(caught, kind)), "broken")


def _fault_of_connecting(caught: BaseException) -> str:
    """Return the fault of a failed connection: certificate, name or network."""
    cause: BaseException | None = caught
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "tls"
        if isinstance(cause, socket.gaierror):
            return "dns"
        cause = cause.__cause__ or cause.__context__
    return "connect"


@cache
def _ssl_context(ca_file: Path | None) -> ssl.SSLContext:
    """Return the one context of all connections that trust the same roots; making it takes long."""
    return httpx.create_ssl_context() if ca_file is None else ssl.create_default_context(cafile=ca_file)


class _DeadlineTransport(httpx.HTTPTransport):
    """httpx's own transport over a pool whose streams obey the call's deadline."""

    def __init__(self, backend: httpcore.NetworkBackend, *, ca_file: Path | None) -> None:
        super().__init__(verify=_ssl_context(ca_file), trust_env=False)
        self._pool = httpcore.ConnectionPool(
            ssl_context=_ssl_context(ca_file),
            max_connections=_CONNECTIONS,
            max_keepalive_connections=_KEEPALIVE_CONNECTIONS,
            keepalive_expiry=5.0,
            network_backend=backend,
        )


def _remaining(timeout: float | None, expired: type[Exception]) -> float | None:
    """Return the shorter of a timeout and what is left of the call's deadline, in seconds."""
    give_up_at = _call_deadline.get()
    if give_up_at is None:
        return timeout
    left = give_up_at - time.monotonic()
    if left <= 0:
        raise expired
    return left if timeout is None else min(left, timeout)


class _DeadlineStream(httpcore.NetworkStream):
    """A connection whose every read and write gets only what is left of the call's deadline."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        # A quarter as many pieces of a large answer as httpcore asks for; each passes through several layers.
        return self._stream.read(max(max_bytes, _PIECE_BYTES), _remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _remaining(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = _remaining(timeout, httpcore.ConnectTimeout)
        return _DeadlineStream(self._stream.start_tls(ssl_context, server_hostname, left))

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _DeadlineBackend(httpcore.NetworkBackend):
    """Connects within the call's deadline, to one address of the host after the other until one accepts.

    Args:
        outgoing: the proxy that opens a tunnel to each address outside this machine, if any.
        addresses_of: returns the addresses to connect to for a host and port within some seconds, or raises. Without it
            the system, or the proxy, finds the host.
    """

    def __init__(self, outgoing: OutgoingConnections, addresses_of: _AddressesOf | None = None) -> None:
        self._backend = httpcore.SyncBackend()
        self._outgoing = outgoing
        self._addresses_of = addresses_of or (lambda host, _port, _seconds: (host,))

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        seconds = _remaining(timeout, httpcore.ConnectTimeout)
        failure: Exception = httpcore.ConnectError()
        for address in self._addresses_of(host, port, CONNECT_SECONDS if seconds is None else seconds):
            try:
                return self._connect(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as caught:
                failure = caught
        raise failure

    def _connect(
        self,
        address: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.NetworkStream:
        """Connect to an address, through the proxy if there is one and the address is not of this machine."""
        proxy = None if is_this_machine(address) else self._outgoing.proxy
        host, connected_port = (address, port) if proxy is None else (proxy.host, proxy.port)
        left = _remaining(timeout, httpcore.ConnectTimeout)
        stream: httpcore.NetworkStream = _DeadlineStream(
            self._backend.connect_tcp(host, connected_port, left, local_address, socket_options)
        )
        if proxy is None:
            return stream
        return open_tunnel(stream, address, port, proxy, context=_ssl_context(self._outgoing.ca_file), timeout=timeout)

    def sleep(self, seconds: float) -> None:
        self._backend.sleep(seconds)
