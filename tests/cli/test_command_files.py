"""A command takes options, makes a call and writes the result: its file is short, and nothing in cli/ computes."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cxscan.cli import root

FOLDER = Path(root.__file__).parent
MOST_LINES = 100


def command_files() -> set[Path]:
    """The files that commands stand in."""
    functions = [*root._COMMANDS.values(), *(one for *_, members in root._GROUPS for one in members.values())]
    return {Path(function.__code__.co_filename) for function in functions}


def lines_of_code(path: Path) -> int:
    """Lines that are neither blank, nor a comment, nor within a docstring."""
    text = path.read_text(encoding="utf-8")
    told = {  # lines of docstrings
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(text.splitlines(), 1)
    return sum(
        bool(line.strip()) and not line.lstrip().startswith("#") and number not in told for number, line in lines
    )


def test_every_command_stands_in_a_file_of_this_folder() -> None:
    assert len(command_files()) > 10
    assert {path.parent for path in command_files()} == {FOLDER}


@pytest.mark.parametrize("path", sorted(command_files()), ids=lambda path: path.name)
def test_the_file_of_a_command_is_short(path: Path) -> None:
    assert lines_of_code(path) < MOST_LINES


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_nothing_on_the_command_line_computes_with_arrays(path: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.partition(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    assert not {"numpy", "pandas", "scipy", "sklearn"} & imported
