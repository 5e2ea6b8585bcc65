"""How long a timeline takes with Streamlit's own serialising. Run: `python -m tests.bench.bench_figure`."""

from datetime import date

import plotly.io
import plotly.tools

from components.charts import timeline, unchecked
from components.prosecution import read_history
from tests.bench.bench_reading import synthetic, timed

TODAY = date(2026, 1, 2)


def serialise(figure) -> str:
    """Do what `st.plotly_chart` does with a figure."""
    checked = plotly.tools.return_figure_from_figure_or_data(figure, validate_figure=True)
    return plotly.io.to_json(checked, validate=False)


def main() -> None:
    """Print the numbers for figures of about 1,000 and 10,000 events, each document an event of its own."""
    plotly.io.json.config.default_engine = "json"  # as the page sets it
    for count in (1_000, 10_000):
        history = synthetic(count)
        tables = read_history(history)
        arguments = {"order": [history.name], "titles": {history.name: history.patent_number}, "dark": False}

        whole = {"rounds": tables.rounds, "turns": tables.turns, "histories": tables.histories, "today": TODAY}
        views = {
            "": {},
            f", {len(tables.rounds):,} rounds": {"rounds": tables.rounds},
            ", rounds, turns and today": whole,
            ", the same in months": whole | {"axis": "months", "align": "first_action"},
        }
        for name, view in views.items():

            def build(tables=tables, arguments=arguments, view=view):
                return timeline(tables.documents, all_documents=True, **arguments, **view)

            events = sum(len(trace["customdata"]) for trace in build()["data"] if "customdata" in trace)
            kilobytes = len(serialise(build())) / 1000
            timed(f"building {events:,} events{name}", build)
            timed(f"  checked and written ({kilobytes:,.0f} kB)", lambda build=build: serialise(build()))
            timed("  written unchecked", lambda build=build: serialise(unchecked(build())))


if __name__ == "__main__":
    main()
