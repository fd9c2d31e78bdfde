"""`cxscan themes`: what each theme means, a taxonomy of your own, and its examples put to the test."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cxscan.cli.output import check_targets, emit, note, width
from cxscan.errors import Exit, UsageError, nearest

Taxonomy = Annotated[
    Path | None, typer.Option("--themes", metavar="FILE", help="A taxonomy of your own instead of the built-in one.")
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
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File to write; - is standard output.")] = Path(
        "themes.toml"
    ),
) -> Exit:
    """Write a commented taxonomy to start your own from."""
    from cxscan.rules.taxonomy import starter_file

    if file.exists():
        raise UsageError(f"{file}: is there already; name another file, or remove it first")
    check_targets([file], [])
    emit(starter_file(), file, exact=True)
    if file != Path("-"):
        note(f"wrote {file}; edit it, then: cxscan themes test --themes {file}")
    return Exit.DONE


def test(themes: Taxonomy = None) -> Exit:
    """Run the texts that must and must not match; exit code 1 when one fails."""
    from cxscan.pipeline import misjudged
    from cxscan.render.escape import clean
    from cxscan.rules.taxonomy import load_taxonomy

    taxonomy = load_taxonomy(themes)
    wrong = misjudged(themes)
    rules = (*taxonomy.themes, *taxonomy.intents)
    texts = sum(len(one.match) + len(one.no_match) for one in rules)
    lines = [
        f"{one.name}: {'must match' if one.wanted else 'must not match'}, but does{' not' if one.wanted else ''}: "
        f"{clean(one.text)}"
        for one in wrong
    ]
    verdict = f"{texts - len(wrong)} of {texts} texts as wanted, {len(rules)} themes and intents"
    emit("\n".join([*lines, verdict]) + "\n", None, exact=False)
    return Exit.CHECK_FAILED if wrong else Exit.DONE
