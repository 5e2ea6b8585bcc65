"""Reading one page of a PDF: by the text that it holds itself, or else by an engine, from a scan.

`PageReader` is what reads, in confined processes; `find_engine` finds what reads scans on this machine, and
`languages_of` says in which languages an office's papers may be. Nothing here knows of files, users or the store.
"""

from components.confined.bounds import MAX_PAGES
from components.page_reading.engines import find_engine
from components.page_reading.errors import NotRead
from components.page_reading.languages import check_rule_tables, languages_of
from components.page_reading.page_reader import PageReader

__all__ = ["MAX_PAGES", "NotRead", "PageReader", "check_rule_tables", "find_engine", "languages_of"]
