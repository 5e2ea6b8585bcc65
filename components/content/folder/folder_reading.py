"""Reading all papers of a folder: text files as they are, PDFs by their own text or by an engine."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Final, NamedTuple

from components.content.claims.compare import ClaimChange, compare_sets
from components.content.folder.folder import TEXT_ENDINGS, FileProblem, PaperFile, pages_of_file
from components.content.paper_kinds import kind_of
from components.content.reading import read_content
from components.content.records import ClaimSet, PaperContent
from components.page_reading import NotRead, PageReader
from components.page_texts import PageText

LANGUAGES: Final = ("eng",)
"""Of the papers of the United States."""
LARGEST_PDF: Final = 200_000_000


class FolderPaper(NamedTuple):
    """A paper of a folder, read."""

    file: PaperFile
    pages: Sequence[PageText]
    content: PaperContent | None
    """`None` where its pages could not be read."""
    changes: tuple[ClaimChange, ...] = ()
    """What became of its claims since the set before it, of the same application in the same folder."""
    problem: str = ""
    """Why it could not be read, in words for the user."""


def read_folder(
    files: Sequence[PaperFile], reader: PageReader, *, at_once: int, progress: Callable[[str], None]
) -> Iterator[FolderPaper]:
    """Yield each paper as it is read: application by application, the oldest first.

    Args:
        files: of the folder.
        reader: reads PDFs.
        at_once: how many pages are read at the same time.
        progress: is told the name of each file before it is read.
    """
    sets: dict[str, ClaimSet] = {}
    with ThreadPoolExecutor(at_once) as pool:
        for file in sorted(files, key=lambda each: (each.application, each.day or date.min)):
            progress(file.name)
            try:
                pages = _pages(file, reader, pool)
            except FileProblem as problem:
                yield FolderPaper(file, (), None, problem=str(problem))
                continue
            content = read_content(pages, kind=kind_of(file.code, file.kind), code=file.code)
            claims = content.claims
            changes = compare_sets(sets.get(file.application), claims) if claims and claims.claims else ()
            if claims and claims.claims and file.application:
                sets[file.application] = claims
            yield FolderPaper(file, pages, content, changes)


def _pages(file: PaperFile, reader: PageReader, pool: ThreadPoolExecutor) -> list[PageText]:
    """Return the pages of a file.

    Raises:
        FileProblem: none of them can be read.
    """
    if file.problem:
        raise FileProblem(file.problem)
    if file.path.suffix.lower() in TEXT_ENDINGS:
        return pages_of_file(file.path)
    try:
        if file.path.stat().st_size > LARGEST_PDF:
            raise FileProblem("the file is too large")
        data = file.path.read_bytes()
    except OSError as failure:
        raise FileProblem(failure.strerror or "the file cannot be read") from failure
    name = hashlib.sha256(data).hexdigest()

    def read(page: int) -> PageText:
        return reader.read(name, lambda: data, page, languages=LANGUAGES)

    try:
        pages = list(pool.map(read, range(1, reader.pages(name, lambda: data) + 1)))
    except NotRead as failure:
        raise FileProblem(str(failure)) from failure
    if pages and all(page.outcome == "failed" for page in pages):
        raise FileProblem(pages[0].problem or "none of its pages can be read")
    return pages
