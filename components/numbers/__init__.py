"""Numbers: from what people type, paste and upload to what the service is asked.

`parse` and `read_upload` return a list of `Number`, each understood (one `Reading`), ambiguous (several: `choose` one),
refused (with a reason) or doubled; `read_typed` and `read_list` return a `NumberList`, which also says what of a table
was left. Nothing here asks the service. There is one module for each office family (`us`,
`ep`, `wo`, `jp`, `kr`, `de`, `cn`, `other`), each with one `find` of the type `office.Finder`; rules are tables in
`tables/`, which `check_rule_tables` checks.
"""

from components.numbers.doubles import choose, mark_doubles
from components.numbers.effort import MOST_NUMBERS
from components.numbers.errors import NotACandidate, NotSettled, NumbersError, TextRefused, UploadRefused
from components.numbers.lists import MOST_CHARACTERS, NumberList, parse, read_text, read_typed
from components.numbers.model import Number, NumberField, NumberKind, Reading, Standing
from components.numbers.offices.display import display_form
from components.numbers.offices.forms import KnownForm, known_forms
from components.numbers.rule_check import check_rule_tables
from components.numbers.uploads import read_list, read_upload

__all__ = [
    "MOST_CHARACTERS",
    "MOST_NUMBERS",
    "KnownForm",
    "NotACandidate",
    "NotSettled",
    "Number",
    "NumberField",
    "NumberKind",
    "NumberList",
    "NumbersError",
    "Reading",
    "Standing",
    "TextRefused",
    "UploadRefused",
    "check_rule_tables",
    "choose",
    "display_form",
    "known_forms",
    "mark_doubles",
    "parse",
    "read_list",
    "read_text",
    "read_typed",
    "read_upload",
]
