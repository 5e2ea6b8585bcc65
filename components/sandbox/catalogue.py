"""The file histories of the sandbox by their names.

A history is found under its grant number and its publication number (both with kind code, the only form that the
service knows), its application number and its patent_id. Application numbers of the EPO and the JPO are found in the
service's form and without punctuation (`JP2017-187096`, `JP2017187096`), since neither form is confirmed.
"""

from typing import Literal, get_args

from components.sandbox import synthetic
from components.sandbox.made_up import made_up_history
from components.sandbox.recordings import FOLDER, RecordedHistory, recorded_histories
from components.sandbox.switches import Switches

IdentifierField = Literal["patent_id", "patent_number", "apno"]
"""The body fields that name a patent, as in `patsnap`; where several are given, the first of them counts."""


class Catalogue:
    """The file histories that the sandbox knows, by each of their names.

    Raises:
        RecordingsDamaged: the recorded histories cannot be read.
        RuleTableBroken: the list of the made-up application is damaged.
    """

    def __init__(self) -> None:
        self._by_key = {history.key: history for history in (*recorded_histories(FOLDER), made_up_history())}
        self._by_name: dict[IdentifierField, dict[str, RecordedHistory]] = {by: {} for by in get_args(IdentifierField)}
        for history in self._by_key.values():
            self._by_name["patent_id"][history.patent_id] = history
            for number in filter(None, (history.patent_number, history.publication_number)):
                self._by_name["patent_number"][number] = history
            self._by_name["apno"][history.apno] = history
            if history.office != "USPTO":
                self._by_name["apno"][history.key] = history

    def by_name(self, by: IdentifierField, name: str, switches: Switches) -> RecordedHistory | None:
        """Return the history with this name in the field `by`; `None` if there is none."""
        return self._by_name[by].get(name) or _synthetic(by, name, switches)

    def by_key(self, key: str, switches: Switches) -> RecordedHistory | None:
        """Return the history whose PDFs are named after this key; `None` if there is none."""
        return self._by_key.get(key) or _synthetic("patent_number", key, switches)

    def numbers(self) -> list[str]:
        """Return the patent numbers of all histories, to show what can be asked for; the made-up one is the last."""
        return [history.patent_number for history in self._by_key.values()]


def _synthetic(by: IdentifierField, name: str, switches: Switches) -> RecordedHistory | None:
    """Return the made-up history of that name; `None` if the switch does not allow it."""
    number = synthetic.synthetic_index(by, name) if switches.synthetic else None
    if number is None or not 1 <= number <= switches.synthetic:
        return None
    return synthetic.synthetic_history(number, switches.synthetic_documents)
