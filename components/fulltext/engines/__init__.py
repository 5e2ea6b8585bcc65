"""The engines that read scanned pages, and which of them this machine has."""

from components.fulltext.engines.engine import SCAN_DPI, Engine, EngineReading, Scan
from components.fulltext.engines.finding import find_engine

__all__ = ["SCAN_DPI", "Engine", "EngineReading", "Scan", "find_engine"]
