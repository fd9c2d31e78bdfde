"""A list of the comments themselves: `["The kettle leaks", "Quick answer"]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cxscan.read.formats.json.shapes.shape import Expand, Wanted

_WORDS = 2
_COLUMN = "comment"


class PlainStrings:
    """Strings of several words, each a comment."""

    name = "plain-strings"
    title = "a list of the comments themselves"

    def recognise(self, values: Sequence[object], _wanted: Wanted) -> Expand | None:
        """By strings that have several words on average, and hardly anything else beside them."""
        texts = [value for value in values if isinstance(value, str)]
        if 2 * len(texts) <= len(values) or sum(len(text.split()) for text in texts) < _WORDS * len(texts):
            return None
        return _expand


def _expand(value: object) -> Iterator[object]:
    yield {_COLUMN: value} if isinstance(value, str) or value is None else value


PLAIN_STRINGS = PlainStrings()
