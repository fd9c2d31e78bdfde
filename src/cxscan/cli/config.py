"""`cxscan config`: each setting, its value, and where it came from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Writing
from cxscan.cli.settings import all_settings
from cxscan.config.model import Config
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import SETTINGS


def show(
    context: typer.Context,
    writing: Writing,
    config: Config,
    output_format: Annotated[str, FormatOption(SETTINGS)],
) -> Exit:
    """Show each setting, its value, and where it came from: a variable, a file, or the default."""
    _refuse_unknown_metrics(config)
    from cxscan.config.resolve import resolve

    write(resolve(all_settings(context), config, os.environ), SETTINGS, output_format, writing)
    return Exit.DONE


def _refuse_unknown_metrics(config: Config) -> None:
    """Raise UsageError that names every check of the file of a number that its taxonomy does not know."""
    if not config.checks:
        return
    from cxscan.insight.checks.judge import checked_numbers
    from cxscan.rules.loading import load_taxonomy

    themes = os.environ.get("CXSCAN_THEMES") or config.values_for("check").get("themes")
    taxonomy = load_taxonomy(Path(str(themes)) if themes else None)
    try:
        checked_numbers(config.checks, taxonomy.nouns)
    except UsageError as error:
        raise UsageError(f"{config.path}: {error}") from None
