"""Date cells → ISO 8601: every shape that exports are known to use."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import TYPE_CHECKING, Literal

from cxscan.errors import UsageError
from cxscan.lazy_pattern import LazyPattern
from cxscan.read.values.date_words import ENGLISH_MONTHS, MONTHS, ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Order = Literal["day first", "month first"]


def _one_of(names: Iterable[str]) -> str:
    return "(?P<month>" + "|".join(sorted(names, key=len, reverse=True)) + r")\.?"


_MONTH, _ANY_MONTH = _one_of(ENGLISH_MONTHS), _one_of(MONTHS)
_OFFSET = r"(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?"
_TIME = (
    r"(?:,?(?:\s+|T)(?:(?:at|um|à|a las|às|alle|kl\.?)\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d{2})"
    r"(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?\s?m\.?)?"
    rf"(?:\s*(?P<zone>{_OFFSET}|[A-Z]{{1,5}}))?(?:\s*[(\[][^()\[\]]{{2,60}}[)\]])?"
    r"|\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}))?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_YEAR = r"'?(?P<year>\d{4}|\d{2})"
_ORDERED = r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second_part>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})" + _TIME
_IN_WORDS = (
    r"(?P<year>\d{4})(?:[-/]|\.\s?)(?P<month>\d{1,2})(?:(?:[-/]|\.\s?)(?P<day>\d{1,2})\.?)?" + _TIME,
    _ORDERED,
    _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[-\s/]+" + _MONTH + r",?[-\s/]+" + _YEAR + _TIME,
    _WEEKDAY + _MONTH + r"[-\s/]+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?[-\s/]+" + _YEAR + _TIME,
    r"(?P<day>\d{1,2})(?:\.|er|º|ª)?\s*(?:de\s+)?" + _ANY_MONTH + r",?\s+(?:del?\s+)?(?P<year>\d{4})" + _TIME,
    _ANY_MONTH + r",?[-\s/]+(?:del?\s+)?(?P<year>\d{4})",
    r"(?P<year>\d{4})\s?[年년]\s?(?P<month>\d{1,2})\s?[月월](?:\s?(?P<day>\d{1,2})\s?[日일])?(?:\s?\(\w\))?" + _TIME,
)
"""Forms that may stand among words: "Reviewed in Spain on 1 March 2026"."""
_ALONE = (
    _WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})" + _TIME + r"\s+(?P<year>\d{4})",
    r"(?P<year>\d{4})[-\s/]+" + _MONTH + r"(?:[-\s/]+(?P<day>\d{1,2}))?",
    r"(?P<month>\d{1,2})/(?P<year>\d{4})",
    _MONTH + r"(?:-|\s?')(?P<year>\d{2})",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})T(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>Z)?",
)


def _compiled(shapes: Iterable[str]) -> tuple[LazyPattern, ...]:
    return tuple(LazyPattern(shape, re.IGNORECASE) for shape in shapes)


_SHAPES = _compiled((*_IN_WORDS, *_ALONE))
_AMONG_WORDS = _compiled(rf"(?:\D{{0,70}}[\s:(])?{shape}(?:[\s,;)に]\D{{0,40}})?" for shape in _IN_WORDS)
_BY_ORDER = _compiled((_ORDERED,))[0], _AMONG_WORDS[1]
_MONTH_ONLY = LazyPattern(
    rf"\d{{4}}[-/.]\d{{1,2}}|\d{{1,2}}/\d{{4}}|{_ANY_MONTH}[-,\s/]+(?:del?\s+)?'?(?:\d{{4}}|\d{{2}})|\d{{4}}[-\s/]+\w{{3,10}}"
    r"|\d{4}\s?[年년]\s?\d{1,2}\s?[月월]",
    re.IGNORECASE,
)
_WRAPPED = LazyPattern(
    r"""(?:\{\s*"\$date"\s*:\s*(?:\{\s*"\$numberLong"\s*:\s*)?"?|ISODate\(\s*["']?|Timestamp\(\s*["']|/Date\(|="|')"""
    r"""(?P<date>[^"'{}()]+?)(?:[+-]\d{4}\)/|["'){}/\s]*)"""
)
"""A date as a database, a data frame or a spreadsheet wraps it."""
_CLOCK = r"\s*(\d{1,2}[:.]\d{2}(?:[:.]\d{2})?)"
_HALVES = (LazyPattern("(?:오전|上午|午前)" + _CLOCK), r"\1 AM"), (LazyPattern("(?:오후|下午|午後)" + _CLOCK), r"\1 PM")
"""Morning or afternoon in front of the clock, as forms in Korean, Chinese and Japanese write it."""
_YEAR_WITHIN = LazyPattern(r"\d{4}")
_BEGINNINGS = frozenset({name[:3] for name in MONTHS} | set("mon tue wed thu fri sat sun".split()))
_FEWEST_DIGITS = 2
_NUMBER = LazyPattern(r"\d{5,19}(?:\.\d+)?")
_EXCEL_START = datetime(1899, 12, 30)  # noqa: DTZ001  a spreadsheet's day 0; its times have no zone
_EXCEL_DAYS = range(20_000, 75_000)
_LONGEST = 120
_YEARS = range(1970, 2101)
_MOST_PARSED = 100_000


def infer_date_order(cells: Iterable[str]) -> tuple[Order | None, bool]:
    """Infer if dates like 03/04/2024 have the day or the month first, from values that leave no doubt.

    Also whether it is in doubt: then month first for slashes, day first for dots and dashes. None if the column has
    no such dates.
    """
    seen: Counter[Order] = Counter()
    marks: Counter[str] = Counter()
    for cell in map(_unwrapped, map(str.strip, cells)):
        match = next((match for shape in _BY_ORDER if (match := shape.fullmatch(cell))), None)
        if match is None:
            continue
        marks[match["mark"]] += 1
        if int(match["first"]) > 12:
            seen["day first"] += 1
        elif int(match["second_part"]) > 12 or match["half"]:
            seen["month first"] += 1
    if seen:
        return seen.most_common(1)[0][0], len(seen) > 1
    if not marks:
        return None, False
    return ("month first" if marks.most_common(1)[0][0] == "/" else "day first"), True


class Dates:
    """Parsed date cells; each distinct cell is looked at once."""

    def __init__(self, order: Order | None, pattern: str | None, zone: str | None) -> None:
        """Raises UsageError for a pattern or zone that cannot be one."""
        self._day_first = order == "day first"
        self._pattern = pattern
        self._zone = find_zone(zone)
        self._parsed: dict[str, str | None] = {"": None}
        if pattern is not None:
            check_pattern(pattern)

    def column(self, cells: Sequence[str]) -> list[str | None]:
        """ISO 8601 for each cell, None where there is no date: a day, or a day and a time, with offset if it has one.

        A month alone counts as its first day.
        """
        quick = None if self._pattern is not None or self._zone is not None else _iso_column(cells)
        if quick is not None:
            return list(quick)
        parsed = self._parsed
        if len(parsed) > _MOST_PARSED:
            parsed.clear()
        for cell in set(cells).difference(parsed):
            parsed[cell] = self._date(cell)
        return [parsed[cell] for cell in cells]

    def _date(self, cell: str) -> str | None:
        cell = cell.strip()
        try:
            moment = self._by_pattern(cell) if self._pattern else parse_date(cell, day_first=self._day_first)
        except (ValueError, OverflowError):
            return None
        if isinstance(moment, datetime) and moment.tzinfo is not None and self._zone is not None:
            moment = moment.astimezone(self._zone)
        return None if moment is None or moment.year not in _YEARS else moment.isoformat()

    def _by_pattern(self, cell: str) -> date | datetime:
        pattern = self._pattern or ""
        moment = datetime.strptime(cell, pattern)  # noqa: DTZ007  a zone only where the pattern has one
        return moment if re.search(r"%[HIcXs]", pattern) else moment.date()


def _iso_column(cells: Sequence[str]) -> list[str] | None:
    """A column of moments that are all ISO 8601 already (19 or more characters each), the whole of it at once."""
    shortest, longest = min(map(len, cells), default=0), max(map(len, cells), default=0)
    if shortest < len("2024-03-01T10:00:00"):
        return None
    try:
        moments = list(map(datetime.fromisoformat, cells))
    except ValueError:
        return None
    if longest == shortest and {cell[10:17:6] for cell in cells} == {"T:"} and longest == len("2024-03-01T10:00:00"):
        iso = list(cells)  # just as `isoformat` would write them
    else:
        iso = list(map(datetime.isoformat, moments))
    return iso if min(iso) >= str(_YEARS[0]) and max(iso) < str(_YEARS.stop) else None


def parse_date(cell: str, *, day_first: bool) -> date | datetime | None:
    """The day, or moment, that a cell names; None or ValueError if it names none."""
    if cell[4:5] == "-" and len(cell) >= len("2024-03-01"):
        try:
            return datetime.fromisoformat(cell) if len(cell) > len("2024-03-01") else date.fromisoformat(cell)
        except ValueError:
            pass
    if len(cell) > _LONGEST:
        return None
    cell = _unwrapped(cell)
    if _NUMBER.fullmatch(cell):
        return _counted(cell)
    has_year = _YEAR_WITHIN.search(cell) is not None
    if not has_year and not _begins_date(cell):
        return None
    if not cell.isascii():
        for before, behind in _HALVES:
            cell = before.sub(behind, cell)
    match = _match(_SHAPES, cell) or (_match(_AMONG_WORDS, cell) if has_year else None)
    return None if match is None else _from_parts(match.groupdict(), day_first=day_first)


def _begins_date(cell: str) -> bool:
    """Tell whether a cell begins with a number, a month or a day of the week, and has digits enough for a date."""
    return (cell[:1].isdigit() or cell[:3].casefold() in _BEGINNINGS) and sum(map(str.isdigit, cell)) >= _FEWEST_DIGITS


def names_month(cell: str) -> bool:
    """Tell whether a date names a month and no day."""
    return _MONTH_ONLY.fullmatch(cell) is not None


def _unwrapped(cell: str) -> str:
    if cell[:1].isdigit():
        return cell
    wrapped = _WRAPPED.fullmatch(cell)
    return cell if wrapped is None else wrapped["date"]


def _match(shapes: Iterable[LazyPattern], cell: str) -> re.Match[str] | None:
    return next((match for shape in shapes if (match := shape.fullmatch(cell)) is not None), None)


def _counted(cell: str) -> date | datetime | None:
    """Seconds since 1970 (UTC) or their thousandths of thousandths, a spreadsheet's day, or the digits of a date."""
    whole = cell.partition(".")[0]
    if len(whole) in (10, 13, 16, 19):
        return datetime.fromtimestamp(float(cell) / 1000 ** ((len(whole) - 10) // 3), tz=UTC)
    if len(whole) == 8 and whole == cell:
        return date.fromisoformat(cell)
    if len(whole) == 14 and whole == cell:
        return datetime.strptime(cell, "%Y%m%d%H%M%S")  # noqa: DTZ007  no zone is written
    if len(whole) == 6 and whole == cell:
        return date(int(cell[:4]), int(cell[4:]), 1)
    if len(whole) == 5 and int(whole) in _EXCEL_DAYS:
        moment = _EXCEL_START + timedelta(seconds=round(float(cell) * 86_400))
        return moment if "." in cell else moment.date()
    return None


def _from_parts(parts: dict[str, str | None], *, day_first: bool) -> date | datetime:
    year = int(parts["year"] or 0)
    year += (2000 if year < 70 else 1900) if year < 100 else 0
    if parts.get("first") is not None:
        first, second = int(parts["first"] or 0), int(parts["second_part"] or 0)
        day, month = (first, second) if day_first or parts["mark"] == "." else (second, first)
    else:
        named = (parts.get("month") or "").lower()
        month = MONTHS.get(named) or int(named)
        day = int(parts.get("day") or 1)
    if parts.get("hour") is None:
        return date(year, month, day)
    return datetime(year, month, day, *_clock(parts), tzinfo=_offset(parts.get("zone")))


def _clock(parts: dict[str, str | None]) -> tuple[int, int, int]:
    hour = int(parts["hour"] or 0)
    half = parts.get("half")
    if half is not None:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    return hour, int(parts["minute"] or 0), int(parts.get("second") or 0)


def _offset(zone: str | None) -> tzinfo | None:
    """The offset of `+05:30`, `GMT+5` or letters; None where letters are not known."""
    if zone is None:
        return None
    written = re.search(r"([+-])(\d{1,2}):?(\d{2})?$", zone)
    if written is not None:
        minutes = int(written[2]) * 60 + int(written[3] or 0)
        return _of_minutes(-minutes if written[1] == "-" else minutes)
    known = ZONES.get(zone.lower())
    return None if known is None else _of_minutes(known)


def _of_minutes(minutes: int) -> tzinfo:
    return timezone(timedelta(minutes=minutes)) if minutes else UTC


def find_zone(name: str | None) -> tzinfo | None:
    """The zone of an IANA name; raises UsageError if there is none."""
    if name is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UsageError(f"--timezone {name}: no such time zone; use an IANA name such as Europe/Berlin") from None


def check_pattern(pattern: str) -> None:
    """Raise UsageError for a pattern that `datetime.strptime` does not know."""
    sample = datetime(2024, 3, 1, 10, 0, 0, tzinfo=UTC)
    try:
        datetime.strptime(sample.strftime(pattern), pattern)  # noqa: DTZ007  only tried out
    except ValueError:
        raise UsageError(
            f"--date-format {pattern!r}: not a date pattern; use dayfirst, monthfirst, or one such as %d.%m.%Y %H:%M"
        ) from None
    if "%" not in pattern:
        raise UsageError(
            f"--date-format {pattern!r}: has no % field; use dayfirst, monthfirst, or one such as %d.%m.%Y"
        )


def as_day(value: str, option: str) -> str:
    """The day of `--since` or `--until` as ISO 8601; raises UsageError if it is none."""
    try:
        return date.fromisoformat(value.strip()).isoformat()
    except ValueError:
        raise UsageError(f"{option} {value}: not a day; write it as YYYY-MM-DD") from None
