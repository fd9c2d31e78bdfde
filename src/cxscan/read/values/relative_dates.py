"""Dates that count back from the day of the export: "3 days ago", "last week", "2w", "vor einem Monat", "2週間前"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from cxscan.lazy_pattern import LazyPattern

_UNITS = {
    name: unit
    for unit, names in {
        "now": "now moments moment",
        "hour": "second sec minute min hour hr h sekunde minute stunde segundo minuto hora seconde heure secondo ora"
        " 秒 分 分钟 分間 小时 時間 小時 시간 분",
        "day": "day d tag día dia jour giorno giorni dag dagen 日 天 일",
        "week": "week wk w woche semana semaine settimana settimane weken 週間 周 週 주",
        "month": "month mo monat mes meses mois mês mese mesi maand maanden か月 ヶ月 ヵ月 个月 個月 개월 달",
        "year": "year yr y jahr año ano an anno anni jaar 年 년",
    }.items()
    for name in names.split()
}
_ONE = "a an one ein eine einem einer un una une uno um uma een".split()
_COUNT = rf"(?P<count>\d{{1,4}}|{'|'.join(sorted(_ONE, key=len, reverse=True))})"
_UNIT = rf"(?P<unit>{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})(?:n|en|s|es|e)?\.?"
_BEFORE = r"(?:(?:edited|updated|posted|reviewed|written|commented|bearbeitet|modifié|editado)[:\s]+)?"
_ABOUT = r"(?:(?:about|over|almost|around|more than)\s+|~)?"
_SHAPES = tuple(
    LazyPattern(_BEFORE + shape, re.IGNORECASE)
    for shape in (
        rf"{_ABOUT}{_COUNT}\+?\s*{_UNIT}\s*(?:ago|fa|geleden|atrás|前|以前|전)(?:\s*\(edited\))?",
        rf"(?:vor|hace|il y a|há|ha)\s+{_COUNT}\s+{_UNIT}",
        rf"(?:last|letzte[nrs]?)\s+{_UNIT}",
    )
)
_SHORT = LazyPattern(r"(?P<count>\d{1,3})\s?(?P<unit>h|hr|d|w|wk|mo|y|yr)s?", re.IGNORECASE)
_LONGEST_SHORT = 7
_NAMED = {"today": 0, "just now": 0, "now": 0, "heute": 0, "hoy": 0, "yesterday": 1, "gestern": 1, "ayer": 1, "hier": 1}
_DISTANT = (
    "ago",
    "fa",
    "geleden",
    "atrás",
    "前",
    "以前",
    "전",
    "vor ",
    "hace ",
    "il y a ",
    "há ",
    "ha ",
    "last ",
    "letzte",
)
"""One of these stands in every such cell that is not short."""
_LONGEST = 40


def is_relative(cell: str) -> bool:
    """Tell whether a cell names a day by its distance from that of the export."""
    return _distance(cell) is not None


def day_before(cell: str, day: date) -> date | None:
    """The day that a cell names if it was written on `day`; None where it names none."""
    distance = _distance(cell)
    if distance is None:
        return None
    count, unit = distance
    if unit in ("month", "year"):
        months = day.year * 12 + day.month - 1 - count * (12 if unit == "year" else 1)
        return None if months < 12 else _in_month(months // 12, months % 12 + 1, day.day)
    days = {"week": 7, "day": 1}.get(unit, 0) * count
    return day - timedelta(days=days) if days < day.toordinal() else None


def _distance(cell: str) -> tuple[int, str] | None:
    if len(cell) > _LONGEST:
        return None
    if (days := _NAMED.get(cell.casefold())) is not None:
        return days, "day"
    folded = cell.casefold()
    if not any(word in folded for word in _DISTANT):
        short = _SHORT.fullmatch(cell) if len(cell) <= _LONGEST_SHORT and cell[:1].isdecimal() else None
        return None if short is None else (int(short["count"]), _UNITS[short["unit"].casefold()])
    for shape in _SHAPES:
        match = shape.fullmatch(cell)
        if match is not None:
            written = match.groupdict().get("count") or ""
            return int(written) if written.isdecimal() else 1, _UNITS[match["unit"].casefold()]
    return None


def _in_month(year: int, month: int, day: int) -> date:
    """The day of a month, or the last one it has."""
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day, last))
