"""Labels → one typed record per comment: what was given, what was found, and the words it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import compress, starmap
from typing import TYPE_CHECKING, NamedTuple

from cxscan.model import INTENTS, POLARITIES, SCORE_UNIT, UNSCORED_REASONS, State, sentiment_name
from cxscan.summary import rating_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cxscan.model import Comments, Labels, Span, Theme
    from cxscan.summary import Json

NO_CELLS: Mapping[str, str] = {}


class CommentRecord(NamedTuple):
    """A comment with its labels; docs/schema/comment-1.json says what each field holds."""

    source: str
    record: int
    field: str
    id: str | None
    date: str | None
    rating: float | None
    text: str
    language: str | None
    unscored: str | None
    """One of `UNSCORED_REASONS`; None where it is scored."""
    sentiment: str
    score: float | None
    """None where the comment is unscored."""
    mixed: bool
    lens: str
    themes: Mapping[str, str]
    """Polarity by theme."""
    intents: Sequence[str]
    evidence: Sequence[Span] | None = None
    """None where nobody asked for it."""
    cells: Mapping[str, str] = NO_CELLS
    """The export's own columns, where the reader keeps them; no part of the JSON."""

    def as_json(self) -> dict[str, Json]:
        """Return the record as the contract has it; without `evidence` where there is none."""
        record: dict[str, Json] = {key: getattr(self, key) for key in RECORD_KEYS}
        record |= {"themes": dict(self.themes), "intents": list(self.intents)}
        if self.evidence is not None:
            record["evidence"] = [span._asdict() for span in self.evidence]
        return record

    @property
    def themes_text(self) -> str:
        """Themes in a cell: `price:negative; service:positive`."""
        return "; ".join(f"{theme}:{polarity}" for theme, polarity in self.themes.items())

    @property
    def intents_text(self) -> str:
        """Intents in a cell: `praise; question`."""
        return "; ".join(self.intents)


RECORD_KEYS = CommentRecord._fields[: CommentRecord._fields.index("evidence")]
"""The keys of a record but for `evidence`, in the contract's order."""


@dataclass(frozen=True, slots=True)
class ChosenComments:
    """The comments that were chosen, the first one first, and the export's own columns where the reader keeps them."""

    records: Sequence[CommentRecord]
    columns: Sequence[str] = ()


def comment_records(comments: Comments, labels: Labels) -> Iterator[tuple[int, CommentRecord]]:
    """Yield each cell that holds a comment, by number, and its record without evidence."""
    given = ([comments.source] * len(comments), comments.records, comments.fields, comments.ids, comments.dates)
    columns = (*given, rating_column(comments), comments.texts, *label_columns(labels))
    rows = zip(range(len(comments)), starmap(CommentRecord, zip(*columns, strict=True)), strict=True)
    return compress(rows, commented(labels))


def commented(labels: Labels) -> list[bool]:
    """Return which cells hold a comment."""
    filled: list[bool] = (labels.states != State.EMPTY).tolist()
    return filled


def rating_column(comments: Comments) -> list[float | None]:
    """Return the rating of each cell; None where it lies off the scale."""
    if (scale := comments.scale) is None:
        return [None if units is None else rating_number(units) for units in comments.ratings]
    low, high = scale.low, scale.high
    return [None if units is None or not low <= units <= high else rating_number(units) for units in comments.ratings]


class LabelFields(NamedTuple):
    """The label fields of a record as columns, an entry for each cell; equal entries of a column may be one object."""

    language: Sequence[str | None]
    unscored: list[str | None]
    sentiment: list[str]
    score: list[float | None]
    mixed: list[bool]
    lens: list[str]
    themes: list[dict[str, str]]
    intents: list[list[str]]


def label_columns(labels: Labels) -> LabelFields:
    """Return what was found of each cell."""
    lens_and_themes = _lens_and_themes(labels)
    scored = (labels.states == State.SCORED).tolist()
    signs, units = labels.sentiments.tolist(), labels.scores.tolist()
    return LabelFields(
        labels.languages,
        [UNSCORED_REASONS[code] for code in labels.reasons.tolist()],
        [sentiment_name(sign) if is_scored else "unscored" for sign, is_scored in zip(signs, scored, strict=True)],
        [score / SCORE_UNIT if is_scored else None for score, is_scored in zip(units, scored, strict=True)],
        labels.mixed.tolist(),
        [lens for lens, _ in lens_and_themes],
        [themes for _, themes in lens_and_themes],
        [[intent for intent, has in zip(INTENTS, flags, strict=True) if has] for flags in labels.intents.tolist()],
    )


def _lens_and_themes(labels: Labels) -> list[tuple[str, dict[str, str]]]:
    """The lens and the themes of each cell; each distinct row of codes is looked at once."""
    known, codes = labels.themes_known, labels.themes.tobytes()
    rows = [codes[at : at + len(known)] for at in range(0, len(codes), len(known))] if known else [b""] * len(labels)
    by_row = {row: _lens_and_themes_of(known, row) for row in set(rows)}
    return [by_row[row] for row in rows]


def _lens_and_themes_of(known: tuple[Theme, ...], row: bytes) -> tuple[str, dict[str, str]]:
    marked = sorted((theme, code) for theme, code in zip(known, row, strict=True) if code)
    lenses = {theme.lens for theme, _ in marked}
    lens = "none" if not lenses else "both" if len(lenses) > 1 else lenses.pop().value
    return lens, {theme.name: POLARITIES[code - 1] for theme, code in marked}
