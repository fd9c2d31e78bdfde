"""The keys and values of a configuration file, and every mistake in one at once.

Imported only where a file was found, so that pydantic is not loaded otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from math import isfinite
from typing import TYPE_CHECKING, Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError  # noqa: TID253 - see the module's docstring

from cxscan.config.model import Commands, Config, Kind, Setting, Table, Value
from cxscan.errors import UsageError, nearest
from cxscan.insight.checks.rules import LIMIT_KEYS, MIN_N, CheckRule, IgnoreRule, check_rule, read_limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from pydantic_core import ErrorDetails

COMMAND = "command"
"""`[command.quotes]` is the table of a command whose name is taken by an option, or by `[[check]]`."""

NO_FILE = "history:"
"""Begins a value that stands in place of a file's path: `history:last` as a baseline."""

_Text = Annotated[str, Field(min_length=1)]
_Limit = str | Annotated[float, Field(allow_inf_nan=False)] | None


class _Check(BaseModel):
    """The keys of a `[[check]]`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    metric: _Text
    max: _Limit = None
    min: _Limit = None
    max_increase: _Limit = None
    max_decrease: _Limit = None
    warn: _Limit = None
    min_n: Annotated[int, Field(ge=0)] = MIN_N
    name: str = ""

    def rule(self) -> CheckRule:
        """The rule. Raises UsageError."""
        limits = {key: limit for key in LIMIT_KEYS if (limit := getattr(self, key)) is not None}
        return check_rule(self.metric, limits, warn=self.warn, min_n=self.min_n, name=self.name)


class _Ignore(BaseModel):
    """The keys of an `[[ignore]]`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    check: _Text
    reason: _Text
    until: date | None = None

    def rule(self) -> IgnoreRule:
        """The rule."""
        return IgnoreRule(check=self.check, reason=self.reason, until=self.until)


_Model = TypeVar("_Model", bound=BaseModel)


@dataclass(slots=True)
class _FileReader:
    """A file on its way to a Config."""

    folder: Path
    commands: Commands | None
    mistakes: list[str] = field(default_factory=list)
    options: dict[str, Value] = field(default_factory=dict)
    tables: dict[str, dict[str, Value]] = field(default_factory=dict)
    checks: list[CheckRule] = field(default_factory=list)
    ignores: list[IgnoreRule] = field(default_factory=list)

    def read(self, table: Table) -> None:
        """Everything in the file."""
        for key, entry in table.items():
            if key == "check" and isinstance(entry, list):
                self.checks += [rule for each in self._rules(key, entry, _Check) if (rule := self._made(each))]
            elif key == "ignore" and isinstance(entry, list):
                self.ignores += [each.rule() for _, each in self._rules(key, entry, _Ignore)]
            elif key == COMMAND and isinstance(entry, dict):
                for name, inner in entry.items():
                    self._command(f"{COMMAND}.{name}", name, inner)
            elif isinstance(entry, dict):
                self._command(key, key, entry)
            elif isinstance(entry, list) and any(isinstance(one, dict) for one in entry):
                self.mistakes.append(f"{key}: no such list of tables; {nearest(key, ('check', 'ignore'))}")
            else:
                self._option(key, "", key, entry)

    def _rules(self, key: str, entries: list[object], model: type[_Model]) -> Iterator[tuple[str, _Model]]:
        for number, entry in enumerate(entries, 1):
            try:
                yield f"{key}[{number}]", model.model_validate(entry)
            except ValidationError as error:
                worded = [_worded(f"{key}[{number}]", one, model) for one in error.errors(include_url=False)]
                self.mistakes += dict.fromkeys(worded)  # of a number or a string, pydantic says it twice
                if model is _Check and isinstance(entry, dict):
                    self.mistakes += _limit_mistakes(f"{key}[{number}]", entry)

    def _made(self, each: tuple[str, _Check]) -> CheckRule | None:
        place, check = each
        try:
            return check.rule()
        except UsageError as error:
            self.mistakes.append(f"{place}: {error}")
            return None

    def _command(self, path: str, command: str, entry: object) -> None:
        """The table of a command, or of a group with tables of its members in it."""
        known = set(self.commands or ()) | {name.partition(" ")[0] for name in self.commands or ()}
        if not isinstance(entry, dict) or (self.commands is not None and command not in known):
            self.mistakes.append(f"{path}: no such command; {nearest(command, known)}")
            return
        for key, inner in entry.items():
            if isinstance(inner, dict):
                self._command(f"{path}.{key}", f"{command} {key}", inner)
            else:
                self._option(f"{path}.{key}", command, key, inner)

    def _option(self, path: str, command: str, key: str, entry: object) -> None:
        """One value, for the commands whose names begin with `command`."""
        name = key.replace("-", "_")
        known = _settings(self.commands, command)
        if self.commands is not None and name not in known:
            self.mistakes.append(f"{path}: no such option; {nearest(name, known)}")
            return
        try:
            value = _value(known.get(name), entry, self.folder)
        except ValueError as error:
            self.mistakes.append(f"{path}: {error}")
            return
        (self.tables.setdefault(command, {}) if command else self.options)[name] = value


