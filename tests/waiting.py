"""Waiting for a condition: a short look again and again, and an end with words."""

import time
from collections.abc import Callable

import pytest


def until(right: Callable[[], object], what: str, *, seconds: float = 30) -> None:
    """Wait until something is right; fail, saying what was waited for, if it does not come."""
    end = time.monotonic() + seconds
    while not right():
        if time.monotonic() > end:
            pytest.fail(f"{what} did not come within {seconds} s")
        time.sleep(0.005)
