"""Figures from tables: plain functions, a table in and a plain dict figure out. Nothing here loads anything."""

from components.charts.ready import ready
from components.charts.timeline import CONFIG, timeline
from components.charts.traces import MOST_SVG

__all__ = ["CONFIG", "MOST_SVG", "ready", "timeline"]
