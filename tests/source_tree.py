"""The modules of cxscan as their sources say: what each imports, and the classes that it defines."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "src"


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    """Every module of cxscan, parsed, by its dotted name."""
    return {
        name_of(path): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted((SOURCES / "cxscan").rglob("*.py"))
    }


def imports() -> dict[str, set[str]]:
    """The modules of cxscan that each module imports: at its top, in a function, or for its types alone."""
    known = modules()
    found: dict[str, set[str]] = {name: set() for name in known}
    for name, tree in known.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found[name] |= {alias.name for alias in node.names} & known.keys()
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module in known:
                members = {f"{node.module}.{alias.name}" for alias in node.names}
                found[name] |= (members & known.keys()) or {node.module}
    return found


def classes() -> list[tuple[str, str]]:
    """Name and module of every class."""
    return [
        (node.name, name)
        for name, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    ]


def imported_packages(name: str) -> set[str]:
    """The packages, of whatever origin, that a module of cxscan imports."""
    found = set()
    for node in ast.walk(modules()[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found.add(node.module.partition(".")[0])
    return found
