"""The export that the benchmarks scan: the same for the same seed, and hardly a comment twice."""

from __future__ import annotations

import csv
import runpy
from pathlib import Path

GENERATE = Path(__file__).resolve().parent.parent / "benchmarks" / "generate.py"


def test_generated_export_is_the_same_again_and_seldom_repeats(tmp_path: Path) -> None:
    write = runpy.run_path(str(GENERATE))["write"]
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    write(one, 2_000)
    write(two, 2_000)
    assert one.read_bytes() == two.read_bytes()
    with one.open(encoding="utf-8", newline="") as file:
        comments = [row["comment"] for row in csv.DictReader(file)]
    assert len(comments) == 2_000
    assert len(set(comments)) > 0.95 * len(comments)
