"""Which files of Streamlit's own code are fetched before the first chart."""

import json
from pathlib import Path

import pytest
import streamlit as st

from components.ui.app.chart_code import ChartCode, chart_code

STATIC = Path(st.__file__).parent / "static"


def test_the_installed_streamlit_has_the_files() -> None:
    """Chart and table are among them, each file is there, and the chart's is plotly: the largest by far."""
    code = chart_code()
    assert [name for name in ("PlotlyChart", "DataFrame") if any(f"/{name}." in part for part in code.parts)] == [
        "PlotlyChart",
        "DataFrame",
    ]
    assert set(code.parts) <= set(code.files)
    sizes = {file: (STATIC / file).stat().st_size for file in code.files}
    assert max(sizes, key=lambda file: sizes[file]) == code.parts[0]
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert [file for file in code.files if file in page] == []


def test_imports_are_followed_and_what_the_page_has_is_left_out(tmp_path: Path) -> None:
    """A made-up list: the chart imports a helper, the helper the page's own code and back."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(
        json.dumps(
            {
                "index.html": {"file": "js/index.js", "imports": ["_own.js"]},
                "_own.js": {"file": "js/own.js", "name": "own"},
                "PlotlyChart.tsx": {"file": "js/chart.js", "name": "PlotlyChart", "imports": ["_help.js", "_own.js"]},
                "_help.js": {"file": "js/help.js", "imports": ["index.html", "PlotlyChart.tsx"]},
            }
        ),
        encoding="utf-8",
    )
    assert chart_code(manifest) == ChartCode(parts=("js/chart.js",), files=("js/chart.js", "js/help.js"))


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"index.html": {}}', '{"index.html": {"file": "a"}, "x": {"name": "DataFrame"}}', "\x00"]
)
def test_another_list_of_files_fetches_nothing(tmp_path: Path, text: str) -> None:
    """A list that is missing, damaged or of another kind breaks nothing."""
    manifest = tmp_path / "manifest.json"
    manifest.write_text(text, encoding="utf-8")
    assert chart_code(manifest) == ChartCode()
    assert chart_code(tmp_path / "missing.json") == ChartCode()
