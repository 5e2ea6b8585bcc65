"""How much of a PDF is drawn and read, and what a process may take for it."""

from typing import Final

MAX_PAGES: Final = 5_000
"""Pages of one PDF that are told, drawn and read; of those after them only the PDF itself shows anything."""
MAX_PIXELS: Final = 12_000_000
"""Pixels of one picture: an A4 page is 8 million at the greatest width asked for, and three bytes each while drawn."""
MAX_SCAN: Final = 20_000_000
"""Pixels of one scan, a byte each: A4 at 300 dots an inch has 9 million, A3 17."""
MAX_SIDE: Final = 10_000
"""Pixels along one side, which bounds pages of extreme proportions."""
MAX_MEMORY: Final = 768 * 1024 * 1024
"""Bytes of address space of a process; pages of scans at 300 dots an inch took up to 230 MB."""
