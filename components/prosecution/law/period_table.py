"""The rules from which last days are computed, as a table for people."""

import pandas as pd

from components.prosecution.law.periods import Period, period_rows
from components.words import counted


def period_table() -> pd.DataFrame:
    """Return the periods that are computed, as a table for people.

    Returns:
        Columns `office`, `category` (name in `categories.csv`), `codes` and `titles` (parts of a title; both empty: any
        of the category), `since`, `until` (dates of the paper, empty: without limit), `period` ("3 months"),
        `runs_from` ("notification" or "date of the paper"), `extension` ("up to 3 months", "none", "only under 37 CFR
        1.550(c)"), `bar` ("6 months" or empty), `authority`, `note`.

    Raises:
        RuleTableBroken: `periods.csv` contradicts itself.
    """
    return pd.DataFrame(
        [
            {
                "office": row.office,
                "category": row.category.table_name,
                "codes": ", ".join(row.codes),
                "titles": ", ".join(row.words),
                "since": str(row.since or ""),
                "until": str(row.until or ""),
                "period": _length_in_words(row),
                "runs_from": "notification" if row.notified else "date of the paper",
                "extension": _extension_in_words(row),
                "bar": f"{row.bar_months} months" if row.bar_months else "",
                "authority": row.authority,
                "note": row.note,
            }
            for row in period_rows()
            if row.is_computed
        ],
        dtype="str",
    )


def _extension_in_words(period: Period) -> str:
    if period.extension_rule:
        return f"only under {period.extension_rule}"
    return f"up to {period.extension} months" if period.extension else "none"


def _length_in_words(period: Period) -> str:
    months = counted(period.months, "month") if period.months else ""
    days = f"{period.days} days" if period.days else ""
    return f"{months} or {days}, whichever is longer" if months and days else months or days
