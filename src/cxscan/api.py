"""cxscan for programs: a DataFrame in, the same rows with `cx_` columns out, and their summary."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from cxscan.comment_records import LabelFields, comment_records
from cxscan.errors import UsageError, nearest
from cxscan.model import (
    INTENTS,
    POLARITIES,
    RATING_UNIT,
    SCORE_UNIT,
    SENTIMENTS,
    UNSCORED_REASONS,
    Batch,
    Comments,
    Labels,
    Polarity,
    Scale,
    State,
)
from cxscan.periods import PERIODS
from cxscan.read.columns.plan import clean
from cxscan.read.values.dates import Dates, infer_date_order
from cxscan.read.values.ratings import Ratings, infer_scale
from cxscan.rules.platform_texts import is_platform_text
from cxscan.runs.classifier import ClassifierOptions
from cxscan.runs.thread_classifiers import themes_and_hashes, thread_classifier
from cxscan.summary import InputColumns
from cxscan.summary.build import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pandas
    from numpy.typing import NDArray

    from cxscan.model import Theme
    from cxscan.periods import Period
    from cxscan.summary import Summary

Value = TypeVar("Value")

ROWS_AT_ONCE = 16_384
"""Rows that are classified at a time."""

SAMPLED_ROWS = 10_000
"""First rows from which the scale of ratings and the order of dates are inferred."""

COLUMNS = tuple(f"cx_{name}" for name in LabelFields._fields)

_TYPES = {"cx_score": "Float64", "cx_mixed": "boolean"}


@dataclass(frozen=True)
class Analyzer:
    """Classifies the rows of a DataFrame and sums them up.

    It holds nothing but its options: it pickles as these, and threads may share it. Each thread of a process keeps a
    classifier for its next call, so the same object works inside pandas, Dask `map_partitions` (with any scheduler) and
    Spark `mapInPandas`. Raises UsageError for a sentiment that is not known.
    """

    themes: Path | str | None = None
    """A taxonomy of your own, TOML."""
    model: Path | str | None = None
    """Weights of your own for the sentiment, for themes, or for both."""
    sentiment: str = "model"
    """`model`, or `vader` for the score of the vaderSentiment package."""
    as_is: bool = False
    """Read words as they stand: nothing is repaired or set aside."""
    language: str | None = None
    """ISO 639-1 code of all comments; None looks at each."""

    def __post_init__(self) -> None:
        if self.sentiment not in {"model", "vader"}:
            raise UsageError(f"sentiment {self.sentiment}: not known; {nearest(self.sentiment, ('model', 'vader'))}")

    def classify(self, frame: pandas.DataFrame, text: str = "comment") -> pandas.DataFrame:
        """Return a copy of the frame with the columns `cx_language` … `cx_intents`; the frame stays as it is.

        A missing (None, NaN, NA) or blank cell of the column `text` is no comment: its `cx_` columns are missing too.
        Raises UsageError when the frame has no such column, or several.
        """
        import pandas

        texts = _texts(frame, text)
        classifier = thread_classifier(self._options)
        columns: dict[str, list[object]] = {name: [None] * len(texts) for name in COLUMNS}
        for start in range(0, len(texts), ROWS_AT_ONCE):
            part = texts[start : start + ROWS_AT_ONCE]
            _, labels = classifier.classify(part, [text] * len(part))
            for row, record in comment_records(_comments(part, text), labels):
                found = (
                    record.language, record.unscored, record.sentiment, record.score, record.mixed, record.lens,
                )  # fmt: skip
                for name, value in zip(COLUMNS, (*found, record.themes_text, record.intents_text), strict=True):
                    columns[name][start + row] = value
        added = {name: pandas.array(cells, _TYPES.get(name, "string")) for name, cells in columns.items()}  # type: ignore[call-overload]  # the stubs know no name of a type
        return frame.assign(**added)

    def summarise(
        self,
        scored: pandas.DataFrame,
        text: str | None = None,
        *,
        rating: str | None = None,
        scale: tuple[float, float] | None = None,
        by: str | Sequence[str] = (),
        date: str | None = None,
        period: Period | None = None,
        source: str = "",
        quotes: int = 3,
    ) -> Summary:
        """Return the summary of classified rows, each a record; summaries of parts add up with `+`.

        Given the same columns it is the summary of `cxscan scan` on the export, but that repeated rows are not looked
        for. `text`: the comments, for quotes.
        `rating`: a rating of each row, on the `scale` (its lowest and highest value) or else on the one that its first
        cells suggest; give the scale when parts are summed up apart. `by`: columns that name a segment. `date`: the day
        or moment of each row, for a timeline by `period`. `source`: name of the input. `quotes`: how many of each theme
        and polarity. Raises UsageError for a column that is not there, or there twice, and for rows that were not
        classified, or with another taxonomy.
        """
        segments = (by,) if isinstance(by, str) else tuple(by)
        _require(scored, (*COLUMNS, *segments, *(name for name in (text, rating, date) if name is not None)))
        if period is not None and period not in PERIODS:
            raise UsageError(f"period {period}: not known; {nearest(period, PERIODS)}")
        if period is not None and date is None:
            raise UsageError(f"period {period}: needs dates; name their column: date=")
        themes, hashes = themes_and_hashes(self._options)
        texts = _texts(scored, text) if text is not None else [""] * len(scored)
        ratings, ends = _ratings(scored, rating, scale)
        comments = replace(
            _comments(texts, text or ""),
            source=source,
            dates=_dates(scored, date),
            ratings=ratings,
            scale=ends,
            segments={name: _cells(scored, name) for name in segments},
        )
        labels, kept = _labels(scored, themes), quotes if text is not None else 0
        batch, columns = Batch(comments, len(scored)), InputColumns((text,) if text else (), rating, date)
        summary = summarise(batch, labels, rules=hashes, by=segments, period=period, quotes=kept)
        return summary.with_columns({source: columns})

    @property
    def _options(self) -> ClassifierOptions:
        return ClassifierOptions(
            themes=None if self.themes is None else Path(self.themes),
            model=None if self.model is None else Path(self.model),
            vader=self.sentiment == "vader",
            as_is=self.as_is,
            language=self.language,
        )


def _require(frame: pandas.DataFrame, columns: Iterable[str]) -> None:
    for column in columns:
        if column not in frame.columns:
            raise UsageError(f"the frame has no column {column}; {nearest(column, map(str, frame.columns))}")
        if frame[column].ndim > 1:
            raise UsageError(f"the frame has several columns {column}; rename all but one")


def _cells(frame: pandas.DataFrame, column: str) -> list[str]:
    """Return a column as an export has it: texts without white space around them, "" for a missing one."""
    _require(frame, (column,))
    missing: list[bool] = frame[column].isna().tolist()
    return ["" if gone else _cell(value) for value, gone in zip(frame[column].tolist(), missing, strict=True)]


def _cell(value: object) -> str:
    """Return a value as an export has it: a whole number has no `.0`, which missing cells give its column.

    True and False are those of JSON, the only export that has them.
    """
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    return str(int(value) if isinstance(value, float) and value.is_integer() else value).strip()


def _texts(frame: pandas.DataFrame, column: str) -> list[str]:
    """Return comments as the reader has them; "" where the customer wrote nothing."""
    texts = map(clean, _cells(frame, column))
    return ["" if is_platform_text(text) else text for text in texts]


def _comments(texts: list[str], field: str) -> Comments:
    """Return texts as comments, each a record of its own, of which nothing else is known."""
    count = len(texts)
    nothing = [None] * count
    return Comments(
        source="", records=list(range(1, count + 1)), fields=[field] * count, ids=[*nothing], dates=[*nothing],
        ratings=[*nothing], texts=texts,
    )  # fmt: skip


def _ratings(
    frame: pandas.DataFrame, column: str | None, ends: tuple[float, float] | None
) -> tuple[list[int | None], Scale | None]:
    """Return ratings in rating units, and their scale."""
    if column is None:
        return [None] * len(frame), None
    cells, asked = _cells(frame, column), None
    if ends is not None:
        low, high = (round(end * RATING_UNIT) for end in ends)
        asked = (Scale(column, low, high), "asked for with scale=")
    form = infer_scale(column, column, cells[:SAMPLED_ROWS], fixed=asked)
    return Ratings(form).column(cells), form.scale


def _dates(frame: pandas.DataFrame, column: str | None) -> list[str | None]:
    """Return dates in ISO 8601."""
    if column is None:
        return [None] * len(frame)
    cells = _cells(frame, column)
    order, _ = infer_date_order(cells[:SAMPLED_ROWS])
    return Dates(order, None, None).column(cells)


def _labels(scored: pandas.DataFrame, themes: tuple[Theme, ...]) -> Labels:
    """Return labels as they were before they were written into columns."""
    signs = dict(zip(SENTIMENTS, (1, 0, -1), strict=True)) | {"": 0, "unscored": 0}
    states = {"": State.EMPTY, "unscored": State.UNSCORED}
    reasons = {name or "": code for code, name in enumerate(UNSCORED_REASONS)}
    sentiments, unscored = _cells(scored, "cx_sentiment"), _cells(scored, "cx_unscored")
    return Labels(
        themes_known=themes,
        states=np.array([states.get(name, State.SCORED) for name in sentiments], np.uint8),
        reasons=np.array([_known(name, reasons, "cx_unscored", row) for row, name in enumerate(unscored)], np.uint8),
        scores=_scores(scored),
        sentiments=np.array([_known(name, signs, "cx_sentiment", row) for row, name in enumerate(sentiments)], np.int8),
        mixed=np.array([cell.lower() == "true" for cell in _cells(scored, "cx_mixed")], np.bool_),
        themes=_theme_codes(_cells(scored, "cx_themes"), [theme.name for theme in themes]),
        intents=_intent_flags(_cells(scored, "cx_intents")),
        languages=[cell or None for cell in _cells(scored, "cx_language")],
    )


def _scores(scored: pandas.DataFrame) -> NDArray[np.int32]:
    try:
        scores = scored["cx_score"].astype("Float64").fillna(0).to_numpy(np.float64)
    except (TypeError, ValueError) as error:
        raise UsageError(f"cx_score: holds what is no score ({error}); classify the rows again") from None
    if not (abs(scores) <= 1).all():
        raise UsageError("cx_score: holds what is no score (not from -1 to 1); classify the rows again")
    return np.rint(scores * SCORE_UNIT).astype(np.int32)


def _theme_codes(cells: Sequence[str], themes: Sequence[str]) -> NDArray[np.uint8]:
    """Return `Polarity` codes, rows by themes, of cells like `price:negative; service:positive`."""
    numbers = {name: number for number, name in enumerate(themes)}
    polarities = {name: Polarity[name.upper()] for name in POLARITIES}
    codes = np.zeros((len(cells), len(themes)), np.uint8)
    for row, cell in enumerate(cells):
        for part in filter(None, cell.split("; ")):
            name, _, polarity = part.rpartition(":")
            codes[row, _known(name, numbers, "cx_themes", row)] = _known(polarity, polarities, "cx_themes", row)
    return codes


def _intent_flags(cells: Sequence[str]) -> NDArray[np.bool_]:
    """Return flags, rows by `INTENTS`, of cells like `praise; question`."""
    numbers = {name: number for number, name in enumerate(INTENTS)}
    flags = np.zeros((len(cells), len(INTENTS)), np.bool_)
    for row, cell in enumerate(cells):
        for name in filter(None, cell.split("; ")):
            flags[row, _known(name, numbers, "cx_intents", row)] = True
    return flags


def _known(name: str, values: Mapping[str, Value], column: str, row: int) -> Value:
    """Look a name up; UsageError that names it where the rows were classified by other rules than these."""
    if name not in values:
        raise UsageError(
            f"{column}, row {row + 1}: {name} is not known ({nearest(name, [each for each in values if each])}); "
            "summarise with the options that the rows were classified with"
        )
    return values[name]
