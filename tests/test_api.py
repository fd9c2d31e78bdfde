from __future__ import annotations

import json
import pickle
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from cxscan import Analyzer
from cxscan.cli.root import main
from cxscan.errors import UsageError
from cxscan.runs.classifier import ClassifierOptions
from cxscan.runs.thread_classifiers import thread_classifier

FRAME = pd.DataFrame(
    {
        "comment": ["Great staff, lovely food", None, "n/a", "Delivery was late and support rude", "  "],
        "branch": ["a", "b", "a", "b", "a"],
    },
    index=[10, 11, 12, 13, 14],
)


def test_the_same_rows_come_back_with_our_columns() -> None:
    scored = Analyzer().classify(FRAME)
    assert scored.index.tolist() == FRAME.index.tolist()
    assert scored["cx_sentiment"].astype(object).where(scored["cx_sentiment"].notna(), None).tolist() == [
        "positive", None, "unscored", "negative", None
    ]  # fmt: skip
    assert list(FRAME.columns) == ["comment", "branch"]


def test_parts_add_up_to_the_whole() -> None:
    analyzer = Analyzer()
    scored = analyzer.classify(FRAME)
    parts = analyzer.summarise(scored[:2], text="comment") + analyzer.summarise(scored[2:], text="comment")
    whole = analyzer.summarise(scored, text="comment")
    assert replace(parts.total, quotes={}) == replace(whole.total, quotes={})
    nothing = {"rejected": 0, "repeated": 0, "repaired": 0, "company": 0}
    reasons = {"unscored_reasons": {"no words": 0, "no answer": 1, "languages": {}}}
    assert whole.as_json()["comments"] == {"n": 3, "scored": 2, "unscored": 1, "empty": 2} | nothing | reasons


def test_an_analyzer_pickles_and_gives_the_same_rows() -> None:
    analyzer = Analyzer(sentiment="vader")
    analyzer.classify(FRAME)
    again = pickle.loads(pickle.dumps(analyzer))
    pd.testing.assert_frame_equal(again.classify(FRAME), analyzer.classify(FRAME))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UsageError, match="did you mean comment"):
        Analyzer().classify(FRAME, text="coment")


def test_a_name_that_several_columns_have_is_named() -> None:
    twice = pd.DataFrame([["Great staff", "Late"]], columns=["comment", "comment"])
    with pytest.raises(UsageError, match="several columns comment"):
        Analyzer().classify(twice)
    scored = Analyzer().classify(FRAME)
    with pytest.raises(UsageError, match="several columns cx_language"):
        Analyzer().summarise(pd.concat([scored, scored], axis=1))


def test_an_empty_frame_stays_empty() -> None:
    assert Analyzer().classify(FRAME[:0])["cx_score"].tolist() == []


def texts_of_thread(number: int) -> list[str]:
    """Comments with words of their own, so that vocabularies grow differently in each thread."""
    return [f"{text} said guest{number}x{row} of town{number}y{row}, never again" for row, text in enumerate(SOME * 20)]


SOME = [
    "Great staff, lovely food",
    "Delivery was late and support rude",
    "The app crashes all the time",
    "Too expensive for what you get",
    "Please add a dark mode",
    "Would recommend it to my friends!",
]


@pytest.fixture
def _hasty_threads() -> Iterator[None]:
    """Threads take turns so often that what they share is caught half done."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("_hasty_threads")
def test_four_threads_share_an_analyzer_and_label_as_one_does() -> None:
    analyzer = Analyzer(language="en")
    frames = [pd.DataFrame({"comment": texts_of_thread(number)}) for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(analyzer.classify, frames * 2))
    alone = [analyzer.classify(frame) for frame in frames]
    for number, scored in enumerate(together):
        pd.testing.assert_frame_equal(scored, alone[number % len(frames)])


@pytest.mark.usefixtures("_hasty_threads")
def test_parts_that_threads_take_in_turn_are_the_whole() -> None:
    """As Dask's `map_partitions` uses it by default: one object, pickled or not, for partitions in several threads."""
    whole = pd.DataFrame({"comment": [text for number in range(12) for text in texts_of_thread(number)]})
    parts = [whole.iloc[at : at + 60] for at in range(0, len(whole), 60)]
    carried = pickle.dumps(Analyzer(language="en"))

    def partition(part: pd.DataFrame) -> pd.DataFrame:
        return pickle.loads(carried).classify(part, text="comment")

    with ThreadPoolExecutor(3) as pool:
        scored = pd.concat(pool.map(partition, parts))
    pd.testing.assert_frame_equal(scored, Analyzer(language="en").classify(whole))


