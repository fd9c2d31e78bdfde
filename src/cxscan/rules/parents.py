"""Themes within themes: who is whose parent, and what a child takes over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.errors import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cxscan.model import Lens


def ancestors(name: str, parents: Mapping[str, str]) -> list[str]:
    """Give the parent of a theme, its parent and so on; a circle is gone round once, back to where it closes."""
    line = [name]
    while (parent := parents.get(line[-1])) is not None:
        line.append(parent)
        if parent in line[:-1]:
            break
    return line[1:]


def parent_mistakes(parents: Mapping[str, str], names: Collection[str]) -> Iterator[str]:
    """Say which parents are no theme, and which themes stand within themselves."""
    reported: set[str] = set()
    for name, parent in parents.items():
        line = ancestors(name, parents)
        if parent not in names:
            yield f"themes.{name}.parent: no such theme: {parent!r}; {nearest(parent, names)}"
        elif line[-1] == name and name not in reported:
            reported.update(line)
            yield f"themes.{name}.parent: is within itself: {' in '.join([name, *line])}"


def lens_from(name: str, lenses: Mapping[str, Lens | None], parents: Mapping[str, str]) -> Lens | None:
    """Give the lens of a theme, or the nearest one above it."""
    return next((lens for each in (name, *ancestors(name, parents)) if (lens := lenses.get(each)) is not None), None)
