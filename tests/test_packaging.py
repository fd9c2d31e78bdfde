"""What pyproject.toml promises of the packages that cxscan needs."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import cxscan

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SOURCE = Path(cxscan.__file__).parent


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    return normal(re.split(r"[<>=!~ \[;]", requirement)[0])


def imported() -> set[str]:
    """Modules of others that cxscan imports when it runs, at the top or inside functions."""
    names = set[str]()
    for path in SOURCE.rglob("*.py"):
        nodes: list[ast.AST] = [ast.parse(path.read_bytes())]
        for node in nodes:
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module)
            elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
                nodes += ast.iter_child_nodes(node)
    standard = {*sys.stdlib_module_names, "compression"}  # of Python 3.14 on
    return {name.partition(".")[0] for name in names} - standard - {"cxscan"}


def test_every_module_that_is_imported_is_declared() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    optional = {name for extra, needed in extras.items() if extra != "test" for name in map(name_of, needed)}
    declared = {*map(name_of, PROJECT["project"]["dependencies"])} | optional
    packages = importlib.metadata.packages_distributions()
    assert {normal(packages.get(name, [name])[0]) for name in imported()} <= declared


def test_extra_and_group_of_the_tests_are_the_same() -> None:
    assert PROJECT["project"]["optional-dependencies"]["test"] == PROJECT["dependency-groups"]["test"]


def test_every_dependency_has_a_floor() -> None:
    assert all(">=" in one for one in PROJECT["project"]["dependencies"])
