"""`cxscan config`: each setting, its value, and where it came from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cxscan.cli.formats import FormatOption, write
from cxscan.cli.options import Writing
from cxscan.cli.settings import all_settings
from cxscan.config.model import Config
from cxscan.errors import Exit, UsageError
from cxscan.render.formats import SETTINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cxscan.config.model import Setting
    from cxscan.render.settings import Settled


def show(
    context: typer.Context,
    writing: Writing,
    config: Config,
    output_format: Annotated[str, FormatOption(SETTINGS)],
) -> Exit:
    """Show each setting, its value, and where it came from: a variable, a file, or the default."""
    _refuse_unknown_metrics(config)
    from cxscan.render.settings import Settings

    settings = Settings(tuple(_settled(all_settings(context), config)), config)
    write(settings, SETTINGS, output_format, writing)
    return Exit.DONE


def _refuse_unknown_metrics(config: Config) -> None:
    """Raise UsageError that names every check of the file of a number that its taxonomy does not know."""
    if not config.checks:
        return
    from cxscan.insight.checks.judge import known_metrics
    from cxscan.rules.taxonomy import load_taxonomy

    themes = os.environ.get("CXSCAN_THEMES") or config.values_for("check").get("themes")
    taxonomy = load_taxonomy(Path(str(themes)) if themes else None)
    try:
        known_metrics(config.checks, taxonomy.nouns)
    except UsageError as error:
        raise UsageError(f"{config.path}: {error}") from None


def _settled(commands: Mapping[str, Mapping[str, Setting]], config: Config) -> Iterator[Settled]:
    """Every option of every command, as a command line without it would have it."""
    from cxscan.render.settings import Settled

    for command, settings in sorted(commands.items()):
        in_file = config.values_for(command)
        for name, setting in sorted(settings.items()):
            if given := os.environ.get(setting.variable):
                yield Settled(command, name, given, "variable", setting.variable)
            elif name in in_file:
                yield Settled(command, name, in_file[name], "file", str(config.path))
            else:
                yield Settled(command, name, setting.default, "default", "")
