"""Rows → comment cells: the customer's words, cleaned, with what belongs to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING

from cxscan.model import RATING_UNIT, Comments
from cxscan.read.values.rating_cells import is_no_answer
from cxscan.read.values.relative_dates import day_before
from cxscan.rules.platform_texts import AUTOMATED_ENDS, is_automated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cxscan.model import Scale
    from cxscan.read.columns.speaker_column import SpeakerColumn
    from cxscan.read.rows import Answers, ReadStats, Rows
    from cxscan.read.values.dates import Dates
    from cxscan.read.values.ratings import Ratings

_LINE_ENDS = re.compile(r"\r+\n?")
_STOPS = (".", "!", "?", "…", ":", "。")


@dataclass(frozen=True, slots=True)
class ExportDay:
    """The column that tells on which day a record was exported."""

    position: int
    dates: Dates

    def count_back(self, dates: Sequence[str | None], cells: Sequence[Sequence[str]], at: int) -> list[str | None]:
        """The dates, and where there is none the day that the cell names by its distance from that of the export."""
        days = self.dates.column(list(map(itemgetter(self.position), cells)))
        return [
            known if known is not None or day is None else _before(row[at].strip(), day)
            for known, day, row in zip(dates, days, cells, strict=True)
        ]


def _before(cell: str, exported: str) -> str | None:
    day = day_before(cell, date.fromisoformat(exported[:10]))
    return None if day is None else day.isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The destination of each cell of a row."""

    source: str
    names: tuple[str, ...]
    texts: tuple[int, ...]
    title: int | None
    rating: int | None
    date: int | None
    id: int | None
    segments: tuple[int, ...]
    by: tuple[str, ...]
    """Names of the segments, as they were asked for: files may write the same name in other letters."""
    placeholders: frozenset[str]
    scale: Scale | None
    ratings: Ratings
    reverse: bool
    """The lowest rating of the file is the best one."""
    dates: Dates
    speaker: SpeakerColumn | None = None
    """The column that says who speaks, where rows of the company are no comments."""
    export_day: ExportDay | None = None
    """The day from which dates such as "3 days ago" count back, where a column tells it."""
    notes: tuple[str, ...] = ()
    """Lines for the user about what could not be settled."""
    kept: int
    """Number of columns that are kept in `Comments.cells`."""

    @property
    def wanted(self) -> tuple[int, ...]:
        """Positions of the columns that are used."""
        single = (self.title, self.rating, self.date, self.id)
        days = () if self.export_day is None else (self.export_day.position,)
        speakers = () if self.speaker is None else (self.speaker.position,)
        used = (
            *self.texts,
            *(at for at in single if at is not None),
            *days,
            *speakers,
            *self.segments,
            *range(self.kept),
        )
        return tuple(dict.fromkeys(used))

    def comments(self, rows: Rows, stats: ReadStats) -> Comments:
        """The cells of whole records, each record's own together."""
        cells = rows.cells
        ratings = self._ratings(cells, stats)
        dates = self._dates(cells, stats)
        ids: list[str | None] = [None] * len(cells)
        if self.id is not None:
            ids = [cell or None for cell in map(str.strip, map(itemgetter(self.id), cells))]
        owners, fields, texts = self._answers(rows) if rows.answers else self._texts(rows)
        every = range(len(cells)) if owners is None else owners
        if self.speaker is not None:
            company = self.speaker.is_company(map(itemgetter(self.speaker.position), cells))
            texts = ["" if company[row] else text for row, text in zip(every, texts, strict=True)]
            stats.company += sum(map(company.__getitem__, every))
            ratings = [None if spoken else rating for spoken, rating in zip(company, ratings, strict=True)]
        return Comments(
            source=self.source,
            records=list(rows.numbers) if owners is None else [rows.numbers[index] for index in owners],
            fields=fields,
            ids=ids if owners is None else [ids[index] for index in owners],
            dates=dates if owners is None else [dates[index] for index in owners],
            ratings=ratings if owners is None else [ratings[index] for index in owners],
            texts=texts,
            scale=self.scale,
            segments={
                name: [cells[index][at].strip() for index in every]
                for name, at in zip(self.by, self.segments, strict=True)
            },
            cells={self.names[at]: [cells[index][at] for index in every] for at in range(self.kept)},
        )

    def dates_of(self, cells: Sequence[Sequence[str]]) -> list[str | None]:
        """The date of each row."""
        at = self.date
        if at is None:
            return [None] * len(cells)
        dates = self.dates.column(list(map(itemgetter(at), cells)))
        if self.export_day is not None and None in dates:
            return self.export_day.count_back(dates, cells, at)
        return dates

    def ratings_of(self, cells: Sequence[Sequence[str]]) -> list[int | None]:
        """The rating of each row."""
        at = self.rating
        return [None] * len(cells) if at is None else self.ratings.column(list(map(itemgetter(at), cells)))

    def _dates(self, cells: Sequence[Sequence[str]], stats: ReadStats) -> list[str | None]:
        dates = self.dates_of(cells)
        if self.date is not None and None in dates:
            at = self.date
            stats.unread_dates += sum(
                date is None and row[at].strip() != "" for date, row in zip(dates, cells, strict=True)
            )
        return dates

    def _ratings(self, cells: Sequence[Sequence[str]], stats: ReadStats) -> list[int | None]:
        ratings = self.ratings_of(cells)
        stats.off_scale += self._off_scale(ratings)
        if self.rating is not None and None in ratings:
            at = self.rating
            stats.unread_ratings += sum(
                rating is None and not is_no_answer(row[at]) for rating, row in zip(ratings, cells, strict=True)
            )
        return ratings

    def _off_scale(self, ratings: Sequence[int | None]) -> int:
        """Count ratings that are not on the scale; nought beside one to five means that there is none."""
        if self.scale is None:
            return 0
        low, high = self.scale.low, self.scale.high
        nought = low + high if self.reverse else 0
        off = {
            units
            for units in set(ratings)
            if units is not None and not low <= units <= high and (units != nought or low != RATING_UNIT)
        }
        return sum(units in off for units in ratings) if off else 0

    def _texts(self, rows: Rows) -> tuple[list[int] | None, list[str], list[str]]:
        """Row of each cell (None: one cell a row), its column, its text."""
        columns = [self._column(rows.cells, at) for at in self.texts]
        names = [self.names[at] for at in self.texts]
        if len(columns) == 1:
            return None, names * len(rows.cells), columns[0]
        owners = [index for index in range(len(rows.cells)) for _ in names]
        return owners, names * len(rows.cells), [text for row in zip(*columns, strict=True) for text in row]

    def _column(self, cells: Sequence[Sequence[str]], at: int) -> list[str]:
        texts = list(map(str.strip, map(itemgetter(at), cells)))
        texts = [_LINE_ENDS.sub("\n", text) if "\r" in text else text for text in texts]
        lengths = {length for placeholder in self.placeholders for length in (len(placeholder), len(placeholder) + 1)}
        texts = ["" if len(text) in lengths and self._says_nothing(text) else text for text in texts]
        texts = ["" if text.endswith(AUTOMATED_ENDS) and is_automated(text) else text for text in texts]
        if self.title is not None:
            titles = [clean(row[self.title]) for row in cells]
            texts = [with_title(title, text) for title, text in zip(titles, texts, strict=True)]
        return texts

    def _says_nothing(self, text: str) -> bool:
        return text.casefold().rstrip(".") in self.placeholders

    def _answers(self, rows: Rows) -> tuple[list[int], list[str], list[str]]:
        """As `_texts`; a record without any answer has one empty cell, so that it is counted."""
        owners: list[int] = []
        fields: list[str] = []
        texts: list[str] = []
        nothing: Answers = [(self.names[self.texts[0]], "")]
        for index, answers in enumerate(rows.answers):
            for question, answer in answers or nothing:
                owners.append(index)
                fields.append(question)
                texts.append(clean(answer))
        return owners, fields, texts


def clean(cell: str) -> str:
    """A text as it stood, without surrounding white space (any of Unicode's), line ends as LF."""
    cell = cell.strip()
    return _LINE_ENDS.sub("\n", cell) if "\r" in cell else cell


def with_title(title: str, text: str) -> str:
    """The title before the text, as a sentence of its own; never by itself, nor where the text begins with it."""
    stem = title.rstrip(".… ")
    if not stem or not text or text.casefold().startswith(stem.casefold()):
        return text
    return f"{title} {text}" if title.endswith(_STOPS) else f"{title}. {text}"
