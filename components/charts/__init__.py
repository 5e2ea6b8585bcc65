"""Figures from tables: plain functions, a table in and a plain dict figure out. Nothing here loads anything."""

from components.charts.config import CONFIG, config_for, ready
from components.charts.scene import MOST_SVG
from components.charts.timeline import timeline

__all__ = ["CONFIG", "MOST_SVG", "config_for", "ready", "timeline"]
