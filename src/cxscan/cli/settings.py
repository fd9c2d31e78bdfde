"""The options of every command, as a configuration file may set them: read off the functions of the commands."""

from __future__ import annotations

import inspect
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import TYPE_CHECKING, Literal, Union, get_args, get_origin

import typer

from cxscan.config.model import Kind, Setting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cxscan.config.model import Value

NOT_IN_FILES = ("config",)
"""Options that no file can set."""

_KINDS: dict[object, Kind] = {bool: Kind.FLAG, int: Kind.WHOLE, float: Kind.NUMBER, Path: Kind.PATH}


def all_settings(context: typer.Context) -> dict[str, dict[str, Setting]]:
    """The settings of every command, by its name (`history add`) and theirs."""
    root = context.find_root()
    return dict(_commands(root.command, ""))


def settings_of(command: Callable[..., object]) -> dict[str, Setting]:
    """The settings of a command, by name."""
    found = (_setting(parameter) for parameter in inspect.signature(command).parameters.values())
    return {setting.name: setting for setting in found if setting is not None and setting.name not in NOT_IN_FILES}


def option_name(parameter: inspect.Parameter) -> str | None:
    """The long name of an option with _ for -; None of what is no option."""
    for note in getattr(parameter.annotation, "__metadata__", ()):
        if isinstance(note, typer.models.OptionInfo):
            # within Annotated, typer keeps the first name of an option where otherwise its default stands
            names = [str(name) for name in (note.default, *(note.param_decls or ()))]
            long = [name for name in names if name.startswith("--")]
            return long[0].partition("/")[0].removeprefix("--").replace("-", "_") if long else parameter.name
    return None


def _commands(command: object, name: str) -> Iterator[tuple[str, dict[str, Setting]]]:
    """A command, or the members of a group. Typer's own classes are not named: they are no part of its interface."""
    members: dict[str, object] = getattr(command, "commands", {})
    for member, inner in sorted(members.items()):
        yield from _commands(inner, f"{name} {member}".strip())
    callback = getattr(command, "callback", None)
    if not members and callback is not None:
        yield name, settings_of(inspect.unwrap(callback))


def _setting(parameter: inspect.Parameter) -> Setting | None:
    name = option_name(parameter)
    if name is None:
        return None
    taken, note = parameter.annotation.__origin__, parameter.annotation.__metadata__[0]
    if note.hidden:
        return None
    kinds = [one for one in get_args(taken) if one is not type(None)] if _is_union(taken) else [taken]
    single = get_args(kinds[0])[0] if get_origin(kinds[0]) is list else kinds[0]
    return Setting(
        name,
        parameter.name,
        _KINDS.get(single, Kind.TEXT),
        _default(parameter.default),
        repeatable=get_origin(kinds[0]) is list,
        choices=_choices(single),
        low=note.min,
        high=note.max,
    )


def _is_union(taken: object) -> bool:
    return get_origin(taken) in {Union, UnionType}


def _choices(taken: object) -> tuple[str, ...]:
    if isinstance(taken, type) and issubclass(taken, Enum):
        return tuple(str(one.value) for one in taken)
    return tuple(map(str, get_args(taken))) if get_origin(taken) is Literal else ()


def _default(given: object) -> Value | None:
    if isinstance(given, Enum):
        return str(given.value)
    return given if isinstance(given, str | bool | int | float) else str(given) if isinstance(given, Path) else None
