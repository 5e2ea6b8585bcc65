"""The tables as queries see them. How they come to be is in `migrations`; a test checks that the two agree.

Every table has a `source`, so that the sandbox and real accounts, or two services, or two walled-off workspaces of one
service, never mix: `sandbox` or the base address of the service, and for a walled-off workspace that address, `#` and
its name (`partitions` alone makes and reads it). Links get theirs through their file history, texts of pages and what
was found in them through their paper. What is common to a service (`facts`, `paces`, `person_caps`) is kept under its
address alone; processes and login sessions belong to the whole store. Times are UTC.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
)


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in Python, always UTC in the database (SQLite keeps no zone, so it gets none)."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return a time in UTC, and refuse one without a zone: nobody could say later which it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time must carry its zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


metadata = MetaData()

versions = Table("store_schema", metadata, Column("version", Integer, nullable=False))

histories = Table(
    "histories",
    metadata,
    # On SQLite only an INTEGER primary key is the row id, and so numbered by itself.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("source", Text, nullable=False),
    Column("key", Text, nullable=False),
    # "kept" is what is shown; "begun" is a refresh of a complete history that is paid for in part.
    Column("standing", Text, nullable=False),
    Column("apno", Text, nullable=False),
    Column("patent_number", Text, nullable=False),
    Column("patent_id", Text, nullable=False),
    Column("told", BigInteger, nullable=False),
    Column("held", Integer, nullable=False),
    Column("complete", Boolean(create_constraint=False), nullable=False),
    Column("retrieved", Moment, nullable=False),
    Column("findings", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("documents", LargeBinary, nullable=False),
)

aliases = Table(
    "aliases",
    metadata,
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    # Whether the name is, or once was, the key: a key leads to its history for ever.
    Column("given", Boolean(create_constraint=False), nullable=False),
    # Several histories may have a name; it leads to one of them.
    Column("leads", Boolean(create_constraint=False), nullable=False),
)

links = Table(
    "links",
    metadata,
    Column("history", ForeignKey("histories.id", ondelete="CASCADE"), primary_key=True),
    Column("expires", Moment, primary_key=True),
    # A JSON object: address by document id.
    Column("urls", Text, nullable=False),
)

absences = Table(
    "absences",
    metadata,
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

ledger = Table(
    "ledger",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("at", Moment, nullable=False),
    # When the number was reserved, repeated on every row: it counts for this day and month.
    Column("reserved_at", Moment, nullable=False),
    Column("user", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("run", Text, nullable=False),
    Column("request_id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("state", Text, nullable=False),
    # The state before, as in double-entry bookkeeping: numbers in state S are rows into S less rows out of S.
    Column("previous", Text),
    # The process that reserved it, so that others can find out when it has ended.
    Column("process", Text, nullable=False),
    Column("note", Text, nullable=False),
    # Both parts of `source`: caps count the charges of a service, whichever the workspace.
    Column("service", Text, nullable=False),
    Column("workspace", Text, nullable=False),
)

# Calls that were reserved and not settled yet: few, so that those of dead processes are found without a search.
calls_under_way = Table(
    "calls_under_way",
    metadata,
    Column("source", Text, primary_key=True),
    Column("request_id", Text, primary_key=True),
    Column("process", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("source", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    # The process of the holder: a lease ends with it.
    Column("process", Text, nullable=False),
    # Names of one office in different fields may be one application: see `leases`.
    Column("office", Text, nullable=False),
    Column("field", Text, nullable=False),
)

processes = Table(
    "processes",
    metadata,
    Column("process", Text, primary_key=True),
    # Grows for as long as the process lives. No time of day: the clocks of two machines need not agree.
    Column("beat", BigInteger, nullable=False),
)

look_ups = Table(
    "look_ups",
    metadata,
    Column("source", Text, primary_key=True),
    Column("run", Text, primary_key=True),
    Column("user", Text, nullable=False),
    Column("process", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    # Empty while it runs.
    Column("ended_at", Moment),
    Column("state", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("refresh", Boolean(create_constraint=False), nullable=False),
    # A JSON list: each number as it was typed and as it was read.
    Column("numbers", Text, nullable=False),
    Column("held", Integer, nullable=False),
    Column("calls", Integer, nullable=False),
    # Whether its numbers were taken up again, or its person wants to hear no more of it.
    Column("settled", Boolean(create_constraint=False), nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("source", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

pdfs = Table(
    "pdfs",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("source", Text, nullable=False),
    # The key of the file history, not the id of its row: a refresh replaces the row, and the papers stay the same.
    Column("history", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("kept_at", Moment, nullable=False),
    Column("used_at", Moment, nullable=False),
    # The last column, so that reading the others never touches the pages that hold it.
    Column("data", LargeBinary, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("source", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("history", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("read", Boolean(create_constraint=False), nullable=False),
    Column("note", Text, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

paces = Table(
    "paces",
    metadata,
    Column("source", Text, primary_key=True),
    # Which clock the times in the state are of.
    Column("clock", Text, nullable=False),
    Column("state", Text, nullable=False),
)

person_caps = Table(
    "person_caps",
    metadata,
    Column("source", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("per_day", Integer, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Text, primary_key=True),
    # Empty for a session that was ended before it was seen, and for one of a person who was deleted.
    Column("person", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("workspace", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment),
    # Empty while it lasts.
    Column("ended_at", Moment),
    Column("how", Text, nullable=False),
)

# A PDF of which pages are read, whichever documents it is of, and whether or not it is kept.
read_papers = Table(
    "read_papers",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("source", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    Column("read_at", Moment),
    # What its pages come to, as JSON, so that nobody counts them: see `page_texts`.
    Column("summary", Text, nullable=False),
)

paper_files = Table(
    "paper_files",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("source", Text, nullable=False),
    # As in `pdfs`: the key of the file history, which outlasts a refresh.
    Column("history", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("paper", ForeignKey("read_papers.id", ondelete="CASCADE"), nullable=False),
)

page_texts = Table(
    "page_texts",
    metadata,
    # The paper's id times 8,192, and the page: so an id alone says which page it is, and pages of a paper are together.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("outcome", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("confidence", Integer),
    Column("turned", Integer, nullable=False),
    Column("problem", Text, nullable=False),
    # What is searched: the tokens, with a blank between them.
    Column("tokens", Text, nullable=False),
    # The words with their places, as `page_words` packs them.
    Column("words", LargeBinary, nullable=False),
)

# What the rules of `content` found in a PDF, taken for a paper of a kind and a code.
paper_contents = Table(
    "paper_contents",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("paper", ForeignKey("read_papers.id", ondelete="CASCADE"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("code", Text, nullable=False),
    # By which rules it was found, and in which of its pages: with others it is out of date.
    Column("rules", Integer, nullable=False),
    Column("pages", Text, nullable=False),
    # The period for reply that the paper sets, where it was read surely; empty without one.
    Column("period_finding", Text, nullable=False),
    Column("period_months", Integer),
    Column("period_days", Integer),
    Column("period_page", Integer),
    # Compressed JSON.
    Column("content", LargeBinary, nullable=False),
)

# What people said of findings: right or wrong. Everyone's own, and seen by all of the workspace.
verdicts = Table(
    "verdicts",
    metadata,
    Column("source", Text, primary_key=True),
    Column("history", Text, primary_key=True),
    Column("document", Text, primary_key=True),
    Column("finding", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("is_right", Boolean(create_constraint=False), nullable=False),
    # What was marked, in words: it stays legible where the rules find it no more.
    Column("words", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
