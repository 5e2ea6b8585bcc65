"""How long a timeline takes with Streamlit's own serialising. Run: `python -m tests.bench.bench_figure`."""

import plotly.io
import plotly.tools

from components.charts import timeline
from components.prosecution import read
from tests.bench.bench_reading import synthetic, timed


def main() -> None:
    """Print the numbers for figures of about 1,000 and 10,000 events, each document an event of its own."""
    plotly.io.json.config.default_engine = "json"  # as the page sets it
    for count in (1_000, 10_000):
        history = synthetic(count)
        documents = read(history).documents
        arguments = {"order": [history.name], "titles": {history.name: history.patent_number}, "dark": False}

        def build(documents=documents, arguments=arguments):
            return timeline(documents, all_documents=True, **arguments)

        def build_and_serialise(build=build) -> str:
            figure = plotly.tools.return_figure_from_figure_or_data(build(), validate_figure=True)
            return plotly.io.to_json(figure, validate=False)

        events = sum(len(trace["x"]) for trace in build()["data"])
        kilobytes = len(build_and_serialise()) / 1000
        timed(f"building {events:,} events", build)
        timed(f"  with Streamlit's serialising ({kilobytes:,.0f} kB)", build_and_serialise)


if __name__ == "__main__":
    main()
