"""How long the server works on a filter click. Run: `python -m tests.bench.bench_rerun [repeats]`.

Printed are milliseconds of one run of Streamlit's script runner in this process: from taking the request, through the
callbacks, to the last message queued for the browser. Not in them: writing the messages to the socket, which happens
beside the script, and the collecting of garbage after it (`runner.postScriptGC`). A click of a filter on the Review
page runs its fragment alone, as in a browser; "whole script" is a click elsewhere on the page, and all that the naive
page knows. `med.` and `min` passed on a clock; `CPU` is the median of what the script's thread used, which other
programs on the machine disturb less, and from which the ratios are.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.testing.v1 import AppTest, app_test
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

from components.desk import close_desk
from tests.bench.long_histories import CODE, fill_store, long_histories, numbers_of, write_csv
from tests.conftest import ROOT

PAGE = ROOT / "components" / "ui" / "main.py"
NAIVE = ROOT / "tests" / "bench" / "naive_page.py"
AIMS = {1_000: 50, 10_000: 120}
"""Documents → milliseconds."""
SIZES = ((1_000, 1), (10_000, 1), (10_000, 30))
"""Documents in all, and in how many file histories."""
CODES_FILTER = "filter_codes"
FOLLOW_SWITCH = "timeline_follows"
WARM_UP = 2
_RUNNER = "LocalScriptRunner"
"""The name under which `AppTest` finds what runs its scripts."""


@dataclass
class Runs:
    """Milliseconds of the runs so far, and what the last one sent to the browser."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    messages: list[ForwardMsg] = field(default_factory=list)
    fragment: str | None = None
    """The fragment that the next runs run; `None` for the whole script."""


@contextmanager
def timed_runs() -> Iterator[Runs]:
    """Let each run of an `AppTest` be timed, and run one fragment alone where that is wanted."""
    runs = Runs()

    class Timed(LocalScriptRunner):
        def _run_script(self, rerun_data: RerunData) -> None:
            if runs.fragment:
                rerun_data = replace(rerun_data, fragment_id_queue=[runs.fragment])
            wall, cpu = time.perf_counter(), time.thread_time()
            super()._run_script(rerun_data)
            runs.wall.append((time.perf_counter() - wall) * 1000)
            runs.cpu.append((time.thread_time() - cpu) * 1000)
            runs.messages = self.forward_msgs()

    setattr(app_test, _RUNNER, Timed)
    try:
        yield runs
    finally:
        setattr(app_test, _RUNNER, LocalScriptRunner)


def open_app(script: Path, **address: str) -> AppTest:
    """Open a page as a visitor with this address does."""
    app = AppTest.from_file(str(script), default_timeout=120)
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    if app.exception:
        sys.exit(f"{script.name} fails: {app.exception[0].value}")
    return app


def fragment_of(runs: Runs) -> str:
    """Give the id of the fragment in which the filter of codes stands, as a browser would send it."""
    for message in runs.messages:
        element = message.delta.new_element
        if message.delta.fragment_id and element.multiselect.id.endswith(CODES_FILTER):
            return str(message.delta.fragment_id)
    sys.exit("The filter of codes stands in no fragment.")


def click(app: AppTest, runs: Runs, *, repeats: int) -> tuple[Runs, Runs]:
    """Put the filter of codes on and take it off so often, and give the runs of each."""
    on, off = Runs(), Runs()
    for turn in range(repeats + WARM_UP):
        for found, codes in ((on, [CODE]), (off, [])):
            runs.wall.clear()
            runs.cpu.clear()
            next(each for each in app.multiselect if each.key.endswith(CODES_FILTER)).set_value(codes).run()
            if app.exception:
                sys.exit(f"A click fails: {app.exception[0].value}")
            if turn >= WARM_UP:
                found.wall.append(sum(runs.wall))
                found.cpu.append(sum(runs.cpu))
    return on, off


def printed(label: str, clicks: tuple[Runs, Runs], *, aim: int | None = None) -> tuple[float, float]:
    """Print a row and give the medians of CPU, on and off."""
    cells = "".join(
        f"{statistics.median(found.wall):10.0f}{min(found.wall):6.0f}{statistics.median(found.cpu):6.0f}"
        for found in clicks
    )
    wanted = "" if aim is None else f"{aim:5d}"
    print(f"  {label:42s}{cells}{wanted}", flush=True)  # noqa: T201
    on, off = (statistics.median(found.cpu) for found in clicks)
    return on, off


def main() -> None:
    """Print the numbers."""
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    for name in [name for name in os.environ if name.startswith(("PATSNAP_", "REVIEW_"))]:
        del os.environ[name]
    print(f"One click of the filter {CODE}: ms on the server, of {repeats} clicks on and {repeats} off")  # noqa: T201
    head = "".join(f"{what:>10s}{'min':>6s}{'CPU':>6s}" for what in ("on: med.", "off: med."))
    print(f"{'':44s}{head}{'aim':>5s}")  # noqa: T201
    for documents, files in SIZES:
        with tempfile.TemporaryDirectory() as folder, timed_runs() as runs:
            bench(Path(folder), runs, documents=documents, files=files, repeats=repeats)


def bench(folder: Path, runs: Runs, *, documents: int, files: int, repeats: int) -> None:
    """Print the rows of one size."""
    histories = long_histories(documents, files=files)
    of = "one file history" if files == 1 else f"{files} file histories"
    print(f"{documents:,} documents of {of}")  # noqa: T201
    os.environ["REVIEW_STORE_URL"] = fill_store(folder / "data" / "store.db", histories)
    os.environ["NAIVE_DOCUMENTS"] = str(folder / "documents.csv")
    write_csv(folder / "documents.csv", histories)
    close_desk()
    runs.fragment = None
    app = open_app(PAGE, patents=numbers_of(histories))
    whole = click(app, runs, repeats=repeats)
    runs.fragment = fragment_of(runs)
    ours = printed("the filter: fragment, key events", click(app, runs, repeats=repeats), aim=AIMS[documents])
    app.session_state[FOLLOW_SWITCH] = True
    printed("the filter: fragment, timeline filtered too", click(app, runs, repeats=repeats))
    printed("a click elsewhere: whole script", whole)
    close_desk()
    runs.fragment = None
    naive = printed("naive page: whole script", click(open_app(NAIVE), runs, repeats=repeats))
    print(f"  naive : ours (CPU) = {naive[0] / ours[0]:.1f} on, {naive[1] / ours[1]:.1f} off")  # noqa: T201


if __name__ == "__main__":
    main()