def test_a_thread_builds_its_classifier_once() -> None:
    first, again = (thread_classifier(ClassifierOptions(language="en")) for _ in range(2))
    assert first is again
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(thread_classifier, ClassifierOptions(language="en")).result() is not first


def test_a_changed_taxonomy_is_read_anew(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    analyzer, frame = Analyzer(themes=own), pd.DataFrame({"comment": ["The zebra was there"]})
    for name in ("animals", "stripes-and-more"):
        own.write_text(f'[themes.{name}]\nlens = "product"\nphrases = ["zebra"]\n', encoding="utf-8")
        assert name in analyzer.classify(frame)["cx_themes"][0]
        assert name in [theme.name for theme in analyzer.summarise(analyzer.classify(frame)).themes]


def test_an_analyzer_pickles_as_its_options() -> None:
    analyzer = Analyzer()
    analyzer.classify(FRAME)
    assert len(pickle.dumps(analyzer)) < 300
    assert pickle.loads(pickle.dumps(analyzer)) == analyzer


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT])
def test_a_missing_cell_is_no_comment(missing: object) -> None:
    scored = Analyzer().classify(pd.DataFrame({"comment": ["Great food", missing]}, dtype=object))
    assert scored["cx_sentiment"].isna().tolist() == [False, True]
    assert Analyzer().summarise(scored).as_json()["comments"]["empty"] == 1


def test_a_column_of_numbers_has_comments_of_numbers() -> None:
    scored = Analyzer().classify(pd.DataFrame({"comment": [5.0, float("nan"), 4.5]}))
    assert scored["cx_sentiment"].isna().tolist() == [False, True, False]
    assert Analyzer().summarise(scored, text="comment", by="comment").as_json()["segments"]["comment"].keys() == {
        "5", "", "4.5",
    }  # fmt: skip


def test_what_pandas_takes_for_missing_is_missing(tmp_path: Path) -> None:
    """The CLI reads `n/a` as an answer that says nothing; pandas, unless told otherwise, as an empty cell."""
    path = tmp_path / "export.csv"
    path.write_text("comment\nGreat food\nn/a\n", encoding="utf-8")
    by_default = Analyzer().summarise(Analyzer().classify(pd.read_csv(path)))
    as_it_stands = Analyzer().summarise(Analyzer().classify(pd.read_csv(path, keep_default_na=False)))
    assert (by_default.as_json()["comments"]["empty"], by_default.as_json()["comments"]["unscored"]) == (1, 0)
    assert (as_it_stands.as_json()["comments"]["empty"], as_it_stands.as_json()["comments"]["unscored"]) == (0, 1)


def read_sample(folder: Path, name: str, **strict: bool) -> pd.DataFrame:
    if name.endswith(".csv"):
        return pd.read_csv(folder / name, **strict)
    return pd.DataFrame(json.loads((folder / name).read_text(encoding="utf-8"))["responses"])


