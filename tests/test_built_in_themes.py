"""The built-in themes are a file: it may be put in another order, and a theme may be added to it.

The tests run a copy of the package with a changed `themes.toml`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer.main

import cxscan
from cxscan.cli.root import app

FOURTEENTH = """
[themes.gifts]
lens = "product"
definition = "Presents and wrapping."
source = "A theme for a test."
phrases = ["gift*", "ribbon*"]
match = ["They put a ribbon on it"]
no_match = ["The parcel was late"]

"""
PARCELS = [
    "The ribbon was lovely and the gift arrived on time",
    "Awful gift wrapping, and the parcel was late",
    "Great quality, but the price is too high for what you get",
    "Support was rude and never answered my mails",
    "The app crashes all the time since the update",
    "Please add a dark mode!",
]
LABELS = ("positive", "negative", "neutral")
_RUN = """
import io, json, sys
from cxscan.cli.root import main
codes = {}
for name, argv in json.load(open(sys.argv[1])).items():
    codes[name] = main(argv)
json.dump(codes, open(sys.argv[2], "w"))
"""


class Copy:
    """A package whose built-in taxonomy was changed, and a way to run its commands."""

    def __init__(self, folder: Path, themes: str) -> None:
        self.folder = folder
        shutil.copytree(Path(cxscan.__file__).parent, folder / "cxscan", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "cxscan" / "rules" / "themes.toml").write_text(themes, encoding="utf-8")

    def run(self, commands: dict[str, list[str]]) -> tuple[dict[str, int], str]:
        """Exit code of each command line, and what all of them said on standard error."""
        asked, codes = self.folder / "asked.json", self.folder / "codes.json"
        asked.write_text(json.dumps(commands), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _RUN, str(asked), str(codes)],
            env={**os.environ, "PYTHONPATH": str(self.folder)}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        return json.loads(codes.read_text(encoding="utf-8")), done.stderr


def built_in_file() -> str:
    return (Path(cxscan.__file__).parent / "rules" / "themes.toml").read_text(encoding="utf-8")


def reversed_tables(text: str) -> str:
    """The tables of themes and intents, each kind from last to first."""
    head, *blocks = re.split(r"^(?=\[(?:themes|intents)\.)", text, flags=re.MULTILINE)
    return head + "".join(block.rstrip("\n") + "\n\n" for block in reversed(blocks))


def with_fourteenth(text: str) -> str:
    first = text.index("[themes.")
    return text[:first] + FOURTEENTH.lstrip() + text[first:]


def labels(rows: Path) -> list[tuple[object, ...]]:
    records = map(json.loads, rows.read_text(encoding="utf-8").splitlines())
    return [(each["sentiment"], each["score"], each["themes"], sorted(each["intents"] or [])) for each in records]


def test_the_order_of_the_built_in_tables_changes_no_label(tmp_path: Path, sample_data: Path) -> None:
    """Without and with the user's own themes, learned and by the rules of VADER."""
    own = tmp_path / "own.toml"
    own.write_text('[themes.courier]\nparent = "delivery"\nphrases = ["courier", "driver"]\n', encoding="utf-8")
    ways = {"plain": [], "own": ["--themes", str(own)], "vader": ["--sentiment", "vader"]}
    found = {}
    for order, text in {"as it is": built_in_file(), "reversed": reversed_tables(built_in_file())}.items():
        copy = Copy(tmp_path / order, text)
        rows = {way: copy.folder / f"{way}.jsonl" for way in ways}
        scan = ["scan", str(sample_data), "-q", "-o", str(copy.folder / "summary.txt")]
        codes, said = copy.run({way: [*scan, "--comments", str(rows[way]), *more] for way, more in ways.items()})
        assert set(codes.values()) == {0}, said
        found[order] = {way: labels(path) for way, path in rows.items()}
    assert found["reversed"] == found["as it is"]


@pytest.fixture(scope="module")
def fourteen(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    return Copy(tmp_path_factory.mktemp("fourteen"), with_fourteenth(built_in_file()))


def classifying() -> set[str]:
    """Every command that takes a taxonomy and labels comments with it."""
    group = typer.main.get_command(app())
    found = set()
    for name, command in group.commands.items():  # type: ignore[attr-defined]  # a group, by its place
        for member, each in getattr(command, "commands", {"": command}).items():
            if {"themes", "sentiment"} <= {option.name for option in each.params}:
                found.add(f"{name} {member}".strip())
    return found


def test_a_built_in_theme_without_weights_works_by_its_phrases_in_every_command(fourteen: Copy) -> None:
    folder = fourteen.folder
    export, rows, model = folder / "parcels.csv", folder / "rows.jsonl", folder / "model.npz"
    lines = [f'"{text} {number}",{LABELS[number % 3]},{number % 5 + 1}' for number in range(60) for text in PARCELS]
    export.write_text("\n".join(["comment,label,rating", *lines]) + "\n", encoding="utf-8")
    given, out = [str(export), "-q"], ["-o", str(folder / "out.txt")]
    commands = {
        "scan": ["scan", *given, "--comments", str(rows), *out],
        "check": ["check", *given, "--fail-if", "themes.gifts.share < 1%", *out],
        "compare": ["compare", str(export), str(export), "-q", *out],
        "drivers": ["drivers", *given, *out],
        "discover": ["discover", *given, *out],
        "quotes": ["quotes", *given, "--theme", "gifts", *out],
        "explain": ["explain", "The ribbon was lovely", "-o", str(folder / "explained.txt")],
        "themes test": ["themes", "test", "--on", str(export), *out],
        "train": ["train", *given, "--label", "label", "-o", str(model)],
        "evaluate": ["evaluate", *given, "--label", "label", *out],
        "history add": ["history", "add", str(export), "-q", "--store", str(folder / "runs.sqlite")],
    }
    assert set(commands) >= classifying()
    codes, said = fourteen.run(commands)
    assert set(codes.values()) == {0}, said
    scored = [json.loads(line)["themes"] for line in rows.read_text(encoding="utf-8").splitlines()]
    assert [themes.get("gifts") for themes in scored[: len(PARCELS)]] == ["positive", "negative", *[None] * 4]
    assert "“ribbon”" in (folder / "explained.txt").read_text(encoding="utf-8")


def test_weights_for_a_theme_that_is_not_built_in_are_named(tmp_path: Path) -> None:
    copy = Copy(tmp_path, built_in_file().replace("[themes.price]", "[themes.prices]"))
    codes, said = copy.run({"explain": ["explain", "Too expensive"]})
    assert codes == {"explain": 2}
    assert "has weights for the theme price, which themes.toml does not have (did you mean prices" in said
    assert len(said.splitlines()) == 1
