"""Reading one page: by the text that the PDF itself holds for it, or else by an engine, from a scan."""

from components.confined.bounds import MAX_PAGES
from components.fulltext.pages.page_reader import PageReader

__all__ = ["MAX_PAGES", "PageReader"]
