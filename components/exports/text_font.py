"""A font without shapes, for text that is there to be found and not to be seen.

Viewers take the words of a page from the codes of its text and from the table that says which character each code is.
This font has both for every character of Unicode, and one empty shape for them all; so nothing that is set in it can
appear, and no viewer looks for another font in its place. It is embedded, in some 1,500 bytes.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    NameObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from components.exports.pdf_file import PdfFile, pdf_dictionary

CHARACTER_WIDTH: Final = 500
"""How wide each character is, in thousandths of the font's size."""
_NAME: Final = NameObject("/ReadText")
_EM: Final = 1000
_CODES: Final = 65_536
_FIRST_RARE: Final = 0xD800
_LAST_RARE: Final = 0xDFFF
"""Codes that are no character by themselves stand for characters beyond the first 65,536, as these are met."""
_UNKNOWN: Final = "\ufffd"
_A_BLOCK: Final = 100
"""Lines of a table of characters that may stand in one block (Adobe technical note 5014)."""


class TextFont:
    """The font of one PDF: knows which characters were set in it, and is written when all were."""

    def __init__(self, file: PdfFile) -> None:
        self.reference: Final = file.reserve()
        self._used: set[int] = set()
        self._rare: dict[str, int] = {}

    def encoded(self, text: str) -> str:
        """Return the codes of a text in hexadecimal digits, as a string of PDF has them between `<` and `>`."""
        codes = [self._code(character) for character in text]
        self._used.update(codes)
        return "".join(f"{code:04X}" for code in codes)

    def write(self, file: PdfFile) -> None:
        """Write the font, once everything has been set in it."""
        described: dict[str, PdfObject] = {
            "/Type": NameObject("/FontDescriptor"),
            "/FontName": _NAME,
            "/Flags": NumberObject(4),  # its characters are not those of the standard Latin set (ISO 32000-1, 9.8.2)
            "/FontBBox": ArrayObject(NumberObject(side) for side in (0, 0, CHARACTER_WIDTH, _EM)),
            "/ItalicAngle": NumberObject(0),
            "/Ascent": NumberObject(_EM),
            "/Descent": NumberObject(0),
            "/CapHeight": NumberObject(_EM),
            "/StemV": NumberObject(80),
            "/FontFile2": file.add(_packed(_true_type(), with_length=True)),
        }
        system: dict[str, PdfObject] = {
            "/Registry": TextStringObject("Adobe"),
            "/Ordering": TextStringObject("Identity"),
            "/Supplement": NumberObject(0),
        }
        descendant: dict[str, PdfObject] = {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/CIDFontType2"),
            "/BaseFont": _NAME,
            "/CIDSystemInfo": pdf_dictionary(system),
            "/FontDescriptor": file.add(pdf_dictionary(described)),
            "/DW": NumberObject(CHARACTER_WIDTH),
            "/CIDToGIDMap": file.add(_packed(b"\0\1" * _CODES)),
        }
        font: dict[str, PdfObject] = {
            "/Type": NameObject("/Font"),
            "/Subtype": NameObject("/Type0"),
            "/BaseFont": _NAME,
            "/Encoding": NameObject("/Identity-H"),
            "/DescendantFonts": ArrayObject([file.add(pdf_dictionary(descendant))]),
            "/ToUnicode": file.add(_packed(self._character_table().encode("ascii"))),
        }
        file.put(self.reference, pdf_dictionary(font))

    def _code(self, character: str) -> int:
        code = ord(character)
        if code < _CODES:
            return code if not _FIRST_RARE <= code <= _LAST_RARE else ord(_UNKNOWN)
        if character not in self._rare and len(self._rare) > _LAST_RARE - _FIRST_RARE:
            return ord(_UNKNOWN)
        return self._rare.setdefault(character, _FIRST_RARE + len(self._rare))

    def _character_table(self) -> str:
        """Return the table that says which character each code is that was used (ISO 32000-1, 9.10.3)."""
        meant = {code: character.encode("utf-16-be").hex().upper() for character, code in self._rare.items()}
        ranges = [
            f"<{first:04X}> <{last:04X}> <{meant.get(first, f'{first:04X}')}>"
            for first, last in _runs(sorted(self._used))
        ]
        blocks = [ranges[start : start + _A_BLOCK] for start in range(0, len(ranges), _A_BLOCK)]
        return "\n".join(
            (
                "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
                "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
                "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
                "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange",
                *(line for block in blocks for line in (f"{len(block)} beginbfrange", *block, "endbfrange")),
                "endcmap CMapName currentdict /CMap defineresource pop end end\n",
            )
        )


def _runs(codes: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of codes that follow one another and differ in their last byte alone.

    Codes of rare characters stand alone: what they mean does not follow one another.
    """
    first = last = -1
    for code in codes:
        follows = code == last + 1 and code >> 8 == first >> 8 and not _FIRST_RARE <= code <= _LAST_RARE
        if first >= 0 and not follows:
            yield first, last
        first, last = (first if follows and first >= 0 else code), code
    if first >= 0:
        yield first, last


def _packed(data: bytes, *, with_length: bool = False) -> StreamObject:
    stream = DecodedStreamObject()
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    if with_length:
        stream[NameObject("/Length1")] = NumberObject(len(data))
    stream.set_data(zlib.compress(data, 9))
    return stream


def _true_type() -> bytes:
    """Return the font's file: the tables that an embedded TrueType font must have, and two empty shapes."""
    # Version, revision, checksum (set below), magic number, flags, units, two dates, box, style, size, and formats.
    head = struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 3, _EM, 0, 0, 0, 0, CHARACTER_WIDTH, _EM,
                       0, 8, 2, 0, 0)  # fmt: skip
    # Version, ascent, descent, gap, widest, bearings, extent, caret, reserved, and how many widths follow.
    hhea = struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, _EM, 0, 0, CHARACTER_WIDTH, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1)
    tables = {
        b"glyf": b"\0\0\0\0",
        b"head": head,
        b"hhea": hhea,
        b"hmtx": struct.pack(">Hhh", CHARACTER_WIDTH, 0, 0),
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    start = 12 + 16 * len(tables)
    listed, body = b"", b""
    for name, table in tables.items():
        listed += struct.pack(">4sIII", name, _checksum(table), start + len(body), len(table))
        body += table + b"\0" * (-len(table) % 4)
    file = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64) + listed + body
    return file.replace(head, head[:8] + struct.pack(">I", (0xB1B0AFBA - _checksum(file)) % 2**32) + head[12:])


def _checksum(data: bytes) -> int:
    """Return the sum of a table's words, as fonts have it."""
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) % 2**32
