"""Checks against the material that stands beside the repository; skipped where it is missing."""

from __future__ import annotations

import csv
import json
import tarfile
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import pytest
from reading import Outcome, Read, outcome

from cxscan.errors import CxscanError

EXTRA: set[str] = set() if find_spec("pyarrow") else {"parquet"}
"""Formats whose libraries are not installed."""
EVERY = 23
"""One Pollock file in so many is read here; all of them take half a minute."""


@pytest.fixture(scope="session")
def unpacked(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reliability")
    for name in ("pollock", "json-test-suite"):
        with tarfile.open(shared / "reliability" / f"{name}.tar.xz") as archive:
            archive.extractall(folder / name, filter="data")
    return folder


def normal(text: str) -> str:
    return text.strip().replace("\r\n", "\n").replace("\r", "\n")


def meets(expected: dict[str, object], found: Outcome | str) -> bool:
    """Whether an outcome (an error as its message) is one that is expected."""
    if expected["expected"] == "error" or isinstance(found, str):
        if expected["expected"] != "error" or not isinstance(found, str):
            return False
        said = found.lower()
        any_of, all_of = expected.get("message_any", []), expected.get("message_all", [])
        assert isinstance(any_of, list)
        assert isinstance(all_of, list)
        return any(word in said for word in any_of) and all(word in said for word in all_of)
    texts = [text for text in map(normal, found.texts) if text]
    kept, rejected = len(texts), len(found.rejects)
    if expected["expected"] == "ok":
        right = rejected == 0 and kept == expected["comments"]
    else:
        right = rejected >= int(str(expected.get("rejected_min", 1)))
        right &= int(str(expected.get("kept_min", 0))) <= kept <= int(str(expected.get("kept_max", kept)))
        right &= (kept, rejected) == (expected.get("kept", kept), expected.get("rejected", rejected))
    ends = [expected.get("first") or texts[:1], expected.get("last") or texts[-1:]]
    right &= ends == [expected.get("first") and texts[0], expected.get("last") and texts[-1]] or not texts
    right &= all(text in texts for text in _listed(expected, "contains"))
    right &= not any(text in texts for text in _listed(expected, "forbid_exact"))
    return right and not any(part in text for part in _listed(expected, "forbid_substr") for text in texts)


def _listed(expected: dict[str, object], key: str) -> list[str]:
    listed = expected.get(key, [])
    assert isinstance(listed, list)
    return listed


def test_bad_files_end_as_they_should(shared: Path) -> None:
    folder = shared / "reliability" / "bad-inputs"
    missed = []
    for name, case in json.loads((folder / "expected.json").read_text())["files"].items():
        found: Outcome | str
        try:
            found = outcome(folder / name, text=(case["column"],), encoding=case.get("options", {}).get("encoding"))
        except CxscanError as trouble:
            found = str(trouble)
            assert name in found
            assert "\n" not in found
        if case["feature"] in EXTRA:
            assert isinstance(found, str)
            assert "pip install" in found
        elif not any(meets(expected, found) for expected in case["outcomes"]):
            missed.append(name)
    assert missed == []


def test_a_line_of_the_json_test_suite_costs_at_most_itself(unpacked: Path, read: Read) -> None:
    good = b'{"comment": "Delivery was late"}\n'
    files = sorted((unpacked / "json-test-suite").rglob("*.json"))
    assert len(files) > 300
    for path in files:
        line = path.read_bytes().replace(b"\n", b" ").replace(b"\r", b" ")
        found = read(good * 3 + line + b"\n" + good * 3, name="suite.jsonl", text=("comment",))
        assert [text for text in found.texts if text] == ["Delivery was late"] * 6, path.name
        assert len(found.rejects) <= 1, path.name
        try:
            outcome(path)
        except CxscanError as trouble:
            assert path.name in str(trouble)  # noqa: PT017  either outcome is right


def pollock(path: Path) -> str:
    """How a polluted file ended: exact, rejected, refused or silent."""
    with (path.parent.parent / "clean" / path.name).open(newline="", encoding="utf-8") as file:
        header, *rows = list(csv.reader(file)) or [[]]
    at = next((place for place, name in enumerate(header) if "ProductDescription" in name), None)
    wanted = Counter() if at is None else Counter(row[at].strip() for row in rows if len(row) > at and row[at].strip())
    try:
        found = outcome(path, text=("ProductDescription",))
    except CxscanError:
        return "refused"
    got = Counter(text for text in found.texts if text)
    if got == wanted:
        return "exact"
    if not wanted - got and "_multitable_" in path.name:
        return "both tables"  # the clean file has the first one; the second is read by its own header
    return "rejected" if not got - wanted and len(found.rejects) >= (wanted - got).total() else "silent"


def test_polluted_files_lose_nothing_in_silence(unpacked: Path) -> None:
    files = sorted((unpacked / "pollock").rglob("csv/*.csv"))
    assert len(files) == 2290
    special = [path for path in files if path.name.startswith(("file_", "source")) or "row0_" in path.name]
    ends = Counter(map(pollock, sorted({*files[::EVERY], *special})))
    assert ends["silent"] <= 1
    assert ends["refused"] <= 35


@pytest.mark.parametrize(
    ("name", "records", "fields", "ratings", "dates"),
    [
        ("booking_hotel_reviews.csv", 4993, {"review_text_positive": 4744, "review_text_negative": 3411}, 4993, 4993),
        (
            "g2_reviews.csv",
            762,
            {"love": 741, "hate": 741, "benefits": 733, "recommendations": 148, "service_task_overview": 6},
            762,
            762,
        ),
        ("skytrax_lounge.csv", 2264, {"content": 2264}, 2259, 2264),
        ("zomato_restaurant_reviews.csv", 10_000, {"Review": 9955}, 9961, 9962),
    ],
)
def test_real_exports_are_read_whole(
    shared: Path, name: str, records: int, fields: dict[str, int], ratings: int, dates: int
) -> None:
    found = outcome(shared / "exports" / name)
    assert found.count == records
    assert found.rejects == []
    filled = Counter(field for field, text in zip(found.fields, found.texts, strict=True) if text)
    assert filled == fields
    firsts = [place for place, record in enumerate(found.records) if place == 0 or found.records[place - 1] != record]
    assert sum(found.ratings[place] is not None for place in firsts) == ratings
    assert sum(found.dates[place] is not None for place in firsts) == dates


def test_naughty_strings_come_out_as_they_went_in(shared: Path, read: Read) -> None:
    strings = [one for one in json.loads((shared / "reliability" / "naughty-strings.json").read_text()) if one.strip()]
    found = read(json.dumps([{"comment": one} for one in strings]))
    expected = [normal(one).replace("\0", "") for one in strings]
    assert found.texts == [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") for text in expected]
