"""The store: an SQLite file to which jobs append runs, several at once if need be.

A run is in it whole or not at all: it is one transaction, and SQLite rolls back what a killed process left half done
(rollback journal, https://www.sqlite.org/atomiccommit.html). `BEGIN IMMEDIATE` takes the write lock before the first
look, so of two writers with the same run the second one finds it there.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import CxscanError, OutputError, UsageError
from cxscan.summary.stored import from_text, to_text, view

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cxscan.summary import Summary

VERSION = 1
"""Of the tables; in the file as `user_version`."""

APPLICATION = int.from_bytes(b"cxsc", "big")
"""In the file as `application_id`: it tells our databases from others."""

PATIENCE = 30.0
"""Seconds that a writer waits for the others."""

_TABLE = """
CREATE TABLE run (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    input TEXT NOT NULL,
    view TEXT NOT NULL,
    summary TEXT NOT NULL,
    UNIQUE (view, input)
)
"""


class StoredRun(NamedTuple):
    """One run as it is kept."""

    number: int
    """1, 2, … in the order in which runs were added."""
    at: str
    """The day or moment it stands for, ISO 8601."""
    summary: Summary


class Added(NamedTuple):
    """The place of a run in the store."""

    number: int
    at: str
    new: bool
    """Whether it was not there before."""


def append(store: Path, summary: Summary, *, at: str, source: str = "") -> Added:
    """Add a run, unless it is there; make the store if need be.

    `summary` is one `without_words`; `source` is the hash of the comments it was made of, "" if nobody knows. A run is
    there already when another says the same by the same rules, of the same comments; where nobody knows of which, of
    inputs of the same names. Raises OutputError; the store is then as it was.
    """
    shown = view(summary)
    with _writing(store) as database:
        known = _known(store, database, summary, source)
        if known is not None:
            return Added(known.number, known.at, new=False)
        row = (at, source, shown, to_text(summary))
        added = database.execute("INSERT INTO run (at, input, view, summary) VALUES (?, ?, ?, ?)", row)
        return Added(added.lastrowid or 0, at, new=True)


def _known(store: Path, database: sqlite3.Connection, summary: Summary, source: str) -> StoredRun | None:
    """The run that is this one; None where it is new."""
    like = database.execute(
        "SELECT number, at, summary FROM run WHERE view = ? AND (input = '' OR ? = '') ORDER BY number LIMIT 1",
        (view(summary), source),
    ).fetchall()
    same = database.execute(
        "SELECT number, at, summary FROM run WHERE input = ? AND input <> '' ORDER BY number", (source,)
    ).fetchall()
    figures = view(summary, names=False)
    found = (_run(store, *row) for row in (*like, *same))
    return next((run for run in found if view(run.summary, names=False) == figures), None)


def runs(store: Path) -> list[StoredRun]:
    """Every run, by the day it stands for. Raises UsageError when the store cannot be read."""
    if not store.is_file():
        raise UsageError(f"{store}: no history here yet; add a run with: cxscan history add FILE --store {store}")
    with _trouble(store, UsageError), closing(_connected(store, "rw")) as database:
        _check(store, database, UsageError)
        if not database.execute("PRAGMA user_version").fetchone()[0]:  # its first writer was killed
            return []
        rows = database.execute("SELECT number, at, summary FROM run ORDER BY at, number").fetchall()
    return [_run(store, *row) for row in rows]


def _run(store: Path, number: int, at: str, text: str) -> StoredRun:
    try:
        return StoredRun(number, at, from_text(text))
    except (ValueError, KeyError, TypeError):
        raise UsageError(f"{store}: run {number} cannot be read: it was changed by another program") from None


@contextmanager
def _writing(store: Path) -> Iterator[sqlite3.Connection]:
    """The store with the write lock held; what was done is committed when the block ends well."""
    with _trouble(store, OutputError):
        _make(store)
        with closing(_connected(store, "rw")) as database:
            database.execute("BEGIN IMMEDIATE")  # without a commit, closing takes everything back
            _check(store, database, OutputError)
            if not database.execute("PRAGMA user_version").fetchone()[0]:
                database.execute(_TABLE)
                database.execute(f"PRAGMA application_id = {APPLICATION}")
                database.execute(f"PRAGMA user_version = {VERSION}")
            yield database
            database.execute("COMMIT")


def _make(store: Path) -> None:
    """The file, for its owner only, and its folder; both stay as they are when they are there."""
    store.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(store, os.O_RDWR | os.O_CREAT, 0o600))


def _connected(store: Path, mode: str) -> sqlite3.Connection:
    address = f"{store.absolute().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None)


def _check(store: Path, database: sqlite3.Connection, kind: type[CxscanError]) -> None:
    """Refuse a database that is not ours, or that is of a newer cxscan."""
    names = ("user_version", "application_id")
    version, application = (database.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if application != APPLICATION and (tables or version):
        raise kind(f"{store}: is the database of another program; name another file with --store")
    if version > VERSION:
        raise kind(f"{store}: was written by a newer cxscan; upgrade, or name another file with --store")


@contextmanager
def _trouble(store: Path, kind: type[CxscanError]) -> Iterator[None]:
    """Raise errors of the disk and of SQLite as errors of ours."""
    try:
        yield
    except OSError as error:
        raise kind(f"{store}: the history cannot be opened: {(error.strerror or str(error)).lower()}") from None
    except sqlite3.Error as error:
        remedy = "try again" if "locked" in str(error) else "it is as it was; name another file with --store"
        raise kind(f"{store}: the history cannot be used: {error}; {remedy}") from None
