"""Draws the pictures of the empty page anew. Run: `python -m tests.pictures`.

They show the timeline of a file history of the sandbox, drawn by the app's own chart in Chromium, once for each theme.
"""

import base64
import json
import re
import sys
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import streamlit
from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from plotly.io.json import to_json_plotly
from plotly.offline import get_plotlyjs

from components.charts import timeline
from components.prosecution import read_history
from components.sandbox.recordings import recorded_histories
from components.ui.review.first_use_picture import PICTURES, SHOWN, SIZE
from tests.conftest import find_chromium
from tests.seeding import history_of

_SCALE: Final = 2
"""Pixels of the picture for each of the page, so that it is sharp on fine screens."""
_DAY: Final = date(2020, 1, 1)
"""Any day: the file has ended, so that no line of today is drawn."""
_ROOM: Final = 0.06
"""Share of the axis that is added at its end, where words stand beside the last events."""
_PAGE: Final = """<!doctype html><meta charset="utf-8">
<style>
@font-face { font-family: page; src: url(data:font/woff2;base64,FONT); font-weight: 200 900; }
body { margin: 0; font-family: page; }
</style>
<div id="chart">&nbsp;</div>"""
_DRAW: Final = """async ([figure, width, height, room]) => {
    await document.fonts.load("14px page");
    document.getElementById("chart").textContent = "";
    const font = { ...figure.layout.font, family: "page" };
    const layout = { ...figure.layout, width, height, font, showlegend: false };
    layout.margin = { ...layout.margin, t: 6, b: 24, r: 4 };
    await Plotly.newPlot("chart", figure.data, layout, { staticPlot: true });
    const { range } = document.getElementById("chart")._fullLayout.xaxis;
    const [first, last] = range.map((day) => new Date(day).getTime());
    await Plotly.relayout("chart", { "xaxis.range": [first, last + room * (last - first)] });
    // The labels are laid out for a wider chart: those that would lie over a mark or another label are left out.
    const meets = (one, other) => one.left < other.right - 2 && other.left < one.right - 2
        && one.top < other.bottom - 2 && other.top < one.bottom - 2;
    const taken = [...document.querySelectorAll(".scatterlayer .point")].map((mark) => mark.getBoundingClientRect());
    for (const label of document.querySelectorAll(".scatterlayer .textpoint text")) {
        const box = label.getBoundingClientRect();
        if (taken.some((other) => meets(box, other))) label.remove();
        else taken.push(box);
    }
}"""


def drawn(browser: Browser, *, dark: bool) -> Image.Image:
    """Return the picture for a theme."""
    shown = re.sub(r"[ ,]", "", SHOWN)
    history = history_of(next(each for each in recorded_histories() if each.patent_number == shown))
    tables = read_history(history)
    [key] = tables.histories["history"].unique()
    figure: dict[str, Any] = timeline(
        tables.documents, order=[key], titles={key: SHOWN}, dark=dark, rounds=tables.rounds, turns=tables.turns,
        histories=tables.histories, today=_DAY,
    )  # fmt: skip
    page = browser.new_page(viewport=dict(zip(("width", "height"), SIZE, strict=True)), device_scale_factor=_SCALE)  # type: ignore[arg-type]
    page.set_content(_PAGE.replace("FONT", _font()))
    page.add_script_tag(content=get_plotlyjs())
    page.evaluate(_DRAW, [json.loads(to_json_plotly(figure)), *SIZE, _ROOM])
    shot = page.screenshot()
    page.close()
    return Image.open(BytesIO(shot)).convert("RGB")


def _font() -> str:
    """Return the font of the app's pages, in base64."""
    [file] = (Path(streamlit.__file__).parent / "static" / "static" / "media").glob("SourceSansVF-Upright*.woff2")
    return base64.b64encode(file.read_bytes()).decode()


def main() -> None:
    """Write both pictures."""
    chromium = find_chromium()
    if chromium is None:
        sys.exit("The pictures are drawn by a Chromium on the PATH (Debian: apt-get install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for theme, path in PICTURES.items():
            Path(path).parent.mkdir(exist_ok=True)
            drawn(browser, dark=theme == "dark").save(path, "WEBP", quality=82, method=6)
            print(f"{path.name}: {path.stat().st_size:,} bytes")  # noqa: T201
        browser.close()


if __name__ == "__main__":
    main()
