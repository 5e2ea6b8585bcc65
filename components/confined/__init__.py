"""Processes of their own for what opens hostile files: bounded, without secrets, ended from outside."""

from components.confined.processes import NoAnswer, Processes, WhyNoAnswer

__all__ = ["NoAnswer", "Processes", "WhyNoAnswer"]
