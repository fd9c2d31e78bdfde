"""The commands of training/README.md, run on a few hundred invented records."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from training.tiny_data import write_sets

from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.rules.rule_set import load_rules
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import read_theme_weights
from cxscan.rules.weights import read_weights
from cxscan.tokens import Tokenizer

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "training" / "README.md").read_text(encoding="utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.fixture(scope="module")
def sets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sets")
    write_sets(folder)
    return folder


def refit(sets: Path, script: str, written: str) -> Path:
    """Run the README's first command with a script, on the made sets."""
    command = next(line for line in COMMANDS if line.startswith(f"python training/{script}"))
    words = [word for word in shlex.split(command)[1:] if word not in ("--jobs", "2")]
    words = [word.replace("training/judged", f"{sets}/judged") for word in words]
    out = sets / written
    words = [str(out) if word == f"src/cxscan/rules/{written}" else word for word in words]
    assert str(out) in words
    if script == "themes.py":
        words += ["--shared", str(sets)]
    subprocess.run([sys.executable, *words], check=True, cwd=ROOT, env={**os.environ, "CXSCAN_SHARED": str(sets)})
    return out


def test_the_sentiment_is_refitted_by_the_command_of_the_readme(sets: Path) -> None:
    path = refit(sets, "student.py", "sentiment.npz")
    assert read_weights(path, kind="sentiment").facts["unit"] == 4096
    tokens = Tokenizer().tokenize(["the staff is great", "the staff is awful"])
    great, awful = ModelSentiment(load_rules(model=path).sentiment).classify(tokens).texts
    assert great > awful
    content = path.read_bytes()
    assert refit(sets, "student.py", "sentiment.npz").read_bytes() == content


def test_the_themes_are_refitted_by_the_command_of_the_readme(sets: Path) -> None:
    weights = read_theme_weights(refit(sets, "themes.py", "themes.npz"))
    assert weights.themes == tuple(theme.name for theme in built_in().themes)
    assert weights.taxonomy == built_in().sha256


def test_every_script_that_the_readme_names_is_there() -> None:
    listed = set(re.findall(r"`(\w+\.(?:py|txt))", README)) | set(re.findall(r"training/(\w+\.py)", README))
    assert {"student.py", "themes.py", "corpus.py"} <= listed
    assert {name for name in listed if not (ROOT / "training" / name).is_file()} <= {"write_themes.py"}
