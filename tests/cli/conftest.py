from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from cxscan.cli.root import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def cxscan(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command line in this process: exit code, standard output, standard error."""

    def run(*argv: object) -> Ran:
        code = main([str(word) for word in argv])
        return Ran(code, *capfd.readouterr())

    return run


@pytest.fixture
def export(tmp_path: Path) -> Callable[..., Path]:
    """Write a small CSV export with a column `comment` (and a rating, where one is given)."""

    def write(*comments: str, name: str = "export.csv", ratings: list[int] | None = None) -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "comment", *(["rating"] if ratings else [])])
            for number, comment in enumerate(comments):
                writer.writerow([number, comment, *([ratings[number]] if ratings else [])])
        return path

    return write


@pytest.fixture
def records() -> Callable[[str], list[dict[str, object]]]:
    return lambda text: [json.loads(line) for line in text.splitlines()]
