"""Figures from tables: plain functions, a table in and a plain dict figure out. Nothing here loads anything."""

from components.charts.config import CONFIG, config_for
from components.charts.ready import ready
from components.charts.timeline import timeline
from components.charts.traces import MOST_SVG

__all__ = ["CONFIG", "MOST_SVG", "config_for", "ready", "timeline"]
