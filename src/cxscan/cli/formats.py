"""`--format` and `-o` of every command: choices, suffixes, encoding and page come from the registry of its result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Generic, Literal, TypeVar

import typer

from cxscan.cli.options import OUTPUT
from cxscan.cli.output import deliver, emit, holds_blocks, wants_color, width
from cxscan.render import Page
from cxscan.render.formats import Formats

if TYPE_CHECKING:
    from pathlib import Path

    from cxscan.cli.options import Writing

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class FormatOption(Generic[R]):
    """Marks a parameter as `--format`: the command is given the name of a format of the registry.

    It is the one asked for, or else the one for the suffix of `-o`; UsageError comes before the command starts.
    """

    formats: Formats[R]
    by_output: bool = True
    """`-o` names the file of this result."""

    @property
    def annotation(self) -> object:
        """What typer makes the option of."""
        names = tuple(self.formats.by_name)
        default = self.formats.default.name
        rest = f"{default}, or by the name of FILE" if self.by_output and self.formats.suffixes else default
        text = f"Form of the {self.formats.result}; {rest}."
        return Annotated[Literal[names] | None, typer.Option("--format", rich_help_panel=OUTPUT, help=text)]

    def chosen(self, given: object, writing: Writing | None) -> str:
        """Return the name of the format. Raise UsageError for a suffix that is not known."""
        output = writing.output if writing is not None and self.by_output else None
        return self.formats.choose(None if given is None else str(given), output).name


def write(result: R, formats: Formats[R], name: str, writing: Writing) -> None:
    """Write a result in the format of that name where `-o` says: encoding, colour and width are those that fit."""
    write_to(writing.output, result, formats, name, page=page_for(writing))


def write_to(path: Path | None, result: R, formats: Formats[R], name: str, *, page: Page | None = None) -> None:
    """Write a result in the format of that name to a file, or standard output."""
    chosen = formats[name]
    content = chosen.render(result, page)
    if isinstance(content, str):
        emit(content, path, exact=chosen.machine_readable)
    else:
        with deliver(path) as target:
            target.write(content)


def page_for(writing: Writing) -> Page:
    """Return the page of the terminal, or of a file."""
    color = wants_color(no_color=writing.no_color, path=writing.output)
    return Page(width(), color, not holds_blocks(writing.output))
