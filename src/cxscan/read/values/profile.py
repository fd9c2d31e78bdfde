"""Statistics of a column's first cells: how many are filled, how long, how varied, of which kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values.dates import parse_date
from cxscan.read.values.rating_words import SAYS_GROUP, count_answers, find_wording, normalise_answer
from cxscan.read.values.ratings import is_no_answer, parse_rating

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SAMPLE = 300
_MANY = 20
_ALL = 0.9
"""From this share on, cells that rate are all that a column holds."""
_LINK = re.compile(r"(https?:|www\.|/[\w-]+/)\S*|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
_NESTED = re.compile(r"[\[{].*[\]}]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Profile:
    """A column's first filled cells; shares are of these."""

    filled: int
    """Of all cells looked at."""
    words: float
    """Mean number of words."""
    distinct: float
    numbers: float
    dates: float
    written_dates: float
    """Dates that are no mere number."""
    links: float
    nested: float
    """Cells that are lists or objects."""
    ratings: float
    """Cells that rate, in numbers, stars, or the words and faces of one wording; of those that say something."""
    groups: float
    """Cells that say promoter, passive or detractor."""

    @property
    def is_prose(self) -> bool:
        """Tell whether people may have written it: words that vary, no numbers, dates, links or structures."""
        kinds = max(self.numbers, self.dates, self.links, self.nested)
        varied = self.distinct >= (0.2 if self.filled >= _MANY else 0.5)
        return self.filled > 0 and self.words >= 1.5 and kinds < 0.5 and self.ratings < _ALL and varied

    @property
    def is_worded(self) -> bool:
        """Tell whether it rates in words or faces rather than in numbers."""
        return self.ratings > 2 * self.numbers

    @property
    def only_rates_in_words(self) -> bool:
        """Tell whether hardly any cell says anything else."""
        return self.is_worded and self.ratings >= _ALL

    @property
    def is_long_prose(self) -> bool:
        """Prose of several words, hardly any of it twice."""
        return self.is_prose and self.words >= 4 and self.distinct >= 0.5

    def __str__(self) -> str:
        return f"{self.words:.1f} words on average, {self.distinct:.0%} distinct, {self.filled} filled"


def profile(cells: Iterable[str]) -> Profile:
    """Look at the first cells of a column."""
    filled = [cell for cell in map(str.strip, cells) if cell]
    sample = filled[:_SAMPLE]
    size = len(sample) or 1
    numbers = sum(parse_rating(cell) is not None for cell in sample)
    dates = [cell for cell in sample if _is_date(cell)]
    return Profile(
        filled=len(filled),
        words=sum(len(cell.split()) for cell in sample) / size,
        distinct=len(set(sample)) / size,
        numbers=numbers / size,
        dates=len(dates) / size,
        written_dates=sum(not cell.isdigit() for cell in dates) / size,
        links=sum(_LINK.fullmatch(cell) is not None for cell in sample) / size,
        nested=sum(_NESTED.fullmatch(cell) is not None for cell in sample) / size,
        ratings=max(numbers, _worded(sample)) / (sum(not is_no_answer(cell) for cell in sample) or 1),
        groups=sum(normalise_answer(cell) in SAYS_GROUP for cell in sample) / size,
    )


def _worded(cells: Sequence[str]) -> int:
    """Count the answers of the wording that fits best."""
    counts = count_answers(cells)
    wording = find_wording(counts) if counts else None
    return sum(counts[answer] for answer in counts if wording and answer in wording.ratings)


def _is_date(cell: str) -> bool:
    return _parses(cell, day_first=True) or _parses(cell, day_first=False)


def _parses(cell: str, *, day_first: bool) -> bool:
    try:
        return parse_date(cell, day_first=day_first) is not None
    except (ValueError, OverflowError):
        return False
