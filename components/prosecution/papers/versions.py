"""Which documents are versions of one paper: the translation and the original beside it (`A131` and `A131-JP`)."""

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence

from components.histories import DocumentList
from components.prosecution.law.codes import base_code, description_without_version, normalise_code


def paper_ids(documents: DocumentList, ids: Sequence[str]) -> list[str]:
    """Return, for each document, the id of the paper that it is a version of; else its own id.

    Args:
        documents: a list of documents.
        ids: their ids, parallel to them.
    """
    matches = _translations(documents)
    papers = list(ids)
    for original, translation in matches.items():
        papers[original] = ids[translation]
    return papers


def _translations(documents: DocumentList) -> Mapping[int, int]:
    """Return the index of the translation of each original that has one.

    Both are of one day and one code. Where several are, those with the same description belong together, in the order
    of the list; then whatever is left, because the original may be described in another language.
    """
    bases = {code: base_code(code) for code in set(documents.code)}
    versions = {code for code, base in bases.items() if base != normalise_code(code)}
    if not versions:
        return {}
    by_title: defaultdict[tuple[int | None, str, str], deque[int]] = defaultdict(deque)
    by_code: defaultdict[tuple[int | None, str], list[int]] = defaultdict(list)
    originals = []
    for index, code in enumerate(documents.code):
        if code in versions:
            originals.append(index)
        else:
            day, title = documents.date[index], description_without_version(documents.description[index])
            by_title[day, bases[code], title].append(index)
            by_code[day, bases[code]].append(index)
    translations: dict[int, int] = {}
    for index in originals:
        day, base = documents.date[index], bases[documents.code[index]]
        candidates = by_title[day, base, description_without_version(documents.description[index])]
        if candidates:
            translations[index] = candidates.popleft()
            by_code[day, base].remove(translations[index])
    for index in originals:
        others = by_code[documents.date[index], bases[documents.code[index]]]
        if index not in translations and others:
            translations[index] = others.pop(0)
    return translations
