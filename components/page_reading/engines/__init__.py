"""The engines that read scanned pages, and which of them this machine has."""

from components.page_reading.engines.engine import SCAN_DPI, Engine, EngineReading, Scan
from components.page_reading.engines.finding import find_engine

__all__ = ["SCAN_DPI", "Engine", "EngineReading", "Scan", "find_engine"]
