"""Rules that `check` holds a summary against, and exceptions from them, as data and as one line of text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from cxscan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MIN_N = 30
"""Fewer comments than this judge nothing, unless a rule says otherwise."""


class Operator(StrEnum):
    """The ways to hold a value, or its change, against a limit."""

    OVER = ">"
    AT_LEAST = ">="
    UNDER = "<"
    AT_MOST = "<="
    RISES = "rises"
    """By more than the limit since the baseline."""
    FALLS = "falls"

    @property
    def is_change(self) -> bool:
        """Tell whether it needs a baseline."""
        return self in {Operator.RISES, Operator.FALLS}

    @property
    def is_upward(self) -> bool:
        """Tell whether a high value breaks the rule, and not a low one."""
        return self in {Operator.OVER, Operator.AT_LEAST, Operator.RISES}


_BY_KEY = {
    "max": Operator.OVER,
    "min": Operator.UNDER,
    "max_increase": Operator.RISES,
    "max_decrease": Operator.FALLS,
}
LIMIT_KEYS = tuple(_BY_KEY)
"""The keys of a `[[check]]`, of which one gives the limit."""


class Limit(NamedTuple):
    """A number to compare with; 5% is 0.05. `relative`: a part of what the value was."""

    number: float
    relative: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """One check: what fails, what warns, or both. Both limits are compared alike."""

    metric: str
    """A dotted path into the summary; a part `*` stands for every name there."""
    operator: Operator
    fail: float | None = None
    warn: float | None = None
    relative: bool = False
    """Whether a change is measured as a part of what the value was."""
    min_n: int = MIN_N
    name: str = ""
    """The user's name for it; without one it is called by its condition."""

    @property
    def title(self) -> str:
        """The name, or the condition as a user would write it."""
        return self.name or f"{self.metric} {self.condition(self.fail if self.fail is not None else self.warn)}"

    def condition(self, limit: float | None) -> str:
        """`> 0.3`, `rises 0.2 relative`."""
        return f"{self.operator} {limit:g}{' relative' if self.relative else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoreRule:
    """A check that does not count for a while."""

    check: str
    """The name of the check, or its metric."""
    reason: str
    until: date | None = None
    """The last day on which it does not count; None is for good."""


_METRIC = r"""(?:"(?:[^"\\]|\\.)*"|[^\s"<>=])+"""
_CONDITION = re.compile(rf"\s*({_METRIC})\s*(>=|<=|>|<|\brises\b|\bfalls\b)\s*(.*?)\s*", re.DOTALL)
_ONE_OF_MANY = re.compile(rf"{_METRIC}\s*(?:>=|<=|>|<|\brises\b|\bfalls\b)\s*[^\s<>=]+(?:\s+relative\b)?")
_LIMIT = re.compile(r"([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(%?)(\s+relative)?")


def read_limit(given: str | float, *, named: str) -> Limit:
    """Read 0.05, "5%" or "20% relative". Raise UsageError that begins with `named` for what is no number."""
    match = _LIMIT.fullmatch(str(given).strip())
    if isinstance(given, bool) or match is None:
        raise UsageError(f"{named}: {given} is no limit; write a number such as 0.05 or 5%, or 20% relative")
    return Limit(float(f"{match[1]}e-2") if match[2] else float(match[1]), bool(match[3]))


def read_condition(given: str, *, option: str, warns: bool = False) -> CheckRule:
    """Read `METRIC > VALUE` or `METRIC rises VALUE`. Raise UsageError that names the option."""
    match = _CONDITION.fullmatch(given)
    if match is None:
        raise UsageError(f"{option} '{given}': write METRIC > VALUE (or >=, <, <=), METRIC rises VALUE, … falls VALUE")
    named = f"{option} '{given}'"
    operator, limit = Operator(match[2]), read_limit(match[3], named=named)
    _refuse_impossible(operator, limit, named)
    fail, warn = (None, limit.number) if warns else (limit.number, None)
    name = f"{match[1]} {match[2]} {match[3]}"
    return CheckRule(
        metric=match[1], operator=operator, fail=fail, warn=warn, relative=limit.relative, name=name
    )  # fmt: skip


def split_conditions(given: Iterable[str]) -> list[str]:
    """The conditions of a repeatable option; those of a variable, which comes cut at its spaces, are joined again."""
    whole, words = list[str](), list[str]()
    for one in given:
        if len(one.split()) == 1:
            words.append(one)
        else:
            whole.append(one)
    joined = " ".join(words)
    found = [match[0] for match in _ONE_OF_MANY.finditer(joined)]
    covered = "".join("".join(found).split()) == "".join(words)
    return [*whole, *(found if covered else [joined])]


def check_rule(
    metric: str,
    limits: dict[str, str | float],
    *,
    warn: str | float | None = None,
    min_n: int = MIN_N,
    name: str = "",
) -> CheckRule:
    """A rule from the keys of a `[[check]]`: `limits` holds one of `LIMIT_KEYS`. Raise UsageError for what is none."""
    named = f"check {name or metric}"
    if len(limits) != 1 or not limits.keys() <= _BY_KEY.keys():
        raise UsageError(f"{named}: give one of {', '.join(LIMIT_KEYS)}")
    [(key, given)] = limits.items()
    operator, limit = _BY_KEY[key], read_limit(given, named=f"{named}: {key}")
    warning = None if warn is None else read_limit(warn, named=f"{named}: warn")
    _refuse_impossible(operator, limit, f"{named}: {key}")
    if warning is not None:
        _refuse_impossible(operator, warning, f"{named}: warn")
        if warning.relative != limit.relative:
            raise UsageError(f"{named}: {key} and warn must both be relative, or neither")
        if (warning.number > limit.number) == operator.is_upward and warning.number != limit.number:
            raise UsageError(f"{named}: warn is beyond {key}, so it would never be reached; exchange them")
    return CheckRule(
        metric=metric,
        operator=operator,
        fail=limit.number,
        warn=None if warning is None else warning.number,
        relative=limit.relative,
        min_n=min_n,
        name=name,
    )


def _refuse_impossible(operator: Operator, limit: Limit, named: str) -> None:
    if limit.relative and not operator.is_change:
        raise UsageError(f"{named}: relative goes with rises and falls only")
    if operator.is_change and limit.number < 0:
        raise UsageError(f"{named}: a change is measured from 0 up; for the other direction write rises or falls")
