"""What the papers of one workspace say, by file, and what people say of it."""

from collections.abc import Iterable, Mapping, Sequence

from components.content.records import DatedContent, Verdict, Verdicts
from components.content.unread import READ_OFFICES
from components.fulltext.listed_papers import ListedPaper, ListedPapers
from components.histories import PaperRef, office_of
from components.history_tables import HistoryTables
from components.inside.file_facts import FactsOfFiles, FileFacts, KnownPaper
from components.inside.paper_contents import PaperContents, PaperOfKind
from components.page_texts import ReadPaper
from components.prosecution import category_labels
from components.store import FindingMark, Headline, Store


class InsideFiles:
    """What the read papers of held files say; one instance a process and workspace, used by all threads.

    Args:
        store: has the pages that were read, and keeps what is found in them.
        tables: of the held histories.
    """

    def __init__(self, store: Store, tables: HistoryTables) -> None:
        self._store = store
        self._listed = ListedPapers(tables)
        self._contents = PaperContents(store)
        self._facts = FactsOfFiles(self._known)

    def of(self, headlines: Iterable[Headline]) -> tuple[DatedContent, ...]:
        """Return what the read papers of these files say, in the order of the files and of their papers.

        A paper is among them as soon as one of its pages is read, and says which are missing. Papers of offices
        without rules are not, see `not_read_inside`. Where very many were never asked for before, some say that the
        rules are reading them just now.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        with_rules = [headline for headline in headlines if _office(headline) in READ_OFFICES]
        read = self._store.texts.papers([headline.key for headline in with_rules])
        papers = [paper for headline in with_rules for paper in self._papers(headline, read)]
        contents = self._contents.of([paper for paper, _ in papers])
        labels = category_labels(READ_OFFICES)
        return tuple(
            DatedContent(
                paper.ref,
                listed.day,
                listed.code,
                labels.get(listed.category, listed.category),
                listed.round,
                listed.place,
                content,
            )
            for (paper, listed), content in zip(papers, contents, strict=True)
        )

    def facts(self, headlines: Iterable[Headline], read: Mapping[PaperRef, ReadPaper]) -> dict[str, FileFacts]:
        """Return what is known of files from what is kept of their papers, by key; nobody waits for the rules.

        Files of which no paper is read, and those of offices without rules, are not among them.

        Args:
            headlines: of the files.
            read: how far papers are read (`FullText.papers`).

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        return self._facts.of([headline for headline in headlines if _office(headline) in READ_OFFICES], read)

    def read_paper(self, paper: PaperRef) -> None:
        """Read what a paper says and keep it, so that nobody waits for it and the period that it sets is known.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        for headline in self._store.headlines([paper.history]):
            if _office(headline) in READ_OFFICES:
                ref = PaperRef(headline.key, paper.document)
                read = {
                    name: how_far for name, how_far in self._store.texts.papers([headline.key]).items() if name == ref
                }
                self._contents.of([of_kind for of_kind, _ in self._papers(headline, read)])

    def not_read_inside(self, headlines: Iterable[Headline]) -> dict[str, str]:
        """Return the offices of those files whose papers no rules read, by the key of the history.

        They say "not read inside", which is never "says nothing".
        """
        offices = {headline.key: _office(headline) for headline in headlines}
        return {key: office for key, office in offices.items() if office not in READ_OFFICES}

    def verdicts(self, histories: Iterable[str]) -> Verdicts:
        """Return the marks of findings in these histories, by any of their names: the last of each finding.

        Raises:
            components.store.StoreError: the store cannot be read.
        """
        found: dict[tuple[PaperRef, str], list[FindingMark]] = {}
        for mark in self._store.verdicts(histories):
            found.setdefault((mark.paper, mark.finding), []).append(mark)
        return {name: _verdict(marks) for name, marks in found.items()}

    def judge(self, paper: PaperRef, finding: str, *, is_right: bool | None, words: str, person: str) -> None:
        """Mark a finding as right or wrong, in place of this person's own mark of it; `None` takes that back.

        Args:
            paper: in which it was found.
            finding: its id.
            is_right: whether it is right.
            words: what is marked, in words, for whoever reads the mark when the finding is no more.
            person: who says so.

        Raises:
            components.store.StoreError: the mark cannot be kept; says why.
            ValueError: no such history is held.
        """
        self._store.judge(person, paper, finding, is_right=is_right, words=words)

    def close(self) -> None:
        """Read no more in the background."""
        self._contents.close()

    def _known(self, headlines: Sequence[Headline], read: Mapping[PaperRef, ReadPaper]) -> dict[str, list[KnownPaper]]:
        """Return the listed papers of files with what is kept of each."""
        by_file: dict[str, dict[PaperRef, ReadPaper]] = {}
        for ref, how_far in read.items():
            by_file.setdefault(ref.history, {})[ref] = how_far
        papers = [paper for headline in headlines for paper, _ in self._papers(headline, by_file.get(headline.key, {}))]
        kept = dict(zip([paper.ref for paper in papers], self._contents.kept(papers), strict=True))
        return {
            key: [
                KnownPaper(paper, kept.get(PaperRef(key, name)), PaperRef(key, name) in kept)
                for name, paper in sorted(listed.items(), key=lambda each: each[1].place)
            ]
            for key, listed in self._listed.of(headlines).items()
        }

    def _papers(
        self, headline: Headline, read: Mapping[PaperRef, ReadPaper]
    ) -> Iterable[tuple[PaperOfKind, ListedPaper]]:
        """Return the papers of a history of which any page is read, in reading order."""
        begun = {ref.document: paper for ref, paper in read.items() if ref.history == headline.key and _is_begun(paper)}
        listed = self._listed.of([headline])[headline.key] if begun else {}
        found = [(begun[document], paper, document) for document, paper in listed.items() if document in begun]
        for how_far, paper, document in sorted(found, key=lambda each: each[1].place):
            yield PaperOfKind(PaperRef(headline.key, document), how_far, paper.code, paper.description), paper


def _is_begun(paper: ReadPaper) -> bool:
    return paper.read + paper.empty > 0


def _office(headline: Headline) -> str:
    return office_of(headline.apno, headline.patent_number)


def _verdict(marks: list[FindingMark]) -> Verdict:
    last = marks[-1]
    against = tuple(mark.person for mark in marks[:-1] if mark.is_right != last.is_right)
    return Verdict(last.is_right, last.person, last.at, last.words, against)
