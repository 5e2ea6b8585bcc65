"""Reads the JSON of an answer, and mends what can be mended, because the answer has been paid for.

A body is read whatever its content type says: as UTF-8 (with or without a byte order mark), as UTF-16 with such a mark,
else in the declared charset, else in GB 18030, which the service's Chinese gateways use. Damaged letters and lone
surrogates become the replacement character, raw control characters blanks, and NaN is read as a number that is none.
Of keys given twice the fuller value is taken (`doubled_keys.py`). Each of these is a finding. Whatever else is not
JSON, endless nesting included, raises a `ParseFailureError`.
"""

import codecs
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import orjson

from components.patsnap.doubled_keys import join_doubled_keys
from components.patsnap.errors import error
from components.patsnap.findings import CONTROL_CHARACTERS, DAMAGED_LETTERS, GUESSED_CHARSET, NOT_A_NUMBER
from components.words import listed

_CHARSETS = frozenset({"gb2312", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr", "iso-8859-1"})
_LOST = "\N{REPLACEMENT CHARACTER}"
_LONE_SURROGATE = re.compile(
    r"(?<!\\)((?:\\\\)*)(?:(\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})|\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)
_NO_NUMBER = re.compile(r"NaN|Infinity")
_RAW_CONTROL = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class JsonBody:
    """The JSON of a body, and what had to be mended."""

    value: object
    findings: tuple[str, ...] = ()
    """What was damaged or given twice, in words for the user."""


def read_json(body: bytes, charset: str = "") -> JsonBody:
    """Return the JSON of a body.

    Args:
        body: the decompressed bytes.
        charset: as declared in the content type; it may be empty or wrong.

    Raises:
        ParseFailureError: empty, a web page, or not JSON.
    """
    lost_before = False
    if body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        words = body.decode("utf-16", errors="replace")
        lost_before = _LOST in words
        body = words.encode()
    body = body.removeprefix(codecs.BOM_UTF8)
    with suppress(orjson.JSONDecodeError):
        return _joined(body, orjson.loads(body), (DAMAGED_LETTERS,) if lost_before else ())
    attempts = []
    for words, findings in _mended(body, charset):
        attempts.append((words, findings))
        with suppress(orjson.JSONDecodeError):
            return _joined(words.encode(), orjson.loads(words), findings)
    for words, findings in attempts if _NO_NUMBER.search(attempts[0][0]) else ():
        with suppress(ValueError, RecursionError):
            return _joined(words.encode(), json.loads(words), (*findings, NOT_A_NUMBER))
    start = body[:2000].strip().lower()
    fault = "garbled" if start else "empty"
    if start.startswith(b"<"):
        fault = "html"
    raise error(fault)


def _joined(body: bytes, parsed: object, findings: tuple[str, ...]) -> JsonBody:
    """Return the JSON with doubled keys joined, and with that as a finding."""
    value, doubled = join_doubled_keys(body, parsed)
    if doubled:
        findings = (*findings, f"The answer gave {listed(doubled)} more than once; what says more was taken")
    return JsonBody(value, findings)


def _mended(body: bytes, charset: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield a body as text, with more mended each time, and what that makes as findings."""
    words, findings = _decoded(body, charset)
    if "\\u" in words:
        words = _LONE_SURROGATE.sub(lambda match: match[1] + (match[2] or _LOST), words)
        if _LOST in words and DAMAGED_LETTERS not in findings:
            findings = (*findings, DAMAGED_LETTERS)
    yield words, findings
    yield _RAW_CONTROL.sub(" ", words), (*findings, CONTROL_CHARACTERS)


def _decoded(body: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    """Return a body as text, and as a finding what was lost or guessed.

    A few damaged bytes do not mean that it is not UTF-8; many do.
    """
    with suppress(UnicodeDecodeError):
        return body.decode("utf-8"), ()
    lenient = body.decode("utf-8", errors="replace")
    beyond_ascii = len(lenient) - len(lenient.encode("ascii", errors="ignore"))
    if lenient.count(_LOST) * 10 < beyond_ascii:
        return lenient, (DAMAGED_LETTERS,)
    declared = charset.lower()
    for encoding in (declared, "gb18030"):
        if encoding in _CHARSETS:
            with suppress(UnicodeDecodeError):
                return body.decode(encoding), () if encoding == declared else (GUESSED_CHARSET,)
    return lenient, (DAMAGED_LETTERS,)
