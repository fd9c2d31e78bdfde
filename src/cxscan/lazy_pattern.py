"""Regular expressions that are compiled when they are first used: a run pays for those that it needs."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_TO_ITS_END = (1 << 63) - 1


class LazyPattern:
    """A regular expression; its methods are those of `re.Pattern`."""

    def __init__(self, expression: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._expression, self._flags = expression, flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._expression, self._flags)

    def match(self, text: str, start: int = 0, end: int = _TO_ITS_END) -> re.Match[str] | None:
        """Match at `start`."""
        return self._compiled.match(text, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = _TO_ITS_END) -> re.Match[str] | None:
        """Match from `start` to `end`."""
        return self._compiled.fullmatch(text, start, end)

    def search(self, text: str, start: int = 0, end: int = _TO_ITS_END) -> re.Match[str] | None:
        """Find the first match."""
        return self._compiled.search(text, start, end)

    def finditer(self, text: str, start: int = 0, end: int = _TO_ITS_END) -> Iterator[re.Match[str]]:
        """Yield every match."""
        return self._compiled.finditer(text, start, end)

    def sub(self, replacement: str, text: str) -> str:
        """Replace every match."""
        return self._compiled.sub(replacement, text)

    def findall(self, text: str) -> list[str]:
        """List every match, or its group where there is one."""
        return self._compiled.findall(text)
