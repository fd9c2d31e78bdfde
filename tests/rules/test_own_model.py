from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from cxscan.errors import UsageError
from cxscan.rules.model_file import ThemeColumns, model_as_bytes, read_model
from cxscan.rules.weights import read_weights, weights_as_bytes

SHIPPED = read_weights(files("cxscan.rules").joinpath("sentiment.npz"), kind="sentiment")


def one(height: int) -> np.ndarray:
    return np.arange(height, dtype=np.int64).reshape(-1, 1)


COLUMNS = ThemeColumns(
    names=("presents",),
    words=("ribbon", "card"),
    word_rows=one(2),
    stems=("ribb",),
    stem_rows=one(1),
    pairs=np.array([[0, 1]]),
    pair_rows=one(1),
    phrase_rows=one(78),
    length_rows=one(121),
    count_rows=one(13),
    unit_rows=one(48),
    thresholds=np.array([12]),
    labels={"presents": 40},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "model.npz"


def test_both_halves_come_back_as_they_were(path: Path) -> None:
    path.write_bytes(model_as_bytes(SHIPPED, COLUMNS))
    back = read_model(path)
    assert back.sentiment is not None
    assert back.themes is not None
    assert back.sentiment.sha256 == SHIPPED.sha256
    assert back.sentiment.facts == SHIPPED.facts
    assert (back.themes.names, back.themes.words, back.themes.stems) == (("presents",), ("ribbon", "card"), ("ribb",))
    assert back.themes.word_rows.tolist() == [[0], [1]]
    assert back.themes.labels == {"presents": 40}


def test_a_model_of_the_sentiment_alone_is_read(path: Path) -> None:
    path.write_bytes(weights_as_bytes("sentiment", SHIPPED.arrays, SHIPPED.facts))
    back = read_model(path)
    assert back.sentiment is not None
    assert back.sentiment.sha256 == SHIPPED.sha256
    assert back.themes is None


def test_the_same_columns_give_the_same_bytes() -> None:
    assert model_as_bytes(None, COLUMNS) == model_as_bytes(None, replace(COLUMNS, sha256="other"))


def test_the_hash_is_that_of_what_was_learned(path: Path) -> None:
    hashes = set()
    for columns in (COLUMNS, COLUMNS, replace(COLUMNS, thresholds=np.array([13]))):
        path.write_bytes(model_as_bytes(None, columns))
        themes = read_model(path).themes
        assert themes is not None
        hashes.add(themes.sha256)
    assert len(hashes) == 2


@pytest.mark.parametrize(
    "damage",
    [
        {"names": ("presents", "presents")},
        {"words": ("ribbon",)},
        {"words": ("ribbon", "ribbon")},
        {"pairs": np.array([[0, 2]])},
        {"pairs": np.array([[-1, 0]])},
        {"pairs": np.array([[0, 1], [0, 1]]), "pair_rows": one(2)},
        {"pair_rows": one(2)},
        {"word_rows": np.full((2, 1), 1 << 30)},
        {"thresholds": np.array([1, 2])},
        {"thresholds": np.array([[1]])},
        {"labels": {"gifts": 40}},
        {"labels": {"presents": "many"}},
        {"phrase_rows": np.zeros((78, 2), np.int64)},
    ],
)
def test_columns_that_cannot_be_are_one_clear_error(path: Path, damage: dict[str, object]) -> None:
    path.write_bytes(model_as_bytes(None, replace(COLUMNS, **damage)))  # type: ignore[arg-type]  # damage of any kind
    with pytest.raises(UsageError, match=r"model\.npz: is a damaged model .* train it anew") as raised:
        read_model(path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "change",
    [
        lambda arrays, _: arrays.pop("far_polarity"),
        lambda arrays, _: arrays.update(word_polarity=arrays["word_polarity"][:-1]),
        lambda arrays, _: arrays.update(word_polarity=arrays["word_polarity"].astype(np.float32)),
        lambda arrays, _: arrays.update(words=np.array([255], np.uint8)),
        lambda _, facts: facts.pop("unit"),
        lambda _, facts: facts.update(unit=0),
        lambda _, facts: facts.update(unit="nan"),
        lambda _, facts: facts.update(base_polarity=[]),
    ],
)
def test_a_sentiment_that_cannot_be_is_one_clear_error(path: Path, change: Callable[[dict, dict], object]) -> None:
    arrays, facts = dict(SHIPPED.arrays), dict(SHIPPED.facts)
    change(arrays, facts)
    path.write_bytes(weights_as_bytes("sentiment", arrays, facts))
    with pytest.raises(UsageError, match=r"model\.npz: is a damaged model"):
        read_model(path)


@pytest.mark.parametrize("facts", [{}, {"themes": []}, {"themes": {"labels": []}}])
def test_a_header_that_says_nothing_of_its_themes_is_refused(path: Path, facts: dict[str, object]) -> None:
    path.write_bytes(weights_as_bytes("model", {"themes_names": np.zeros(0, np.uint8)}, facts))
    with pytest.raises(UsageError, match=r"model\.npz: is a damaged model"):
        read_model(path)


def test_weights_of_another_kind_are_refused(path: Path) -> None:
    path.write_bytes(weights_as_bytes("themes", {"a": np.zeros(1, np.int8)}, {}))
    with pytest.raises(UsageError, match=r"has kind themes, not sentiment or model"):
        read_model(path)


def test_every_flipped_byte_is_seen_or_harmless(path: Path) -> None:
    content = model_as_bytes(None, COLUMNS)
    for place in range(0, len(content), 11):
        path.write_bytes(content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :])
        try:
            back = read_model(path).themes
        except UsageError:
            continue
        assert back is not None
        assert back.word_rows.tolist() == COLUMNS.word_rows.tolist()


def test_an_array_that_claims_to_be_huge_is_refused(path: Path) -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<i8", "fortran_order": False, "shape": (1 << 60,)})
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("header.npy", header.getvalue())
    with pytest.raises(UsageError, match=r"model\.npz: is no file of weights, or a damaged one"):
        read_model(path)
