"""Texts of public sets change only where a pattern of damage stands; skipped where the sets are missing."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest

from cxscan.clean.repairs import mended, repaired_texts

EVERY = 9
"""One text in so many."""

DAMAGE = re.compile(
    r"""&\ ?\#?\w+;? | <[^<>]+> | <\w+\ .*=.*\Z | \\ | (?:quot|nbsp|39);  # HTML, and what programs spell
      | [\x19\x80-\x9f\ufffdâÂÃåÌðï鈥馃窶‰‚¬√ΓÔ] | [A-Za-z][^\w\s]{1,4}\ ?(?:s|t|m|d|re|ve|ll)\b  # lost characters
      | \w\s*['’‘`´]*\s+['’‘`´]*\s*(?:s|t|m|d|re|ve|ll)\b | [%=][2-9A-F][0-9A-F]
    """,
    re.VERBOSE | re.IGNORECASE,
)


@pytest.fixture(scope="module")
def sampled(shared: Path) -> dict[str, list[str]]:
    found = {}
    for path in sorted((shared / "data").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found[path.name] = [
                json.loads(line)["text"] or "" for number, line in enumerate(lines) if number % EVERY == 0
            ]
    return found


def test_a_text_changes_only_where_a_pattern_of_damage_stands(sampled: dict[str, list[str]]) -> None:
    for name, texts in sampled.items():
        for row in repaired_texts(texts).texts:
            assert DAMAGE.search(texts[row]), (name, texts[row])


def test_what_was_mended_needs_no_more(sampled: dict[str, list[str]]) -> None:
    for name, texts in sampled.items():
        for text in repaired_texts(texts).texts.values():
            assert not mended(text).kinds, (name, text)


def test_hardly_any_comment_of_a_clean_set_is_changed(sampled: dict[str, list[str]]) -> None:
    for name in ("yelp10k.jsonl.gz", "trustpilot_rentals.jsonl.gz", "booking_boston.jsonl.gz", "sst5.jsonl.gz"):
        assert len(repaired_texts(sampled[name]).texts) <= 0.012 * len(sampled[name])
