"""The timeline of file histories as a plotly figure: tables in, a plain dict out. Nothing here loads or stores data.

`timeline` draws it; `unchecked` and `plotly_config` prepare it for `st.plotly_chart`.
"""

from components.charts.axis import Align
from components.charts.config import PLOTLY_CONFIG, plotly_config, unchecked
from components.charts.scene import MAX_SVG_MARKERS
from components.charts.timeline import timeline

__all__ = ["MAX_SVG_MARKERS", "PLOTLY_CONFIG", "Align", "plotly_config", "timeline", "unchecked"]
