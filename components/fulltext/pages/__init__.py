"""Reading one page: by the text that the PDF itself holds for it, or else by an engine, from a scan."""

from components.fulltext.pages.page_reader import PageReader

__all__ = ["PageReader"]
