"""Whose data a row is of: a service, and of one service the workspace that all share or one that is walled off.

The column `source` of every table holds both as one text, a partition: every query that keeps sources apart keeps
workspaces apart with them, and none can forget to. The workspace that all share has the address of the service itself,
so that what was kept before there were others is its own. What belongs to the service as a whole (its pace, its facts,
caps of people) is kept under that address, too.
"""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from sqlalchemy import Column, ColumnElement, func, or_

SEPARATOR = "#"
"""Stands between service and workspace: no address of a service holds it, and no workspace's name as it is written."""


class Partition(NamedTuple):
    """A workspace of a service."""

    service: str
    """`sandbox`, or the base address of the service."""
    workspace: str
    """Name of the walled-off workspace; empty for the one that all others share."""


def source_of(partition: Partition) -> str:
    """Return what the column `source` holds for a partition.

    Two names that differ anywhere, be it in case or in an accent, are two workspaces.

    Raises:
        ValueError: the name of the service holds the separator, or that of the workspace no text that can be kept.
    """
    if SEPARATOR in partition.service:
        raise ValueError(f"the address of a service holds no {SEPARATOR}")
    if not partition.workspace:
        return partition.service
    if "\0" in partition.workspace:
        raise ValueError("a workspace's name holds no control characters")
    try:
        return partition.service + SEPARATOR + quote(partition.workspace, safe="")
    except UnicodeEncodeError:
        raise ValueError("a workspace's name is a text") from None


@lru_cache(maxsize=256)
def partition_in(source: str) -> Partition:
    """Return the partition that the column `source` holds."""
    service, _, workspace = source.partition(SEPARATOR)
    return Partition(service, unquote(workspace))


def of_service(source: Column[str], service: str) -> ColumnElement[bool]:
    """Return the condition that a row is of a service, whichever the workspace.

    No pattern: in the address of a service `%` and `_` are ordinary characters, and its case counts.
    """
    start = service + SEPARATOR
    return or_(source == service, func.substr(source, 1, len(start)) == start)
