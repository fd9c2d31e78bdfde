"""Values that a file gives to options: `cxscan.toml`, or `[tool.cxscan]` in pyproject.toml.

Command line > variable > file > default: what stands in the file is handed over as defaults. Without a file nothing is
read or imported beyond this page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cxscan.check_rules import CheckRule, IgnoreRule

Value: TypeAlias = str | bool | int | float | list[str]
Table: TypeAlias = dict[str, object]

FILE, PROJECT_FILE = "cxscan.toml", "pyproject.toml"
LARGEST = 1 << 20
"""Bytes of a file that is read."""


class Kind(StrEnum):
    """What an option takes."""

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
    """What a file says; nothing without one."""

    path: Path | None = None
    options: Mapping[str, Value] = field(default_factory=dict)
    """By name of the option, for every command that has it."""
    commands: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    """By command or group of commands, then by name: these go before `options`."""
    checks: tuple[CheckRule, ...] = ()
    ignores: tuple[IgnoreRule, ...] = ()

    def of(self, command: str) -> dict[str, Value]:
        """The values for a command, by name of the option."""
        group = command.partition(" ")[0]
        return {**self.options, **self.commands.get(group, {}), **self.commands.get(command, {})}


def load_config(path: Path | None, commands: Commands | None = None) -> Config:
    """The values of a file, or of the one that `find_config` finds.

    With `commands` the options are checked against those that there are. Raises UsageError that lists every mistake.
    """
    found = path or find_config()
    if found is None:
        return Config()
    table = _table(found)
    from cxscan.config_schema import checked

    return checked(found, table, commands)


def find_config() -> Path | None:
    """The nearest file in the working folder or above it; in one folder cxscan.toml goes before pyproject.toml."""
    try:
        above = Path.cwd().parents
    except OSError:  # the working folder is gone
        return None
    for folder in (Path(), *above):
        if (folder / FILE).is_file():
            return folder / FILE
        project = folder / PROJECT_FILE
        if project.is_file() and _mentions_us(project) and _section(_parsed(project)) is not None:
            return project
    return None


def _mentions_us(project: Path) -> bool:
    """Whether a project file may be meant for us; one of other tools only is not our concern, not even its mistakes."""
    try:
        content = project.read_bytes()
    except OSError:
        return False
    return b"tool" in content and b"cxscan" in content


def _table(path: Path) -> Table:
    whole = _parsed(path)
    if path.name != PROJECT_FILE:
        return whole
    section = _section(whole)
    if section is None:
        raise UsageError(f"{path}: has no [tool.cxscan]; add it, or name another file with --config")
    return section


def _section(whole: Table) -> Table | None:
    tool = whole.get("tool")
    section = tool.get("cxscan") if isinstance(tool, dict) else None
    return section if isinstance(section, dict) else None


def _parsed(path: Path) -> Table:
    import tomllib

    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}; check --config") from None
    if len(content) > LARGEST:
        raise UsageError(f"{path}: is over 1 MB, so it is no configuration; check --config")
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not valid TOML: {error}") from None
