"""Statistics of a column's first cells: how many are filled, how long, how varied, of which kind."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cxscan.read.values.dates import names_month, parse_date
from cxscan.read.values.rating_cells import is_no_answer, read_rating
from cxscan.read.values.rating_words import SAYS_GROUP, YES_OR_NO, count_answers, find_wording, normalise_answer
from cxscan.read.values.relative_dates import is_relative
from cxscan.read.values.voice import is_spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_SAMPLE = 300
_MANY = 20
_FEW = 0.05
_ALL = 0.9
"""From this share on, cells that rate are all that a column holds."""
_DIGIT = re.compile(r"\d")
_LINK = re.compile(r"(https?:|www\.|/[\w-]+/)\S*|[\w.+-]+@[\w-]+\.\w+", re.IGNORECASE)
_NESTED = re.compile(
    r"""[\[{]\s*(?:["'{\[\d]|-\d|(?:true|false|null|True|False|None)\b).*[\]}]|[\[{]\s*[\]}]""", re.DOTALL
)
_CODE = re.compile(
    r"(?=.{1,60}\Z)\(?[~<>+]?[\w.,:/#-]*\d[\w.,:/#-]*[+%]?\)?"
    r"(?:\s*(?:reviews?|ratings?|comments?|votes?|replies|k|m))?",
    re.IGNORECASE,
)
"""A count, a number or a key: one run of characters with a digit in it."""
_LOGGED = re.compile(
    r"\W{0,2}(?:\d{1,4}[-/. ](?:\d{1,2}|[A-Za-z]{3,9})[-/. ]\d{2,4}|[A-Za-z]{3,9} \d{1,2},? \d{4})"
    r"[T,]?\s*(?:at )?(?:\d{1,2}:\d\d\S*\s*(?:[AaPp]\.?[Mm]\.?)?)?\s*[;|\])>:–-]\s*\S"
)
"""A line of a log: when, and then who or what: "13/Mar/26 3:05 PM;557058:abc;We are looking into this"."""
_FILLERS = frozenset(
    r"""na n/a #n/a <na> n.a. n.a nan null (null) none nil \n - -- --- — – . missing #null! undefined""".split()
)
"""Cells (casefolded) that people, programs and spreadsheets leave where there is nothing to say."""
_PROGRAM_FILLERS = frozenset(("NA", "NaN", "nan", "NULL", "null", "<NA>", r"\N", "(null)", "#N/A", "undefined"))
_LOOKED_AT = 5_000
"""Characters of a cell: more of it tell nothing new of the column."""
_FILLER_SHARE, _FEWEST_FILLERS = 0.2, 3


@dataclass(frozen=True, slots=True)
class Profile:
    """A column's first filled cells; shares are of these. A cell that says no more than NA is not filled."""

    filled: int
    """Of all cells looked at."""
    words: float
    """Mean number of words."""
    distinct: float
    numbers: float
    dates: float
    written_dates: float
    """Dates that are no mere number."""
    months: float
    """Dates that name a month and no day."""
    relative: float
    """Cells that count back from the day of the export: "a month ago"."""
    links: float
    nested: float
    """Cells that are lists or objects."""
    codes: float
    """Cells that are a count, a number or a key."""
    logged: float
    """Cells that are lines of a log, with their date in front."""
    spoken: float
    """Cells in which somebody says something, in words that names and lists do not have."""
    ratings: float
    """Cells that rate, in numbers, stars, or the words and faces of one wording; of those that say something."""
    groups: float
    """Cells that say promoter, passive or detractor."""
    agreed: float
    """Cells that say yes or no, true or false; of those that say something."""
    scaled: float
    """Cells that rate and tell on which scale: "4 of 5", stars, the picture of stars."""
    values: tuple[int, ...]
    """The numbers and stars, in rating units."""

    @property
    def is_prose(self) -> bool:
        """Tell whether people may have written it: words that vary, no numbers, dates, links or structures."""
        kinds = max(self.numbers, self.dates, self.links, self.nested, self.codes, self.logged)
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

    @property
    def only_labels(self) -> bool:
        """Tell whether it holds the same few words again and again."""
        return self.filled >= _MANY and self.distinct < _FEW and self.words < 3

    def __str__(self) -> str:
        return f"{self.words:.1f} words on average, {self.distinct:.0%} distinct, {self.filled} filled"


def profile(cells: Iterable[str]) -> Profile:
    """Look at the first cells of a column."""
    given = [cell[:_LOOKED_AT] for cell in map(str.strip, cells) if cell]
    filled = [cell for cell in given if cell.casefold() not in _FILLERS]
    sample, answers = filled[:_SAMPLE], given[:_SAMPLE]
    size = len(sample) or 1
    different = {*sample}
    written = set(filter(_is_date, different))
    dates = [cell for cell in sample if cell in written]
    answered = sum(not is_no_answer(cell) for cell in answers) or 1
    read = {cell: read_rating(cell) for cell in different}
    numbers = [number for number in map(read.get, sample) if number is not None]
    return Profile(
        filled=len(filled),
        words=sum(len(cell.split()) for cell in sample) / size,
        distinct=len(different) / size,
        numbers=len(numbers) / size,
        dates=len(dates) / size,
        written_dates=sum(not cell.isdigit() for cell in dates) / size,
        links=_share(_LINK.fullmatch, sample),
        nested=_share(_NESTED.fullmatch, sample),
        codes=_share(_CODE.fullmatch, sample),
        logged=_share(_LOGGED.match, sample),
        spoken=_share(lambda cell: is_spoken(cell) or None, sample),
        ratings=max(min(len(numbers), len(answers)), _worded(answers)) / answered,
        months=sum(map(names_month, dates)) / size,
        relative=sum(map(is_relative, sample)) / size,
        groups=sum(normalise_answer(cell) in SAYS_GROUP for cell in sample) / size,
        agreed=sum(count_answers(answers, YES_OR_NO.ratings).values()) / answered,
        scaled=sum(number.is_of_stars or number.top is not None for number in numbers) / size,
        values=tuple(number.value for number in numbers),
    )


def fillers(cells: Sequence[str]) -> frozenset[str]:
    """The words that a program wrote into empty cells, casefolded: so many people do not answer `NA`."""
    counts = Counter(cell for cell in map(str.strip, cells) if cell in _PROGRAM_FILLERS)
    fewest = max(_FEWEST_FILLERS, _FILLER_SHARE * len(cells))
    return frozenset(cell.casefold() for cell, count in counts.items() if count >= fewest)


def _share(fits: Callable[[str], object], sample: Sequence[str]) -> float:
    fitting = {cell for cell in {*sample} if fits(cell) is not None}
    return sum(cell in fitting for cell in sample) / (len(sample) or 1)


def _worded(cells: Sequence[str]) -> int:
    """Count the answers of the wording that fits best."""
    counts = count_answers(cells)
    wording = find_wording(counts) if counts else None
    return sum(counts[answer] for answer in counts if wording and answer in wording.ratings)


def _is_date(cell: str) -> bool:
    return _parses(cell, day_first=True) or (_DIGIT.search(cell) is not None and _parses(cell, day_first=False))


def _parses(cell: str, *, day_first: bool) -> bool:
    try:
        return parse_date(cell, day_first=day_first) is not None
    except (ValueError, OverflowError):
        return False
