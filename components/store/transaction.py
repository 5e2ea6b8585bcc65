"""One transaction of the store: its connection, whose data it reads and writes, and its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, overload

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.sql.selectable import TypedReturnsRows

_Columns = TypeVar("_Columns", bound=Any)
_Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StoreTransaction:
    """One reading of the database, or one writing that is committed whole or not at all."""

    connection: Connection
    source: str
    """Whose data are read and written: "sandbox", or the base address of the service."""
    now: datetime
    """The time of this machine (UTC) when the transaction began."""

    @overload
    def execute(
        self, statement: TypedReturnsRows[_Columns], values: Mapping[str, Any] | None = None
    ) -> CursorResult[_Columns]: ...

    @overload
    def execute(self, statement: Executable, values: _Values | None = None) -> CursorResult[Any]: ...

    def execute(self, statement: Executable, values: _Values | None = None) -> CursorResult[Any]:
        """Run a statement: once, with values for its parameters or with none, or once for each of several rows."""
        return self.connection.execute(statement, values)
