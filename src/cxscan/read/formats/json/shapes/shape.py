"""The interface of a shape: recognise that the values of a source are no records yet, and make records of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

Expand = Callable[[object], Iterator[object]]
"""One value of the source → the records in it; `Aside` and `NoRecord` among them say what is none."""


@dataclass(frozen=True, slots=True)
class Aside:
    """Something about the records, such as the number of the page: it is passed over, and counted."""


@dataclass(frozen=True, slots=True)
class NoRecord:
    """Something that should be a record and is none, with the reason."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Options of the command line, as far as shapes need it."""

    columns: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    """Names for rows that have none: given, or found elsewhere in the document."""
    numbered: bool = False
    """Rows have no header: columns are called by their numbers."""
    inside: tuple[str, ...] = ()
    """Keys that lead to the records inside each value, asked for with `--json-path`."""

    def without_path(self) -> Wanted:
        """The same for the records inside, where the path has led already."""
        return replace(self, inside=())


class Shape(Protocol):
    """A shape; `SHAPES` lists all of them."""

    @property
    def name(self) -> str:
        """One word for messages and tests."""
        ...

    @property
    def title(self) -> str:
        """As docs/how-to/scan-an-export.md names it."""
        ...

    def recognise(self, values: Sequence[object], wanted: Wanted) -> Expand | None:
        """Return how records are made of the values, None if these are of another shape.

        Raises UsageError where several readings are as likely.
        """
        ...
