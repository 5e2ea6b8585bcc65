"""Signed document links in the form of the contract; they really expire.

`<base>/documents/<name>.pdf?sign=q-sign-time=<start>;<end>%26q-signature=<hex>&response-expires=<HTTP date>`

The name, the two times and the HTTP date are signed (HMAC-SHA-256); a link expires at the earlier of `<end>` and the
HTTP date. The key is fixed and public, so that links survive a restart. It protects nothing: the documents are
placeholders made from public records.
"""

import hashlib
import hmac
import time
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from urllib.parse import parse_qsl, quote

from components.sandbox.errors import LinkExpired, LinkForged

_KEY = hashlib.sha256(b"prosecution review sandbox: a key that protects nothing").digest()


class Signer:
    """Signs the links of one answer, all with the same times.

    Args:
        base: what links begin with, without a slash at the end.
        lifetime: seconds from now to the end in `q-sign-time`.
        stated_lifetime: seconds from now to `response-expires`.
    """

    def __init__(self, base: str, *, lifetime: int, stated_lifetime: int) -> None:
        now = int(time.time())
        self._base = base
        self._sign_time = f"{now};{now + lifetime}"
        self._http_expiry = formatdate(now + stated_lifetime, usegmt=True)
        self._expiry_parameter = f"&response-expires={quote(self._http_expiry, safe='')}"

    def url(self, name: str) -> str:
        """Return the signed address of the document of that name (without `.pdf`)."""
        signature = _signature(name, self._sign_time, self._http_expiry)
        sign = f"q-sign-time={self._sign_time}%26q-signature={signature}"
        return f"{self._base}/documents/{name}.pdf?sign={sign}{self._expiry_parameter}"


def check_link(name: str, *, sign: str, response_expires: str) -> None:
    """Check the signature and the times of a link.

    Args:
        name: name of the document, without `.pdf`.
        sign: the query parameter `sign`, decoded.
        response_expires: the query parameter `response-expires`, decoded.

    Raises:
        LinkForged: the signature is missing, or does not match name and times.
        LinkExpired: the signature matches, and the link has expired.
    """
    fields = dict(parse_qsl(sign, keep_blank_values=True))
    sign_time = fields.get("q-sign-time", "")
    expected = _signature(name, sign_time, response_expires)
    if not hmac.compare_digest(expected.encode(), fields.get("q-signature", "").encode()):
        raise LinkForged("The signature does not fit the document and its times.")
    try:
        end = min(int(sign_time.partition(";")[2]), parsedate_to_datetime(response_expires).timestamp())
    except ValueError as error:
        raise LinkForged("The times of the link cannot be read.") from error
    if time.time() >= end:
        raise LinkExpired(f"The link ended at {datetime.fromtimestamp(end, UTC):%Y-%m-%d %H:%M:%S} UTC.")


def _signature(name: str, sign_time: str, http_expiry: str) -> str:
    """Return the signature of a name with its times, hexadecimal."""
    return hmac.digest(_KEY, f"{name}\n{sign_time}\n{http_expiry}".encode(), "sha256").hex()
