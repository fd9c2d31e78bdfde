"""Settings with the value that each has when the command line does not say: variable > file > default."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cxscan.config.model import Commands, Config, Value


class ResolvedSetting(NamedTuple):
    """An option of a command and its value."""

    command: str
    name: str
    value: Value | None
    """None where nothing is set."""
    source: str
    """variable, file or default."""
    where: str
    """The variable, or the path of the file."""


@dataclass(frozen=True, slots=True)
class ResolvedSettings:
    """The options of every command, and what else stands in the file."""

    settings: tuple[ResolvedSetting, ...]
    config: Config


def resolve(commands: Commands, config: Config, environment: Mapping[str, str]) -> ResolvedSettings:
    """Look up every option of every command in the variables of the environment, then in the file."""
    return ResolvedSettings(tuple(_resolved(commands, config, environment)), config)


def _resolved(commands: Commands, config: Config, environment: Mapping[str, str]) -> Iterator[ResolvedSetting]:
    for command, settings in sorted(commands.items()):
        in_file = config.values_for(command)
        for name, setting in sorted(settings.items()):
            if given := environment.get(setting.variable):
                yield ResolvedSetting(command, name, given, "variable", setting.variable)
            elif name in in_file:
                yield ResolvedSetting(command, name, in_file[name], "file", str(config.path))
            else:
                yield ResolvedSetting(command, name, setting.default, "default", "")
