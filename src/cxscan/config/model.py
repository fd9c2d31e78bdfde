"""Options that a file may set, and what a file says: the configuration as a result, however it was read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cxscan.insight.checks.rules import CheckRule, IgnoreRule

Value: TypeAlias = str | bool | int | float | list[str]
Table: TypeAlias = dict[str, object]


class Kind(StrEnum):
    """The kind of value that an option takes."""

    FLAG = "true or false"
    WHOLE = "a whole number"
    NUMBER = "a number"
    TEXT = "a string in quotes"
    PATH = "the path of a file, in quotes"


class Setting(NamedTuple):
    """An option of a command, as a file may set it."""

    name: str
    """As on the command line, with _ for -: `max_rejected`."""
    parameter: str
    """As the command's function has it."""
    kind: Kind
    default: Value | None
    repeatable: bool = False
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None

    @property
    def variable(self) -> str:
        """The variable that sets it."""
        return f"CXSCAN_{self.name.upper()}"


Commands: TypeAlias = "Mapping[str, Mapping[str, Setting]]"
"""By command (`scan`, `history add`) and name."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, checks and exceptions in a file; empty without one."""

    path: Path | None = None
    options: Mapping[str, Value] = field(default_factory=dict)
    """By name of the option, for every command that has it."""
    commands: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """By command or group of commands, then by name: these go before `options`."""
    checks: tuple[CheckRule, ...] = ()
    ignores: tuple[IgnoreRule, ...] = ()

    def values_for(self, command: str) -> dict[str, Value]:
        """The values for a command, by name of the option."""
        group = command.partition(" ")[0]
        return {**self.options, **self.commands.get(group, {}), **self.commands.get(command, {})}
