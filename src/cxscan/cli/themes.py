"""`cxscan themes list`, `show` and `init`: what each theme means, and a file to start your own taxonomy from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cxscan.cli.file_roles import READ, WRITTEN
from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Writing
from cxscan.cli.output import emit, note
from cxscan.errors import Exit, UsageError, nearest
from cxscan.render.formats import THEME, THEMES

Taxonomy = Annotated[
    Path | None,
    typer.Option("--themes", metavar="FILE", help="A taxonomy of your own instead of the built-in one."),
    READ,
]


def list_themes(writing: Writing, output_format: Annotated[str, FormatOption(THEMES)], themes: Taxonomy = None) -> Exit:
    """List the themes, by lens, each with its definition."""
    from cxscan.rules.loading import load_taxonomy

    write(load_taxonomy(themes), THEMES, output_format, writing)
    return Exit.DONE


def show(
    name: Annotated[str, typer.Argument(metavar="THEME", help="Name of a theme or an intent.")],
    writing: Writing,
    output_format: Annotated[str, FormatOption(THEME)],
    themes: Taxonomy = None,
) -> Exit:
    """Show one theme: definition, phrases, and the texts that must and must not match."""
    from cxscan.rules.loading import load_taxonomy

    taxonomy = load_taxonomy(themes)
    known = {rules.name: rules for rules in (*taxonomy.themes, *taxonomy.intents)}
    if name not in known:
        raise UsageError(f"{name}: no such theme; {nearest(name, known)}")
    write(known[name], THEME, output_format, writing)
    return Exit.DONE


def init(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write; - is standard output."), WRITTEN] = (
        Path("themes.toml")
    ),
) -> Exit:
    """Write a commented taxonomy to start your own from."""
    from cxscan.rules.taxonomy import starter_file

    if file.exists():
        raise UsageError(f"{file}: is there already; name another file, or remove it first")
    emit(starter_file(), file, exact=True)
    if file != Path("-"):
        note(f"wrote {file}; edit it, then: cxscan themes test --themes {file}")
    return Exit.DONE
