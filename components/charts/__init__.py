"""Pictures as plotly figures: tables in, a plain dict out. Nothing here loads or stores data.

`timeline` draws file histories, some of them in a `FileGroup`; `event_of_paper` says where a paper is on it, and
`suited_axis` which axis suits files. `grounds_figure` draws the grid of grounds of a file, `spend_by_day` what was
spent. `unchecked` and `plotly_config` prepare a figure for `st.plotly_chart`.
"""

from components.charts.axis import Align, event_names
from components.charts.axis_choice import suited_axis
from components.charts.config import PLOTLY_CONFIG, plotly_config, unchecked
from components.charts.events import event_of_paper
from components.charts.file_groups import GROUP_COLOURS, LONGEST_GROUP_NAME, FileGroup, group_by_history
from components.charts.grounds_grid import grounds_figure
from components.charts.scene import MAX_SVG_MARKERS
from components.charts.spend_by_day import spend_by_day
from components.charts.theme import DARK, LIGHT
from components.charts.timeline import timeline

__all__ = [
    "DARK",
    "GROUP_COLOURS",
    "LIGHT",
    "LONGEST_GROUP_NAME",
    "MAX_SVG_MARKERS",
    "PLOTLY_CONFIG",
    "Align",
    "FileGroup",
    "event_names",
    "event_of_paper",
    "grounds_figure",
    "group_by_history",
    "plotly_config",
    "spend_by_day",
    "suited_axis",
    "timeline",
    "unchecked",
]
