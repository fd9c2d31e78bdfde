"""`--format` and `-o` of every command: choices, suffixes, encoding and page come from the registry of its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

import typer

from cxscan.cli.options import OUTPUT
from cxscan.cli.output import deliver, emit, holds_blocks, wants_color, width
from cxscan.render import Page
from cxscan.render.formats import NamedFormat

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.cli.options import Writing
    from cxscan.render.formats import Formats, OutputFormat

R = TypeVar("R")
F = TypeVar("F", bound=NamedFormat)


@dataclass(frozen=True)
class FormatOption(Generic[F]):
    """Marks a parameter as `--format`: the command is given the name of a format of the registry.

    It is the one asked for, or else the one for the suffix of `-o`; UsageError comes before the command starts.
    """

    formats: Formats[F]
    by_output: bool = True
    """`-o` names the file of this result."""

    @property
    def annotation(self) -> object:
        """The option as typer takes it."""
        names, default = tuple(self.formats.by_name), self.formats.default.name
        rest = f"{default}, or by the name of FILE" if self.by_output else default
        text = f"Form of the {self.formats.result}; {rest}."
        return Annotated[Literal[names] | None, typer.Option("--format", rich_help_panel=OUTPUT, help=text)]

    def chosen(self, given: object, writing: Writing | None) -> str:
        """Return the name of the format. Raise UsageError for a suffix that is not known."""
        output = writing.output if writing is not None and self.by_output else None
        return self.formats.choose(None if given is None else str(given), output).name


def write(result: R, formats: Formats[OutputFormat[R]], name: str, writing: Writing) -> None:
    """Write a result in the format of that name where `-o` says: encoding, colour and width are those that fit."""
    _write(result, formats[name], writing.output, no_color=writing.no_color)


def write_to_standard_output(result: R, formats: Formats[OutputFormat[R]], name: str, writing: Writing) -> None:
    """Write a result in the format of that name to standard output, as `-o` names another file."""
    _write(result, formats[name], None, no_color=writing.no_color)


def write_by_suffix(path: Path, result: R, formats: Formats[OutputFormat[R]]) -> None:
    """Write a result to a file in the format for its suffix."""
    _write(result, formats.choose(None, path), path, no_color=True)


def _write(result: R, chosen: OutputFormat[R], path: Path | None, *, no_color: bool) -> None:
    page = Page(width(), wants_color(no_color=no_color, path=path), not holds_blocks(path))
    content = chosen.render(result, page)
    if isinstance(content, str):
        emit(content, path, exact=chosen.machine_readable)
    else:
        with deliver(path) as target:
            target.write(content)
