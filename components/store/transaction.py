"""One transaction of the store: its connection, whose data it reads and writes, and its time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self, TypeVar, overload

from sqlalchemy import Connection, CursorResult, Executable
from sqlalchemy.sql.selectable import TypedReturnsRows

from components.store.partitions import partition_in

_Columns = TypeVar("_Columns", bound=Any)
_Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class StoreTransaction:
    """One reading of the database, or one writing that is committed whole or not at all."""

    connection: Connection
    source: str
    """Whose data are read and written, see `partitions`."""
    now: datetime
    """The time of this machine (UTC) when the transaction began."""

    @property
    def service(self) -> str:
        """The service whose data are read and written: `sandbox`, or its base address."""
        return partition_in(self.source).service

    @property
    def workspace(self) -> str:
        """The walled-off workspace whose data are read and written; empty for the one that all others share."""
        return partition_in(self.source).workspace

    def within(self, source: str) -> Self:
        """Return the same transaction for the data of another source."""
        return replace(self, source=source)

    def of_service(self) -> Self:
        """Return the same transaction for what belongs to the service as a whole."""
        return self.within(self.service)

    @overload
    def execute(
        self, statement: TypedReturnsRows[_Columns], values: Mapping[str, Any] | None = None
    ) -> CursorResult[_Columns]: ...

    @overload
    def execute(self, statement: Executable, values: _Values | None = None) -> CursorResult[Any]: ...

    def execute(self, statement: Executable, values: _Values | None = None) -> CursorResult[Any]:
        """Run a statement: once, with values for its parameters or with none, or once for each of several rows."""
        return self.connection.execute(statement, values)
