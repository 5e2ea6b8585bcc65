"""What descriptions of a megabyte cost. Run: `python -m tests.bench.bench_long_texts`.

Printed are the seconds of the Review page with one paper open, of the step to the next one, and of the report, for a
history of 24 papers whose descriptions have 100 and 1,000,000 characters. The sizes are asserted in
`tests/ui/test_long_texts.py`.
"""

import os
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.desk import close_desk, desk
from components.exports import Selection, html_of
from components.ui.review.reviewed import all_findings, reviewed_histories, summaries_of
from components.ui.review.timeline_view import TimelineSettings
from tests.conftest import ROOT
from tests.store.made import history

WORDS = "Non-Final Rejection of everything "
COUNT = 24


def report() -> bytes:
    """Make the report of all that is held."""
    opened = desk()
    held = opened.tables.of(opened.store.headlines())
    reviewed = reviewed_histories(opened.tables, opened.documents.tokens, held)
    today = datetime.now(UTC)
    selection = Selection(
        documents=reviewed.tables.documents.assign(read=False, note=""),
        histories=reviewed.tables.histories,
        rounds=reviewed.tables.rounds,
        titles=reviewed.numbers,
        findings=all_findings(opened.tables, reviewed.headlines),
        stories=summaries_of(opened.tables, reviewed.headlines),
        made=today,
    )
    settings = TimelineSettings(all_documents=True, axis="calendar", today=today.date())
    return html_of(selection, figure=settings.figure(reviewed, reviewed.tables.documents, dark=False))


def bench(folder: Path, length: int) -> None:
    """Print the row of one length."""
    os.environ["REVIEW_STORE_URL"] = f"sqlite:///{folder / 'data' / 'store.db'}"
    close_desk()
    made = history(count=COUNT)
    description = (WORDS * (length // len(WORDS) + 1))[:length]
    listed = replace(made.documents, description=(description,) * COUNT)
    desk().store.save(replace(made, documents=listed), names=["US11205304B2"])
    app = AppTest.from_file(str(ROOT / "components" / "ui" / "main.py"), default_timeout=600)
    app.query_params["patents"] = "US11205304B2"
    app.query_params["doc"] = "US14/706838 20180831-CTNF-1"
    start = time.perf_counter()
    app.run()
    opened = time.perf_counter()
    app.button(key="next_document").click().run()
    stepped = time.perf_counter()
    size = len(report())
    made_at = time.perf_counter()
    times = f"page {opened - start:6.2f} s, step {stepped - opened:6.2f} s, report {made_at - stepped:6.2f} s"
    print(f"{length:>9,} characters: {times}, {size / 1e6:.1f} MB", flush=True)  # noqa: T201
    close_desk()


def main() -> None:
    """Print the numbers."""
    for name in [name for name in os.environ if name.startswith(("PATSNAP_", "REVIEW_"))]:
        del os.environ[name]
    for length in (100, 1_000_000):
        with tempfile.TemporaryDirectory() as folder:
            bench(Path(folder), length)


if __name__ == "__main__":
    main()
