"""Reads the body of an answer within bounds: decompressed piece by piece, so that a bomb is never unpacked whole."""

import zlib
from collections.abc import Iterable, Iterator

from components.patsnap.errors import error

MAX_BYTES = 64 * 1024 * 1024
"""Largest decompressed answer: 100 patents of 1,000 documents are about 53 MB."""
MAX_RATIO = 100
"""Largest ratio of decompressed to compressed size, from `RATIO_FROM` decompressed bytes on."""
RATIO_FROM = 8 * 1024 * 1024
MAX_MEMBERS = 10_000
"""Most members of a gzip; an answer of 64 MB in the blocks of 64 kB that parallel compressors write has 1,024."""
_PIECE_BYTES = 1024 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_GZIP_START = b"\x1f\x8b"


def read_body(chunks: Iterable[bytes], encoding: str, *, max_bytes: int | None = None) -> bytes:
    """Return the whole body, decompressed.

    Args:
        chunks: the bytes as they are received.
        encoding: the `Content-Encoding`; gzip and deflate are the ones that we ask for.
        max_bytes: most decompressed bytes; `MAX_BYTES` if left out.

    Raises:
        AnswerTooLargeError: there are more, or the ratio is one that no list of documents has.
        ParseFailureError: the compression is damaged or cut off.
    """
    compressed = encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}
    max_bytes = MAX_BYTES if max_bytes is None else max_bytes
    pieces: list[bytes] = []
    length = 0
    for piece in _decompressed_pieces(chunks, max_bytes) if compressed else chunks:
        pieces.append(piece)
        length += len(piece)
        if length > max_bytes:
            raise error("too large")
    return b"".join(pieces)


def _decompressed_pieces(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    """Yield the decompressed bytes piece by piece, each at most 1 MB."""
    members = _Members()
    bytes_in = bytes_out = 0
    for chunk in chunks:
        bytes_in += len(chunk)
        if bytes_in > max_bytes:
            raise error("too large")
        for piece in members.decompressed(chunk):
            bytes_out += len(piece)
            if bytes_out > RATIO_FROM and bytes_out > MAX_RATIO * bytes_in:
                raise error("too large")
            yield piece
    if bytes_in and not members.ended:
        raise error("gzip")


class _Members:
    """The members of a gzip one after the other (RFC 1952, 2.2), with zeros behind them; or the one stream of zlib."""

    def __init__(self) -> None:
        self._decompressor: zlib._Decompress | None = None
        self._count = 0
        self._start = b""
        self._is_gzip = False

    @property
    def ended(self) -> bool:
        """Whether all that was begun has ended."""
        return self._count > 0 and self._decompressor is None and not self._start

    def decompressed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the decompressed bytes of the next chunk.

        Raises:
            ParseFailureError: the compression is damaged, or followed by something else.
            AnswerTooLargeError: there are too many members.
        """
        rest = chunk
        while rest:
            if self._decompressor is None:
                rest = self._begin(rest)
            if self._decompressor is None:
                return
            yield _decompressed(self._decompressor, rest)
            rest = self._decompressor.unconsumed_tail
            if self._decompressor.eof:
                rest = self._decompressor.unused_data
                self._decompressor = None

    def _begin(self, rest: bytes) -> bytes:
        """Begin the next member if one follows; return the bytes that belong to it."""
        rest = self._start + (rest if not self._count or self._start else rest.lstrip(b"\0"))
        self._start = rest if len(rest) < len(_GZIP_START) else b""
        if self._start or not rest:
            return b""
        is_gzip = rest.startswith(_GZIP_START)
        if self._count and not (is_gzip and self._is_gzip):
            raise error("gzip")
        if self._count >= MAX_MEMBERS:
            raise error("too large")
        self._is_gzip = is_gzip
        self._count += 1
        self._decompressor = zlib.decompressobj(_GZIP_OR_ZLIB)
        return rest


def _decompressed(decompressor: "zlib._Decompress", compressed: bytes) -> bytes:
    """Decompress up to 1 MB; what is left stays in the decompressor."""
    try:
        return decompressor.decompress(compressed, _PIECE_BYTES)
    except zlib.error:
        pass
    raise error("gzip")
