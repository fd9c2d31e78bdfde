"""What the pages for contributors name exists: files, folders, classes, functions and constants."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("CONTRIBUTING.md", "ARCHITECTURE.md", "training/README.md")
FOLDERS = ("src", "tests", "docs", "training", "benchmarks", "sample_data")
TO_BE_MADE = re.compile(r"\b[A-Z]+\.(?:npz|json|md)$|NAME|^\.\./")
"""A file that the reader makes, or names."""
EXAMPLES = {"test_closed_pipe_ends_quietly"}
"""Names that show what a name is like."""


def code(page: str) -> list[str]:
    """The spans of code on a page, without blocks."""
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(r"`([^`\n]+)`", re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL))


@cache
def paths() -> frozenset[str]:
    """Every file and folder, and each end of its path: `a/b/c.py`, `b/c.py`, `c.py`."""
    whole = [path for name in FOLDERS for path in (ROOT / name, *(ROOT / name).rglob("*"))]
    parts = [path.relative_to(ROOT).parts for path in (*whole, *ROOT.glob("*.*"))]
    return frozenset("/".join(each[at:]) for each in parts for at in range(len(each)))


@cache
def names() -> frozenset[str]:
    """Every name that stands in the code, its tests and its settings."""
    files = [path for folder in ("src", "tests", "training") for path in (ROOT / folder).rglob("*.py")]
    texts = [path.read_text(encoding="utf-8") for path in (*files, ROOT / "noxfile.py") if path != Path(__file__)]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


@pytest.mark.parametrize("page", PAGES)
def test_every_path_on_a_page_for_contributors_exists(page: str) -> None:
    spans = [span for span in code(page) if re.fullmatch(r"[\w./-]*\w(?:\.(?:py|toml|md|json|npz|txt|tsv)|/)", span)]
    assert spans
    assert not [span for span in spans if span.rstrip("/") not in paths() and not TO_BE_MADE.search(span)]


@pytest.mark.parametrize("page", PAGES)
def test_every_name_on_a_page_for_contributors_is_in_the_code(page: str) -> None:
    shape = r"_?[A-Za-z]+(?:_\w+)+|_?[A-Z][a-z]+(?:[A-Z]\w+)?|_?[A-Z]{5,}"
    spans = {span for span in code(page) if re.fullmatch(shape, span)}
    assert not spans - names() - EXAMPLES