@pytest.mark.parametrize(
    ("name", "text", "rating", "date", "by"),
    [
        ("app_reviews.csv", "review", "rating", "date", ["country", "version"]),
        ("support_survey.json", "comment", "score", "submitted_at", ["channel"]),
    ],
)
@pytest.mark.parametrize("strict", [{}, {"keep_default_na": False}])
def test_its_summary_is_that_of_a_scan(
    sample_data: Path, name: str, text: str, rating: str, date: str, by: list[str], strict: dict[str, bool],
    capfd: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = str(sample_data / name)
    columns = [word for column in by for word in ("--by", column)]
    assert main(["scan", path, "--format", "json", *columns, "--period", "month", "-q"]) == 0
    scanned = json.loads(capfd.readouterr().out)
    analyzer, frame = Analyzer(), read_sample(sample_data, name, **strict)
    summary = analyzer.summarise(
        analyzer.classify(frame, text), text, rating=rating, by=by, date=date, period="month", source=path
    )
    found = json.loads(json.dumps(summary.as_json()))
    for whole in (scanned, found):  # rows of a frame have no names, and repeated ones are not looked for
        del whole["inputs"][0]["columns"]["id"], whole["inputs"][0]["repeated"], whole["comments"]["repeated"]
    assert found.keys() == scanned.keys()
    for key in scanned:
        assert found[key] == scanned[key]


def test_a_scale_that_is_given_holds_for_every_part() -> None:
    frame = Analyzer().classify(pd.DataFrame({"comment": ["Great food", "Awful food"], "stars": [5, 1]}))
    parts = [Analyzer().summarise(frame[at : at + 1], rating="stars", scale=(1, 5)) for at in range(2)]
    rating = (parts[0] + parts[1]).as_json()["rating"]
    assert (rating["n"], rating["mean"], rating["low"], rating["high"]) == (2, 3.0, 1, 5)


OTHER_TAXONOMY = [
    ("cx_themes", "courier:negative", "courier is not known"),
    ("cx_themes", "price:negativ", "negativ is not known (did you mean negative"),
    ("cx_themes", "price", " is not known"),
    ("cx_intents", "prase", "prase is not known (did you mean praise"),
    ("cx_sentiment", "good", "good is not known"),
    ("cx_score", "much", "holds what is no score"),
    ("cx_score", 5.0, "holds what is no score"),
    ("cx_score", float("inf"), "holds what is no score"),
]


@pytest.mark.parametrize(("column", "cell", "said"), OTHER_TAXONOMY)
def test_labels_of_other_rules_are_named(column: str, cell: object, said: str) -> None:
    scored = Analyzer().classify(pd.DataFrame({"comment": ["Great food"]})).astype({column: object})
    scored.loc[0, column] = cell
    with pytest.raises(UsageError, match=re.escape(said)):
        Analyzer().summarise(scored)


def test_rows_of_another_taxonomy_are_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[themes.courier]\nlens = "product"\nphrases = ["courier"]\n', encoding="utf-8")
    scored = Analyzer(themes=own).classify(pd.DataFrame({"comment": ["The courier was rude"]}))
    with pytest.raises(UsageError, match="cx_themes, row 1: courier is not known"):
        Analyzer().summarise(scored)


def test_a_period_without_dates_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="needs dates"):
        Analyzer().summarise(Analyzer().classify(FRAME), period="month")


def test_an_unknown_period_is_a_usage_error() -> None:
    scored = Analyzer().classify(FRAME.assign(day="2026-05-04"))
    with pytest.raises(UsageError, match="period moth: not known; did you mean month"):
        Analyzer().summarise(scored, date="day", period="moth")  # type: ignore[arg-type]


def test_segments_of_truth_values_are_called_as_in_json(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = [{"text": "Great staff, lovely food", "verified": True}, {"text": "Rude support", "verified": False}]
    export = tmp_path / "reviews.json"
    export.write_text(json.dumps(rows), encoding="utf-8")
    assert main(["scan", str(export), "--by", "verified", "--format", "json", "-q"]) == 0
    scanned = json.loads(capfd.readouterr().out)
    scored = Analyzer().classify(pd.DataFrame(rows), "text")
    found = Analyzer().summarise(scored, "text", by="verified", source=str(export)).as_json()
    assert json.loads(json.dumps(found)) == scanned


def test_a_scored_frame_may_have_been_to_a_csv_file(tmp_path: Path) -> None:
    scored = Analyzer().classify(FRAME)
    scored.to_csv(tmp_path / "scored.csv")
    assert Analyzer().summarise(pd.read_csv(tmp_path / "scored.csv")) == Analyzer().summarise(scored)
