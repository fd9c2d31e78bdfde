"""Options that commands share, as dataclasses: a command takes a group as one parameter."""

from __future__ import annotations

import inspect
from dataclasses import MISSING, fields, is_dataclass
from functools import wraps
from typing import TYPE_CHECKING, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Callable

    from cxscan.errors import Exit


def takes_groups(command: Callable[..., Exit]) -> Callable[..., None]:
    """Spell out each parameter that is a dataclass as the options that are its fields; exit with the result.

    Every option can also be given as the variable `CXSCAN_` and its name.
    """
    signature = inspect.signature(command, eval_str=True)
    groups: dict[str, type] = {
        name: parameter.annotation
        for name, parameter in signature.parameters.items()
        if isinstance(parameter.annotation, type) and is_dataclass(parameter.annotation)
    }

    @wraps(command)
    def run(**given: object) -> None:
        for name, group in groups.items():
            given[name] = group(**{member.name: given.pop(member.name) for member in fields(group)})
        raise typer.Exit(command(**given))

    flat = [
        option
        for name, parameter in signature.parameters.items()
        for option in (_options(groups[name]) if name in groups else [_with_variable(parameter)])
    ]
    run.__signature__ = inspect.Signature(flat)  # type: ignore[attr-defined]
    run.__annotations__ = {option.name: option.annotation for option in flat}
    del run.__wrapped__  # typer would look through it
    return run


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


def _with_variable(parameter: inspect.Parameter) -> inspect.Parameter:
    for note in getattr(parameter.annotation, "__metadata__", ()):
        if isinstance(note, typer.models.OptionInfo) and note.envvar is None:
            note.envvar = f"CXSCAN_{parameter.name.upper()}"
            note.show_envvar = False
    return parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY)
