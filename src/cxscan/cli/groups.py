"""Options that commands share, as dataclasses: a command takes a group as one parameter."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_type_hints

import typer

from cxscan.cli.file_roles import CONFIGURATION, FileOption, Reads, Writes, check_files
from cxscan.cli.formats import FormatOption
from cxscan.cli.options import OUTPUT, Writing
from cxscan.cli.settings import all_settings, option_name
from cxscan.cli.verbose import detail
from cxscan.config.find import find_config, load_config
from cxscan.config.model import Config

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxscan.errors import Exit
    from cxscan.render.formats import NamedFormat

CONFIG = "config"
"""The parameter of `--config`, which every command has."""


def _configure(context: typer.Context, path: Path | None) -> Config:
    """Take defaults from the file that was named or found; run before any other option is looked at."""
    if (path or find_config()) is None:
        return Config()
    commands = all_settings(context)
    config = load_config(path, commands)
    name = context.command_path.partition(" ")[2]
    known = commands.get(name, {})
    context.default_map = {
        known[option].parameter: value
        for option, value in config.values_for(name).items()
        if option in known and not (known[option].choices and value not in known[option].choices)
    }
    return config


_CONFIG_OPTION = inspect.Parameter(
    CONFIG,
    inspect.Parameter.KEYWORD_ONLY,
    default=None,
    annotation=Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            is_eager=True,
            callback=_configure,
            rich_help_panel=OUTPUT,
            help="Take values of options from here, not from the cxscan.toml that is found.",
        ),
        CONFIGURATION,
    ],
)


def takes_groups(command: Callable[..., Exit]) -> Callable[..., None]:
    """Spell out each parameter that is a dataclass as the options that are its fields; exit with the result.

    Every option can also be given as the variable `CXSCAN_` and its name, or in a configuration file. A parameter that
    is a `Config` is given what stands in that file; one that is a `FormatOption`, the name of the format.
    """
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, type] = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if isinstance(parameter.annotation, type) and is_dataclass(parameter.annotation)
    }
    configured = [name for name, group in groups.items() if group is Config]
    for name in configured:
        del groups[name]
    formats = {name: option for name, one in signature.parameters.items() if (option := format_option(one))}

    @wraps(command)
    def run(**given: object) -> None:
        config = given[CONFIG]
        config_path = config.path if isinstance(config, Config) else None
        check_files(files, given | {CONFIG: config_path})
        given |= dict.fromkeys(configured, given.pop(CONFIG))
        for name, group in groups.items():
            given[name] = group(**{member.name: given.pop(member.name) for member in fields(group)})
        writing = next((group for group in given.values() if isinstance(group, Writing)), None)
        if writing is not None and config_path is not None:
            detail(f"options are taken from {config_path}", writing)
        for name, option in formats.items():
            given[name] = option.chosen(given[name], writing)
        raise typer.Exit(command(**given))

    flat = [
        option
        for name, parameter in signature.parameters.items()
        if name not in configured
        for option in (_options(groups[name]) if name in groups else [_with_variable(parameter)])
    ]
    flat.append(_with_variable(_CONFIG_OPTION))
    files = [option for parameter in flat for option in file_options(parameter)]
    run.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]  # inspect reads it, no stub has it
    run.__annotations__ = {option.name: option.annotation for option in flat}
    del run.__wrapped__  # typer would look through it
    return run


def file_options(parameter: inspect.Parameter) -> list[FileOption]:
    """Return the parameter as an option that names files; nothing for any other one."""
    metadata = getattr(parameter.annotation, "__metadata__", ())
    label = f"--{option_name(parameter)}".replace("_", "-")
    for note in metadata:
        if isinstance(note, typer.models.ArgumentInfo):
            label = str(note.metavar).rstrip("…")
    return [FileOption(parameter.name, label, note) for note in metadata if isinstance(note, Reads | Writes)]


def _options(group: type) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        _with_variable(
            inspect.Parameter(
                member.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if member.default is MISSING else member.default,
                annotation=hints[member.name],
            )
        )
        for member in fields(group)
    ]


def format_option(parameter: inspect.Parameter) -> FormatOption[NamedFormat] | None:
    """Return what marks a parameter as `--format`; None of another parameter."""
    marks = getattr(parameter.annotation, "__metadata__", ())
    return next((one for one in marks if isinstance(one, FormatOption)), None)


def _with_variable(parameter: inspect.Parameter) -> inspect.Parameter:
    if (option := format_option(parameter)) is not None:
        parameter = parameter.replace(annotation=option.annotation, default=None)
    for note in getattr(parameter.annotation, "__metadata__", ()):
        if isinstance(note, typer.models.OptionInfo) and note.envvar is None:
            note.envvar = f"CXSCAN_{(option_name(parameter) or parameter.name).upper()}"
            note.show_envvar = False
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
