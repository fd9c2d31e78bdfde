from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cxscan.errors import UsageError
from cxscan.rules import weights
from cxscan.rules.weights import read_weights, weights_as_bytes

ARRAYS = {"terms": np.arange(5, dtype=np.int8), "scale": np.array([0.5])}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "model.npz"
    path.write_bytes(weights_as_bytes("sentiment", ARRAYS, {"cut": 500}))
    return path


def test_weights_come_back_as_they_were(file: Path) -> None:
    back = read_weights(file, kind="sentiment")
    assert back.facts == {"cut": 500}
    assert {name: array.tolist() for name, array in back.arrays.items()} == {
        name: array.tolist() for name, array in ARRAYS.items()
    }


def test_the_same_weights_give_the_same_bytes() -> None:
    again = dict(reversed(ARRAYS.items()))
    assert weights_as_bytes("sentiment", ARRAYS, {}) == weights_as_bytes("sentiment", again, {})


def test_other_weights_are_refused_by_name(file: Path) -> None:
    with pytest.raises(UsageError, match=r"model\.npz: has kind sentiment, not themes"):
        read_weights(file, kind="themes")


@pytest.mark.parametrize("damage", [b"", b"not a zip", None])
def test_a_damaged_file_is_one_clear_error(file: Path, damage: bytes | None) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2] if damage is None else damage)
    with pytest.raises(UsageError, match=r"model\.npz") as raised:
        read_weights(file, kind="sentiment")
    assert "\n" not in str(raised.value)


def test_every_flipped_byte_is_seen_or_harmless(file: Path) -> None:
    content = file.read_bytes()
    for place in range(0, len(content), 7):
        file.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        try:
            back = read_weights(file, kind="sentiment")
        except UsageError:
            continue
        assert back.arrays["terms"].tolist() == ARRAYS["terms"].tolist()


def test_arrays_that_are_not_those_of_the_header_are_refused(file: Path) -> None:
    with np.load(file) as kept:
        arrays = dict(kept)
    np.savez(file, **arrays)
    assert read_weights(file, kind="sentiment").arrays["terms"].tolist() == [0, 1, 2, 3, 4]
    np.savez(file, **{**arrays, "terms": arrays["terms"][::-1]})
    with pytest.raises(UsageError, match=r"model\.npz: is damaged: its arrays are not those of its header"):
        read_weights(file, kind="sentiment")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.npz: cannot be read"):
        read_weights(tmp_path / "none.npz", kind="sentiment")


def test_objects_are_never_unpickled(file: Path) -> None:
    np.savez(file, header=np.array([{"a": 1}], dtype=object))
    with pytest.raises(UsageError):
        read_weights(file, kind="sentiment")


def test_a_bomb_is_refused_before_it_is_unpacked(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "LARGEST", 10)
    with pytest.raises(UsageError, match="more than"):
        read_weights(file, kind="sentiment")
