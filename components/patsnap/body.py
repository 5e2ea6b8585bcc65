"""Reads the body of an answer within bounds: decompressed piece by piece, so that a bomb is never unpacked whole."""

import zlib
from collections.abc import Iterable, Iterator

from components.patsnap.errors import error

MAX_BYTES = 64 * 1024 * 1024
"""Largest decompressed answer: 100 patents of 1,000 documents are about 53 MB."""
MAX_RATIO = 100
"""Largest ratio of decompressed to compressed size, from `RATIO_FROM` decompressed bytes on."""
RATIO_FROM = 8 * 1024 * 1024
_PIECE_BYTES = 1024 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


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
    body = bytearray()
    for piece in _decompressed_pieces(chunks) if compressed else chunks:
        body += piece
        if len(body) > max_bytes:
            raise error("too large")
    return bytes(body)


def _decompressed_pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the decompressed bytes piece by piece, each at most 1 MB."""
    decompressor = zlib.decompressobj(_GZIP_OR_ZLIB)
    bytes_in = bytes_out = 0
    for chunk in chunks:
        bytes_in += len(chunk)
        rest = chunk
        while rest and not decompressor.eof:
            piece = _decompressed(decompressor, rest)
            rest = decompressor.unconsumed_tail
            bytes_out += len(piece)
            if bytes_out > RATIO_FROM and bytes_out > MAX_RATIO * bytes_in:
                raise error("too large")
            yield piece
    if bytes_in and not decompressor.eof:
        raise error("gzip")


def _decompressed(decompressor: "zlib._Decompress", compressed: bytes) -> bytes:
    """Decompress up to 1 MB; what is left stays in the decompressor."""
    try:
        return decompressor.decompress(compressed, _PIECE_BYTES)
    except zlib.error:
        pass
    raise error("gzip")
