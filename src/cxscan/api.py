"""cxscan for programs: a DataFrame in, the same rows with `cx_` columns out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cxscan.comment_records import comment_records
from cxscan.errors import UsageError, nearest
from cxscan.model import INTENTS, SCORE_UNIT, Batch, Comments, Labels, Polarity, State
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.summary import SENTIMENTS
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    import pandas

    from cxscan.model import Theme
    from cxscan.summary import Summary

ROWS_AT_ONCE = 16_384

_COLUMNS = ("cx_language", "cx_sentiment", "cx_score", "cx_mixed", "cx_lens", "cx_themes", "cx_intents")


@dataclass
class Analyzer:
    """Classifies the rows of a DataFrame and sums them up.

    Pickles as its options, so the same object works inside pandas, Dask `map_partitions` and Spark `mapInPandas`.
    """

    themes: Path | str | None = None
    """A taxonomy of your own, TOML."""
    model: Path | str | None = None
    """Weights of your own for the sentiment, for themes, or for both."""
    sentiment: str = "model"
    """`model`, or `vader` for the score of the vaderSentiment package."""
    language: str | None = None
    """ISO 639-1 code of all comments; None looks at each."""
    _classifier: Classifier | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.sentiment not in {"model", "vader"}:
            raise UsageError(f"sentiment {self.sentiment}: not known; {nearest(self.sentiment, ('model', 'vader'))}")

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_classifier": None}

    def classify(self, frame: pandas.DataFrame, text: str = "comment") -> pandas.DataFrame:
        """A copy of the frame with the columns `cx_language` … `cx_intents`; the frame stays as it is.

        A missing or blank cell of the column `text` is no comment: its `cx_` columns are missing too. Raises
        UsageError when the frame has no such column.
        """
        import pandas

        _require(frame, text)
        texts = ["" if pandas.isna(cell) else str(cell).strip() for cell in frame[text].tolist()]
        classifier = self._ready()
        columns: dict[str, list[object]] = {name: [None] * len(texts) for name in _COLUMNS}
        for start in range(0, len(texts), ROWS_AT_ONCE):
            part = texts[start : start + ROWS_AT_ONCE]
            _, labels = classifier.classify(part)
            for row, record in comment_records(_comments(part, text), labels):
                found = (record.language, record.sentiment, record.score, record.mixed, record.lens)
                for name, value in zip(_COLUMNS, (*found, record.themes_text, record.intents_text), strict=True):
                    columns[name][start + row] = value
        types = {"cx_score": "Float64", "cx_mixed": "boolean"}
        added = {name: pandas.array(cells, types.get(name, "string")) for name, cells in columns.items()}  # type: ignore[call-overload]  # the stubs know no name of a type
        return frame.assign(**added)

    def summarise(self, scored: pandas.DataFrame, text: str | None = None) -> Summary:
        """The summary of classified rows; summaries of parts add up with `+`.

        Quotes need the column of the texts, `text`. Raises UsageError when the frame was not classified.
        """
        for name in (*_COLUMNS, *([text] if text else [])):
            _require(scored, name)
        classifier = self._ready()
        labels = _labels(scored, classifier.themes)
        texts = scored[text].astype("string").fillna("").str.strip().tolist() if text else [""] * len(scored)
        batch = Batch(_comments(texts, text or ""), len(scored))
        return summarise(batch, labels, rules=classifier.hashes, quotes=3 if text else 0)

    def _ready(self) -> Classifier:
        if self._classifier is None:
            path = Path(self.themes) if self.themes is not None else None
            model = Path(self.model) if self.model is not None else None
            rules = ClassifierOptions(themes=path, model=model, vader=self.sentiment == "vader", language=self.language)
            self._classifier = Classifier(rules)
        return self._classifier


def _require(frame: pandas.DataFrame, column: str) -> None:
    if column not in frame.columns:
        raise UsageError(f"the frame has no column {column}; {nearest(column, map(str, frame.columns))}")


def _comments(texts: list[str], field: str) -> Comments:
    count = len(texts)
    nothing = [None] * count
    return Comments(
        source="", records=list(range(1, count + 1)), fields=[field] * count, ids=[*nothing], dates=[*nothing],
        ratings=[*nothing], texts=texts,
    )  # fmt: skip


def _labels(scored: pandas.DataFrame, known: tuple[Theme, ...]) -> Labels:
    """Labels as they were before they were written into columns."""
    sentiments = scored["cx_sentiment"].astype("object").where(scored["cx_sentiment"].notna(), None).tolist()
    states = {None: State.EMPTY, "unscored": State.UNSCORED}
    numbers = {theme.name: number for number, theme in enumerate(known)}
    themes = np.zeros((len(scored), len(known)), np.uint8)
    for row, cell in enumerate(scored["cx_themes"].fillna("").tolist()):
        for part in filter(None, cell.split("; ")):
            name, _, polarity = part.rpartition(":")
            themes[row, numbers[name]] = Polarity[polarity.upper()]
    intents = [set(cell.split("; ")) for cell in scored["cx_intents"].fillna("").tolist()]
    return Labels(
        themes_known=known,
        states=np.array([states.get(name, State.SCORED) for name in sentiments], np.uint8),
        scores=np.rint(scored["cx_score"].fillna(0).to_numpy(np.float64) * SCORE_UNIT).astype(np.int32),
        sentiments=np.array([1 - SENTIMENTS.index(n) if n in SENTIMENTS else 0 for n in sentiments], np.int8),
        mixed=scored["cx_mixed"].fillna(value=False).to_numpy(np.bool_),
        themes=themes,
        intents=np.array([[intent in said for intent in INTENTS] for said in intents], np.bool_).reshape(-1, 4),
        languages=scored["cx_language"].astype("object").where(scored["cx_language"].notna(), None).tolist(),
    )
