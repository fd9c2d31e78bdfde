"""A kind of repair: the signs of a damage in a text, and what stood there before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cxscan.alignment import Replacement

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from cxscan.clean.repairs.joined_texts import JoinedTexts

    Meaning: TypeAlias = "Callable[[re.Match[str]], str | None]"
    """What stood where a pattern is found; None: it is no damage."""
_NEAR = 80
"""Characters. With all that stands around it a text of nothing but damage would take long."""


class Repair(NamedTuple):
    """A damage and its repair. A text without a sign of it is not looked at again."""

    name: str
    """What is wrong with a text, for the note that counts the comments."""
    suspects: Callable[[JoinedTexts], Iterable[int]]
    """Return, fast, the rows that may have a sign: all that have one, and few others."""
    sign: re.Pattern[str]
    """Is found in every text in which `find` finds something."""
    find: Callable[[str], list[Replacement]]
    """Return replacements in order, without overlap; asked again of the text with these, until there are none."""


def by_pattern(forms: Iterable[tuple[re.Pattern[str], Meaning]]) -> Callable[[str], list[Replacement]]:
    """Find the first of the forms that stands in a text, wherever it does."""

    def find(text: str) -> list[Replacement]:
        for pattern, meaning in forms:
            meant = ((match, meaning(match)) for match in pattern.finditer(text))
            found = [Replacement(*match.span(), words) for match, words in meant if words is not None]
            if found:
                return found
        return []

    return find


def line_break(match: re.Match[str]) -> str:
    """Return what a spelled-out line break means: nothing at either end of a text, a space in a sentence, or itself."""
    before, after = around(match)
    if not before.strip() or not after.strip():
        return ""
    goes_on = after.lstrip()[0].islower() and before.rstrip()[-1] not in ".!?…:;"
    return " " if goes_on else "\n"


def around(match: re.Match[str]) -> tuple[str, str]:
    """Return what stands next to a match, as far as it matters."""
    start, end = match.span()
    return match.string[max(0, start - _NEAR) : start], match.string[end : end + _NEAR]
