"""A proxy that opens tunnels, a certification authority, and TLS servers that it vouches for, all on this machine."""

import datetime as dt
import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.patsnap.test_wire import accepting

_A_DAY = dt.timedelta(days=1)


class Authority:
    """A certification authority such as a firm has of its own; it writes its files into a folder."""

    def __init__(self, folder: Path, name: str = "A Firm's Root") -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        authority = x509.BasicConstraints(ca=True, path_length=0)
        certificate = self._certificate(self._subject, self._key.public_key()).add_extension(authority, critical=True)
        self.file = folder / f"{name}.pem"
        self.file.write_bytes(certificate.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))

    def server_context(self, name: str) -> ssl.SSLContext:
        """Make a server's context with a certificate for a host name."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        named = x509.SubjectAlternativeName([x509.DNSName(name)])
        made = self._certificate(subject, key.public_key()).add_extension(named, critical=False)
        file = self._folder / f"{name}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + made.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(self, subject: x509.Name, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._subject)
            .public_key(key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - _A_DAY)
            .not_valid_after(now + _A_DAY)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(issuer, critical=False)
        )


@contextmanager
def tls_in_front_of(address: str, context: ssl.SSLContext) -> Iterator[str]:
    """Speak TLS for a plain server at `host:port`; give the address where it is spoken."""

    def handle(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as wire, _connected(address) as server:
            _pass_on(wire, server)

    with accepting(handle) as made:
        yield made


@dataclass
class TunnelProxy:
    """A proxy, with what it was asked for."""

    address: str = ""
    heads: list[bytes] = field(default_factory=list)

    @property
    def targets(self) -> list[str]:
        """Return where tunnels were asked to."""
        return [head.split(b" ")[1].decode() for head in self.heads]


@contextmanager
def tunnel_proxy(
    leads_to: Mapping[str, str], *, authorization: str = "", context: ssl.SSLContext | None = None
) -> Iterator[TunnelProxy]:
    """Run a proxy that knows by itself where each name leads; it answers 403 for others and 407 without its password.

    Args:
        leads_to: the `host:port` behind each target of a tunnel.
        authorization: what `Proxy-Authorization` must say.
        context: for a proxy that is spoken to by TLS itself.
    """
    proxy = TunnelProxy()

    def handle(connection: socket.socket) -> None:
        if context is None:
            serve(connection)
        else:
            with context.wrap_socket(connection, server_side=True) as wire:
                serve(wire)

    def serve(connection: socket.socket) -> None:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            head += connection.recv(1)
        proxy.heads.append(head)
        target = head.split(b" ")[1].decode()
        if authorization and f"Proxy-Authorization: {authorization}\r\n".encode() not in head:
            connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 6\r\n\r\ncanary")
        elif target not in leads_to:
            connection.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
        else:
            with _connected(leads_to[target]) as server:
                connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                _pass_on(connection, server)

    with accepting(handle) as proxy.address:
        yield proxy


def _connected(address: str) -> socket.socket:
    host, port = address.split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def _pass_on(left: socket.socket, right: socket.socket) -> None:
    """Pass bytes both ways until one side ends."""

    def one_way(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                sink.sendall(piece)
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)

    back = Thread(target=one_way, args=(right, left), daemon=True)
    back.start()
    one_way(left, right)
    back.join(timeout=10)
