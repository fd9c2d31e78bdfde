"""`cxscan themes`: what each theme means, a taxonomy of your own, and its examples put to the test."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.file_roles import EXPORTS, READ, WRITTEN
from cxscan.cli.options import Classifying, Reading, Tolerance, Writing
from cxscan.cli.output import emit, holds_blocks, note, wants_color, width
from cxscan.errors import Exit, UsageError, nearest
from cxscan.render.escape import clean

if TYPE_CHECKING:
    from cxscan.rules.taxonomy import Taxonomy as WholeTaxonomy
    from cxscan.runs.taxonomy_examples import FailedExample

Taxonomy = Annotated[
    Path | None,
    typer.Option("--themes", metavar="FILE", help="A taxonomy of your own instead of the built-in one."),
    READ,
]


def list_themes(themes: Taxonomy = None) -> Exit:
    """List the themes, by lens, each with its definition."""
    from cxscan.render.taxonomy import themes_as_list
    from cxscan.rules.taxonomy import load_taxonomy

    emit(themes_as_list(load_taxonomy(themes), width=width()), None, exact=False)
    return Exit.DONE


def show(
    name: Annotated[str, typer.Argument(metavar="THEME", help="Name of a theme or an intent.")], themes: Taxonomy = None
) -> Exit:
    """Show one theme: definition, phrases, and the texts that must and must not match."""
    from cxscan.render.taxonomy import rules_in_full
    from cxscan.rules.taxonomy import load_taxonomy

    taxonomy = load_taxonomy(themes)
    known = {rules.name: rules for rules in (*taxonomy.themes, *taxonomy.intents)}
    if name not in known:
        raise UsageError(f"{name}: no such theme; {nearest(name, known)}")
    emit(rules_in_full(known[name], width=width()), None, exact=False)
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


def test(
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="FILE", help="Show which comments of this export change label; repeatable."),
        EXPORTS,
    ] = None,
    against: Annotated[
        Path | None,
        typer.Option(
            "--against", metavar="FILE", help="With --on: the taxonomy before; the built-in one if not given."
        ),
        READ,
    ] = None,
    examples: Annotated[
        int, typer.Option("-n", "--count", metavar="N", min=0, help="With --on: comments to show for each label.")
    ] = 3,
) -> Exit:
    """Run the texts that must and must not match (exit code 1 when one fails); with --on, show what would change."""
    if against is not None and not on:
        raise UsageError("--against FILE: says what to compare with, not on which comments; name an export with --on")
    from cxscan.rules.taxonomy import load_taxonomy
    from cxscan.runs.taxonomy_examples import failed_examples

    wrong = failed_examples(classifying.themes)
    said = _judged(load_taxonomy(classifying.themes), wrong)
    if on:
        said += _label_changes(on, reading, tolerance, classifying, writing, against=against, kept=examples)
    emit(said, writing.output, exact=False)
    return Exit.CHECK_FAILED if wrong else Exit.DONE


def _judged(taxonomy: WholeTaxonomy, wrong: list[FailedExample]) -> str:
    """The texts that came out wrong, and how many there are."""
    rules = (*taxonomy.themes, *taxonomy.intents)
    texts = sum(len(one.match) + len(one.no_match) for one in rules)
    lines = [
        f"{one.name}: {'must match' if one.wanted else 'must not match'}, but does{' not' if one.wanted else ''}: "
        f"{clean(one.text)}"
        for one in wrong
    ]
    verdict = f"{texts - len(wrong)} of {texts} texts as wanted, {len(rules)} themes and intents"
    return "\n".join([*lines, verdict]) + "\n"


def _label_changes(
    files: list[str],
    reading: Reading,
    tolerance: Tolerance,
    classifying: Classifying,
    writing: Writing,
    *,
    against: Path | None,
    kept: int,
) -> str:
    """What the taxonomy changes in an export."""
    from cxscan.cli.running import classifier_options, read_request, run_sources
    from cxscan.read import open_sources
    from cxscan.render import Page
    from cxscan.render.label_changes import label_changes_table
    from cxscan.runs.reducers import LabelChangesReducer

    before = replace(classifier_options(classifying), themes=against)
    sources = open_sources(files, read_request(reading))
    changes = run_sources(sources, LabelChangesReducer(before, kept), tolerance, classifying, writing).result
    page = Page(width(), wants_color(no_color=writing.no_color, path=writing.output), not holds_blocks(writing.output))
    return label_changes_table(changes, page)
