"""The export that the benchmarks scan: the same for the same seed, and hardly a comment twice."""

from __future__ import annotations

import csv
import gzip
import runpy
from pathlib import Path

from cxscan.read import ReadRequest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
GENERATE = BENCHMARKS / "generate.py"


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


def test_noise_in_real_reviews_is_seldom_a_driver_and_half_a_star_is(shared: Path, tmp_path: Path) -> None:
    placebo = runpy.run_path(str(BENCHMARKS / "placebo_drivers.py"))
    reviews = gzip.decompress((shared / "data" / "yelp10k.jsonl.gz").read_bytes()).splitlines()[:3_000]
    path = tmp_path / "reviews.jsonl"
    path.write_bytes(b"\n".join(reviews))
    sample = placebo["read_sample"]([str(path)], ReadRequest(text=("text",), rating="stars", scale=(1, 5)))
    assert placebo["times_found"](sample, placebo["placebo"], n=1_000, runs=60) <= 5
    assert placebo["times_found"](sample, placebo["planted"], n=1_000, runs=20) >= 16
