"""Opens a tunnel through a proxy (CONNECT, RFC 9110, 9.3.6).

httpcore can do it, too. But it would call a proxy that goes silent or away half-way a broken answer of PatSnap, whose
patents may have been charged. Before the tunnel stands nothing has been sent to PatSnap, and so it is called here.
"""

import ipaddress
import re
import ssl
from typing import Final

import httpcore

from components.outgoing import Proxy

_HEAD_BYTES = 16 * 1024
"""Most bytes of a proxy's answer that are read."""
_STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})(?: |\r)")


def is_this_machine(host: str) -> bool:
    """Return whether a host is this machine itself, which no proxy is asked for."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def open_tunnel(
    stream: httpcore.NetworkStream,
    host: str,
    port: int,
    proxy: Proxy,
    *,
    context: ssl.SSLContext,
    timeout: float | None,
) -> httpcore.NetworkStream:
    """Return the connection through which a host can be spoken to.

    Args:
        stream: a connection to the proxy; closed if there is no tunnel.
        host: name or address of the host.
        port: its port.
        proxy: what stands at the other end of the connection.
        context: says whom to trust where the connection to the proxy is encrypted itself.
        timeout: seconds for each step.

    Raises:
        httpcore.ProxyError: the proxy refuses; the text holds its status alone.
        httpcore.ConnectError: the proxy broke off, or speaks something else.
        httpcore.ConnectTimeout: the proxy is too slow.
    """
    try:
        if proxy.scheme == "https":
            stream = stream.start_tls(context, server_hostname=proxy.host, timeout=timeout)
        stream.write(_request(host, port, proxy), timeout=timeout)
        status = _status(stream, timeout)
        if status // 100 != 2:
            raise httpcore.ProxyError(str(status))
    except (httpcore.TimeoutException, httpcore.ReadError, httpcore.WriteError) as failure:
        stream.close()
        late = isinstance(failure, httpcore.TimeoutException)
        raise (httpcore.ConnectTimeout if late else httpcore.ConnectError) from failure
    except BaseException:
        stream.close()
        raise
    return stream


def _request(host: str, port: int, proxy: Proxy) -> bytes:
    """Return the request for a tunnel."""
    target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    return "\r\n".join((*lines, "", "")).encode("ascii")


def _status(stream: httpcore.NetworkStream, timeout: float | None) -> int:
    """Return the status of the proxy's answer.

    Raises:
        httpcore.ConnectError: the answer is none, or something follows it before anything was asked through the tunnel.
    """
    head = b""
    while b"\r\n\r\n" not in head:
        piece = stream.read(_HEAD_BYTES, timeout=timeout)
        head += piece
        if not piece or (b"\r\n\r\n" not in head and len(head) > _HEAD_BYTES):
            raise httpcore.ConnectError
    status = _STATUS.match(head)
    if status is None or (status[1].startswith(b"2") and not head.endswith(b"\r\n\r\n")):
        raise httpcore.ConnectError
    return int(status[1])
