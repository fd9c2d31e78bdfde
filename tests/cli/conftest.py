from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource

from cxscan.cli.root import main


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]
Json = dict[str, Any]


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


@pytest.fixture
def labelled(tmp_path: Path) -> Callable[..., Path]:
    """Write comments and their labels; a header for the labels may be given."""

    def write(rows: list[tuple[str, str]], header: str = "sentiment", name: str = "labelled.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("comment", header), *rows])
        return path

    return write


SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schema"


@pytest.fixture(scope="module")
def validator() -> Callable[[str, Json], Json]:
    """Hold a result against a published schema by its name; gives the result back."""
    schemas = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    registry = Registry().with_resources((one["$id"], Resource.from_contents(one)) for one in schemas.values())

    def validate(name: str, instance: Json) -> Json:
        Draft202012Validator.check_schema(schemas[name])
        assert list(Draft202012Validator(schemas[name], registry=registry).iter_errors(instance)) == []
        return instance

    return validate
