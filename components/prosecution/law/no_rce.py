"""In which files a request for continued examination cannot be filed: `no_rce.csv` (37 CFR 1.114(e))."""

from components.prosecution.law.rule_files import AsciiPattern, Filled, read_rule_table
from components.rule_tables import Row


class NoRce(Row):
    """Numbers of files in which no RCE can be filed: one row of `no_rce.csv`."""

    office: Filled
    number: AsciiPattern
    """How their numbers look, without the office."""
    what: Filled
    """What such a file is, with its article."""
    source: Filled


def no_rce_in(office: str, number: str) -> NoRce | None:
    """Return the rule by which no RCE can be filed in a file; `None` if none is known.

    Args:
        office: two letters.
        number: application or control number as the service writes it (`US29/550001`).

    Raises:
        RuleTableBroken: a pattern cannot be read.
    """
    bare = number.strip().upper().removeprefix(office).strip()
    rows = read_rule_table("no_rce.csv", NoRce)
    return next((row for row in rows if row.office == office and row.number.match(bare)), None)
