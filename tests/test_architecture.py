"""ARCHITECTURE.md shows the layers that import-linter holds, and what each says of itself; the index lists every page.

`CXSCAN_UPDATE_DOCS=1 pytest tests/test_architecture.py` writes the table anew.
"""

from __future__ import annotations

import ast
import os
import re
import tomllib
from pathlib import Path

from source_tree import SOURCES, modules

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "ARCHITECTURE.md"
TABLE = re.compile(r"(?<=<!-- layers -->\n).*?(?=<!-- end of layers -->)", re.DOTALL)


def layers() -> list[list[str]]:
    """The modules and packages below cxscan, from the top down; those of one layer do not know each other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    (whole,) = (contract for contract in contracts if contract["containers"] == ["cxscan"])
    return [re.split(r" [|:] ", layer) for layer in whole["layers"]]


def first_line(name: str) -> str:
    """What a module says of itself."""
    docstring = ast.get_docstring(modules()[f"cxscan.{name}"])
    assert docstring, name
    return docstring.partition("\n")[0]


def table() -> str:
    lines = ["| layer | | what stands there |", "|---:|---|---|"]
    for number, names in enumerate(layers(), 1):
        for name in names:
            path = f"{name}/" if (SOURCES / "cxscan" / name).is_dir() else f"{name}.py"
            lines.append(f"| {number} | `{path}` | {first_line(name)} |")
    return "\n".join(lines) + "\n"


def test_the_table_of_layers_is_as_the_code_has_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert TABLE.search(page)
    if os.environ.get("CXSCAN_UPDATE_DOCS"):
        PAGE.write_text(TABLE.sub(lambda _: table(), page), encoding="utf-8")
        return
    assert TABLE.search(page)[0] == table()


def test_what_a_layer_says_of_itself_is_a_whole_sentence() -> None:
    for name in (name for names in layers() for name in names):
        assert first_line(name).endswith("."), name


def test_every_package_stands_in_the_diagram() -> None:
    diagram = re.search(r"```text\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert diagram
    packages = {name for names in layers() for name in names if (SOURCES / "cxscan" / name).is_dir()}
    assert packages <= set(re.findall(r"\w+", diagram[1]))


def test_the_page_names_no_file_that_is_not_there() -> None:
    named = re.findall(r"`((?:\w+/)*\w+\.py)`", PAGE.read_text(encoding="utf-8"))
    assert named
    assert [name for name in named if not any((at / name).is_file() for at in (SOURCES / "cxscan", ROOT))] == []


def test_the_index_lists_every_page() -> None:
    index = (ROOT / "docs" / "index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(ROOT / "docs").as_posix() for path in sorted((ROOT / "docs").rglob("*.md"))]
    assert [page for page in pages if page != "index.md" and f"]({page})" not in index] == []


def test_the_glossary_is_sorted_and_has_the_words_that_are_ours() -> None:
    terms = re.findall(
        r"^\| \*\*(.+?)\*\* \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert terms == sorted(terms)
    assert {"balance", "chunk", "clause", "evidence", "lens", "net"} <= set(terms)
