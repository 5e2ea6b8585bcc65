"""`streamlit run` with a stopwatch: `python -m tests.bench.timed_server LOG SCRIPT [options of streamlit run]`.

Each run of a script or of a fragment adds a line to LOG: its milliseconds, from taking the request to the last message
queued for the browser, and those of them in which its thread was working. With `PLAIN_CHART=N` the Review page draws a
plain chart of N points where its timeline is.
"""

import os
import sys
import time
from pathlib import Path

from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.web.cli import main

from tests.bench.plain_chart import draw_plain_charts

_run_script = ScriptRunner._run_script


def time_runs(log: Path) -> None:
    """Let all runs of this process be timed."""

    def timed(self: ScriptRunner, rerun_data: RerunData) -> None:
        start, used = time.perf_counter(), time.thread_time()
        try:
            _run_script(self, rerun_data)
        finally:
            line = f"{(time.perf_counter() - start) * 1000:.1f} {(time.thread_time() - used) * 1000:.1f}\n"
            with log.open("a", encoding="utf-8") as file:
                file.write(line)

    ScriptRunner._run_script = timed  # type: ignore[method-assign]


if __name__ == "__main__":
    time_runs(Path(sys.argv[1]))
    if points := os.environ.get("PLAIN_CHART"):
        draw_plain_charts(int(points))
    main(["run", *sys.argv[2:]])
