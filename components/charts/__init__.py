"""The timeline of file histories as a plotly figure: tables in, a plain dict out. Nothing here loads or stores data.

`timeline` draws it; `ready` and `config_for` make what `st.plotly_chart` is given beside it.
"""

from components.charts.config import CONFIG, config_for, ready
from components.charts.scene import MOST_SVG
from components.charts.timeline import timeline

__all__ = ["CONFIG", "MOST_SVG", "config_for", "ready", "timeline"]
