"""The content of a paper as the store keeps it: JSON, compressed. What comes back is checked against the records."""

import struct
import zlib
from typing import Final

from pydantic import TypeAdapter, ValidationError

from components.content.records import PaperContent

_LARGEST: Final = 32 * 1024 * 1024
"""Most bytes of the content of a paper; what claims to be more is damaged."""
_SIZE: Final = struct.Struct(">I")
_ADAPTER: Final = TypeAdapter(PaperContent)


class ContentDamaged(ValueError):
    """What is kept is not the content of a paper."""


def pack(content: PaperContent) -> bytes:
    """Return a content as it is kept."""
    plain = _ADAPTER.dump_json(content)
    return _SIZE.pack(len(plain)) + zlib.compress(plain, 1)


def size(data: bytes) -> int:
    """Return how many bytes a content has before it is compressed."""
    return int(_SIZE.unpack_from(data)[0])


def unpack(data: bytes) -> PaperContent:
    """Return the content that `pack` made into bytes.

    Raises:
        ContentDamaged: it made none of these.
    """
    try:
        stream = zlib.decompressobj()
        plain = stream.decompress(data[_SIZE.size :], _LARGEST)
        if not stream.eof or len(plain) != size(data):
            raise ContentDamaged
        return _ADAPTER.validate_json(plain)
    except (zlib.error, struct.error, ValidationError):
        raise ContentDamaged from None
