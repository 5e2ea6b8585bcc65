"""Pictures as plotly figures: tables in, a plain dict out. Nothing here loads or stores data.

`timeline` draws file histories, and `event_of_paper` says where a paper is on it; `spend_by_day` draws what was spent.
`unchecked` and `plotly_config` prepare a figure for `st.plotly_chart`.
"""

from components.charts.axis import Align
from components.charts.config import PLOTLY_CONFIG, plotly_config, unchecked
from components.charts.events import event_of_paper
from components.charts.scene import MAX_SVG_MARKERS
from components.charts.spend_by_day import spend_by_day
from components.charts.timeline import timeline

__all__ = [
    "MAX_SVG_MARKERS",
    "PLOTLY_CONFIG",
    "Align",
    "event_of_paper",
    "plotly_config",
    "spend_by_day",
    "timeline",
    "unchecked",
]
