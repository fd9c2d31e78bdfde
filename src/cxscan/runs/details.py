"""Details for `--verbose`: how each file is read, and how its records ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from cxscan.layout import Role
from cxscan.render.number_format import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cxscan.read import Source
    from cxscan.summary import Summary

NOT_READ = ("reply", "other")
"""Roles of columns that nothing is taken from."""


def reading_detail(source: Source) -> str:
    """Say format, encoding, preset and columns of a source, on one line."""
    layout = source.layout
    facts = [layout.format, layout.compression, layout.encoding]
    facts.append(f"delimiter {layout.delimiter!r}" if layout.delimiter else None)
    facts.append(f"sheet {layout.sheet}" if layout.sheet else None)
    facts.append(f"preset {layout.preset}" if layout.preset else None)
    columns = {role: layout.of_role(role) for role in get_args(Role) if role not in NOT_READ}
    roles = (f"{role} {', '.join(names)}" for role, names in columns.items() if names)
    return f"{source.path}: read as {', '.join(filter(None, facts))}; {'; '.join(roles)}"


def record_details(summary: Summary) -> Iterator[str]:
    """Say of each file how its records ended."""
    for path, ended in sorted(summary.inputs.items()):
        yield (
            f"{path}: {counted(ended.records, 'record')}: {counted(ended.comments, 'comment')}, "
            f"{ended.empty:,} empty, {ended.rejected:,} rejected, {ended.repeated:,} repeated"
        )
