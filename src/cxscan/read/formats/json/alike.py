"""Records of one kind: known by the keys that they have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

_ALIKE = 0.6


def are_alike(first: Collection[str], second: Collection[str]) -> bool:
    """Tell whether two sets of keys or columns are those of one kind of record."""
    shared, known = len({*first} & {*second}), len({*first} | {*second})
    return shared > 0 and shared >= _ALIKE * known
