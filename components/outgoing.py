"""How this app connects to the outside: through which proxy, and trusting which root certificates."""

import base64
import re
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self
from urllib.parse import SplitResult, unquote, urlsplit

_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = re.compile(r"[A-Za-z0-9._:-]+")
_EXPECTED: Final = (
    "PATSNAP_PROXY is the address of a proxy, such as http://user:password@proxy.example:3128 (http or https); what is "
    "special in name or password is written percent-encoded, such as %23 for #"
)


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy that opens tunnels (CONNECT, RFC 9110, 9.3.6)."""

    scheme: str
    """`http`, or `https` where the connection to the proxy itself is encrypted."""
    host: str
    port: int
    authorization: str = field(default="", repr=False)
    """What `Proxy-Authorization` says, with the password in it; empty: the header is not sent."""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the proxy that an address names.

        Raises:
            ValueError: it names none. The text shows nothing of the address, which may hold a password.
        """
        try:
            parts = urlsplit(text.strip())
            port = parts.port
        except ValueError:
            raise ValueError(_EXPECTED) from None
        if parts.scheme not in _DEFAULT_PORTS or not _names_a_host_alone(parts):
            raise ValueError(_EXPECTED)
        authorization = ""
        if parts.username is not None:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            authorization = "Basic " + base64.b64encode(pair.encode()).decode()
        return cls(parts.scheme, parts.hostname or "", port or _DEFAULT_PORTS[parts.scheme], authorization)


def _names_a_host_alone(parts: SplitResult) -> bool:
    """Return whether an address has a usable host, and nothing behind it."""
    return bool(_HOST.fullmatch(parts.hostname or "")) and f"{parts.path}{parts.query}{parts.fragment}" in {"", "/"}


@dataclass(frozen=True, slots=True)
class OutgoingConnections:
    """What holds for every connection to PatSnap and to the hosts of its documents, but none to this machine."""

    proxy: Proxy | None = None
    ca_file: Path | None = None
    """PEM file with the root certificates that are trusted in place of the usual ones."""


def check_root_certificates(file: Path) -> None:
    """Check that a file can be read and holds certificates.

    Raises:
        ValueError: it cannot, or holds none.
    """
    try:
        ssl.create_default_context(cafile=file)
    except OSError:  # an SSLError is one, too
        raise ValueError(
            "PATSNAP_CA_FILE must name a PEM file that this app may read and that holds root certificates"
        ) from None
