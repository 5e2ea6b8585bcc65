"""Reading a body within bounds: decompressed here, piece by piece, so that a bomb is never unpacked whole."""

import zlib
from collections.abc import Iterable, Iterator

from components.patsnap.errors import error

MOST_BYTES = 64 * 1024 * 1024
"""Cap of a decompressed answer: 100 patents of 1,000 documents are about 53 MB."""
MOST_RATIO = 100
"""Cap of decompressed to compressed size, once more than `RATIO_FROM` bytes have come out."""
RATIO_FROM = 8 * 1024 * 1024
_PIECE = 1024 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS


def read_body(chunks: Iterable[bytes], encoding: str, *, most: int | None = None) -> bytes:
    """Put a body together.

    Args:
        chunks: the bytes as they come from the wire.
        encoding: the `Content-Encoding`; gzip and deflate are what we ask for.
        most: cap of the decompressed bytes; `MOST_BYTES` if left out.

    Raises:
        AnswerTooLargeError: more than that, or a ratio no list of documents has.
        ParseFailureError: the compression is damaged or cut off.
    """
    compressed = encoding.strip().lower() in {"gzip", "x-gzip", "deflate"}
    most = MOST_BYTES if most is None else most
    body = bytearray()
    for piece in _inflated(chunks) if compressed else chunks:
        body += piece
        if len(body) > most:
            raise error("too large")
    return bytes(body)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_GZIP_OR_ZLIB)
    came = went = 0
    for chunk in chunks:
        came += len(chunk)
        rest = chunk
        while rest and not unpacker.eof:
            piece = _unpacked(unpacker, rest)
            rest = unpacker.unconsumed_tail
            went += len(piece)
            if went > RATIO_FROM and went > MOST_RATIO * came:
                raise error("too large")
            yield piece
    if came and not unpacker.eof:
        raise error("gzip")


def _unpacked(unpacker: "zlib._Decompress", packed: bytes) -> bytes:
    try:
        return unpacker.decompress(packed, _PIECE)
    except zlib.error:
        pass
    raise error("gzip")