def checked(path: Path, table: Table, commands: Commands | None) -> Config:
    """The configuration of a parsed file. Raises UsageError that lists every mistake with its key."""
    reading = _FileReader(path.parent, commands)
    reading.read(table)
    mistakes = reading.mistakes
    if len(mistakes) == 1:
        raise UsageError(f"{path}: {mistakes[0]}")
    if mistakes:
        listed = " ".join(f"({number}) {mistake}" for number, mistake in enumerate(mistakes, 1))
        raise UsageError(f"{path}: {len(mistakes)} mistakes: {listed}")
    return Config(path, reading.options, reading.tables, tuple(reading.checks), tuple(reading.ignores))


def _limit_mistakes(place: str, entry: Table) -> Iterator[str]:
    """List the mistakes in the limits of a `[[check]]` that is not looked at further, because of others."""
    given = [key for key in LIMIT_KEYS if key in entry]
    if len(given) != 1 and entry.keys() <= _Check.model_fields.keys():  # an unknown key may be the limit, misspelt
        yield f"{place}: give one of {', '.join(LIMIT_KEYS)}"
    for key in (*given, "warn"):
        limit = entry.get(key)
        if isinstance(limit, str):
            try:
                read_limit(limit, named=f"{place}.{key}")
            except UsageError as error:
                yield str(error)


def _settings(commands: Commands | None, command: str) -> Mapping[str, Setting]:
    """The options of the commands whose names begin so; one that several have takes the choices of any of them."""
    found: dict[str, Setting] = {}
    for known, settings in (commands or {}).items():
        if not command or known == command or known.startswith(f"{command} "):
            for name, setting in settings.items():
                others = found[name].choices if name in found else ()
                found[name] = setting._replace(choices=tuple(dict.fromkeys((*others, *setting.choices))))
    return found


def _value(setting: Setting | None, entry: object, folder: Path) -> Value:
    """The value as the command line would have it. Raises ValueError that says what it is to be."""
    if setting is None:
        return _plain(entry)
    if setting.repeatable:
        entries = entry if isinstance(entry, list) else [entry]
        return [str(_single(setting, one, folder)) for one in entries]
    return _single(setting, entry, folder)


def _plain(entry: object) -> Value:
    if isinstance(entry, list):
        return [str(one) for one in entry]
    return entry if isinstance(entry, str | bool | int | float) else str(entry)


def _single(setting: Setting, entry: object, folder: Path) -> Value:
    value = entry.isoformat() if isinstance(entry, date | time) else entry
    match setting.kind:
        case Kind.FLAG if isinstance(value, bool):
            return value
        case Kind.WHOLE if isinstance(value, int) and not isinstance(value, bool):
            return _in_range(setting, value)
        case Kind.NUMBER if isinstance(value, int | float) and not isinstance(value, bool):
            return _in_range(setting, value)
        case Kind.PATH if isinstance(value, str):
            return value if value == "-" or value.startswith(NO_FILE) else str(folder / value)
        case Kind.TEXT if isinstance(value, str) or (isinstance(value, int | float) and not isinstance(value, bool)):
            return _choice(setting, str(value))
    raise ValueError(f"is to be {setting.kind.value}{', or a list of them' if setting.repeatable else ''}")


def _in_range(setting: Setting, number: float) -> float:
    if not isfinite(number) or (setting.low is not None and number < setting.low):
        raise ValueError(f"is to be {setting.low:g} or more" if setting.low is not None else "is no number")
    if setting.high is not None and number > setting.high:
        raise ValueError(f"is to be {setting.high:g} or less")
    return number


def _choice(setting: Setting, value: str) -> str:
    if setting.choices and value not in setting.choices:
        raise ValueError(f"{value} is not known; {nearest(value, setting.choices)}")
    return value


def _worded(place: str, error: ErrorDetails, model: type[BaseModel]) -> str:
    """Word an error of pydantic for a person who edits the file."""
    key = str(error["loc"][0]) if error["loc"] else ""
    where = f"{place}.{key}" if key else place
    match error["type"]:
        case "extra_forbidden":
            return f"{where}: unknown key; {nearest(key, model.model_fields)}"
        case "missing":
            return f"{place}: lacks {key}"
        case "string_too_short":
            return f"{where}: is empty"
        case "string_type" | "float_type" | "finite_number" if key in {*LIMIT_KEYS, "warn"}:
            return f'{where}: is to be a number, or a string such as "5%"'
        case "string_type":
            return f"{where}: is to be {Kind.TEXT.value}"
        case "date_type":
            return f"{where}: is to be a day, without quotes: 2026-12-31"
        case "int_type" | "greater_than_equal":
            return f"{where}: is to be a whole number, 0 or more"
        case _:
            return f"{where}: {error['msg']}"
