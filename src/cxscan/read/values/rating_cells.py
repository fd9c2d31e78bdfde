"""One rating cell → its value, and the end of the scale that it tells: numbers, stars, and the names of pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cxscan.lazy_pattern import LazyPattern
from cxscan.model import RATING_UNIT
from cxscan.read.values.rating_words import ANSWERS, NO_RATING, normalise_answer

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 200
_FIVE = 5 * RATING_UNIT


class RatingCell(NamedTuple):
    """The value of a cell, in rating units."""

    value: int
    top: int | None = None
    """The end of its scale, where the cell tells it: "8/10"."""
    is_of_stars: bool = False
    """Of five, where nothing else is said."""


_VALUE = r"(?P<value>[-+]?\d{1,6}(?:[.,]\d{1,20})?)"
_PLAIN = r"(?P<value>\d{1,3}(?:[.,]\d{1,20})?)"
_TOP = r"(?P<top>\d{1,3}(?:[.,]0+)?)"
_OF = r"(?:/|⁄|out of|von|of|sur|de|di|su|van|av|af|z|ze|из|من|trên|dari|/\s*out of)"
_OUT_OF_BEFORE = "(?:のうち|中の?|만점에|중|üzerinden)"
_STAR = (
    r"(?:stars?|sterne?n?|sterren?|étoiles?|etoiles?|estrellas?|estrelas?|stell[ae]|stjärnor|stjerner|gwiazd(?:ek|ki|ka|kę)"
    r"|hvězd(?:ičky|iček|ička)|зв[её]зд[аы]?|yıldız|bintang|sao|つ?星|颗星|顆星|별|نجوم|★|⭐\ufe0f?|🌟|bubbles?|circles?|hearts?)"
)
_POINT = r"(?:points?|punkte?n?|puntos|pontos|punti|points|点|點|점|分|%|/)"
_RATED = (
    r"(?:rated?|rating|score|scored|note|noté|bewertet|bewertung|valoraci[oó]n|calificaci[oó]n|calificado|nota|avaliad[oa]"
    r"|avaliação|valutat[oa]|valutazione|punteggio|beoordeling|ocena|оценка|puan|別点|評価|评分|評分|별점|평점|stars?)"
)
_NUMBER = LazyPattern(
    rf"{_VALUE}(?:\s*{_OF}\s*{_TOP})?(?:[\s-]*(?P<star>{_STAR}))?(?:\s*{_POINT})?(?:\s+(?:rating|review))?"
    r"(?:\s*[-–—:=(]\s*(?P<label>[^\d\s].*))?",
    re.IGNORECASE | re.DOTALL,
)
_AMONG_WORDS = tuple(
    LazyPattern(shape, re.IGNORECASE)
    for shape in (
        rf"\D{{1,40}}?\s{_PLAIN}\s*{_OF}\s*{_TOP}\s*(?P<star>{_STAR})\D{{0,40}}",
        rf"(?:\D{{0,30}}\s)?{_RATED}(?:\s*[:=]\s*|\s(?:\D{{0,12}}\s)?){_PLAIN}\s*{_OF}\s*{_TOP}\D{{0,40}}",
        rf"{_RATED}(?:\s+(?:with|mit|con|com|is|of))?(?:\s*[:=]\s*|\s+){_PLAIN}(?:\s*(?P<star>{_STAR}))?\.?",
        rf"(?P<star>{_STAR})\s*{_PLAIN}",
        rf"\D{{0,10}}?{_TOP}\s*(?:{_STAR}|{_POINT})?\s*{_OUT_OF_BEFORE}\s*{_PLAIN}\s*(?:{_STAR}|{_POINT}|つ)?",
        rf"{_VALUE}\s*(?P<star>{_STAR})[，,]\s*\D{{1,4}}{_TOP}\s*{_STAR}",
    )
)
_LABELLED = LazyPattern(r"(?P<label>[^\d\n]{1,60}?)\s*[-–—:=(]\s*(?P<value>\d{1,3})\)?")
"""A number behind its words: "Not at all likely - 0"."""
_FULL, _EMPTY = "★⭐🌟✪⭑●⬤🟢♥❤🧡", "☆✩⚝○◯⚪♡🤍✰"
_GLYPHS = LazyPattern(rf"(?:[{_FULL}]\ufe0f?\s*)+½?\s*(?:[{_EMPTY}]\ufe0f?\s*)*|(?:[{_EMPTY}]\ufe0f?\s*)+|\*{{1,5}}")

_WRAPPED = LazyPattern(r"=\"(.*)\"|'(.*)", re.DOTALL)
_ATTRIBUTE = LazyPattern(r"(?:class|alt|title|aria-label|src|style)\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_WIDTH = LazyPattern(r"width:\s*(\d{1,3}(?:\.\d+)?)\s*%;?", re.IGNORECASE)
_PICTURE = LazyPattern(
    r"[\w./:?=&%#-]+(?:\s+(?:[\w-]*[-_\d][\w-]*|icon|stars?|rating|review|fa[srb]?|active|full|half))*"
)
_KIND = r"(?:regular|small|medium|large|big|mini|xs|sm|lg|xl|icon|img|value|rated|rating|stars?|bar|width)"
_NAMED = r"(?P<value>[0-5][-._][05](?![\d%])|\d{1,2}(?!\d))"
_IN_PICTURE = tuple(
    LazyPattern(shape, re.IGNORECASE)
    for shape in (
        rf"(?P<name>bubble|stars?|rating|rated?|score)s?(?:[-_]+{_KIND})*[-_]*{_NAMED}(?P<half>[-_]?half)?",
        r"(?<!\d)(?P<value>[0-5](?:[._][05])?)(?P<half>[-_]?half)?[-_]?(?P<name>stars?|bubbles?)",
    )
)


def read_rating(cell: str) -> RatingCell | None:
    """The rating that a cell gives in numbers, stars or the name of a picture of stars; None where it gives none.

    Knows "4 stars", " 9.0 ", "4,5", "8/10", "9 - Very likely", "Not at all likely - 0", "★★★☆",
    "Rated 4 out of 5 stars", "5つ星のうち4.0", "bubble_45" and "a-icon-star a-star-4-5".
    """
    cell = cell.strip()
    if not cell or len(cell) > _LONGEST:
        return None
    if (wrapped := _WRAPPED.fullmatch(cell)) is not None:
        cell = (wrapped[1] or wrapped[2] or "").strip()
    if (number := _NUMBER.fullmatch(cell)) is not None:
        return _from_match(number)
    if _GLYPHS.fullmatch(cell):
        return _glyphs(cell)
    if not any(map(str.isdigit, cell)):
        return None
    labelled = _LABELLED.fullmatch(cell)
    if labelled is not None and normalise_answer(labelled["label"]) in ANSWERS:
        return RatingCell(_units(labelled["value"]))
    for shape in _AMONG_WORDS:
        if (match := shape.fullmatch(cell)) is not None:
            return _from_match(match)
    return _of_markup(cell) if cell[0] == "<" else _of_picture(cell)


def parse_rating(cell: str, wording: Mapping[str, int] | None = None) -> int | None:
    """A rating in rating units, None where there is none; `wording` says what answers in words are worth."""
    if len(cell) > _LONGEST:
        return None
    rating = read_rating(cell)
    if rating is not None:
        return rating.value
    return None if wording is None else wording.get(normalise_answer(cell))


def label_of(cell: str) -> tuple[str, int] | None:
    """The words beside a number, and the number: "1 - Very good"."""
    match = _NUMBER.fullmatch(cell) or _LABELLED.fullmatch(cell)
    if match is None or not match["label"]:
        return None
    return normalise_answer(match["label"].rstrip(")")), _units(match["value"])


def is_no_answer(cell: str) -> bool:
    """Tell whether a cell is blank, or says in so many words that there is no rating: "Don't know"."""
    return not cell.strip() or normalise_answer(cell) in NO_RATING


def _from_match(match: re.Match[str]) -> RatingCell:
    parts = match.groupdict()
    top = _units(parts["top"]) if parts.get("top") else None
    return RatingCell(_units(parts["value"]), top, parts.get("star") is not None)


def _units(value: str) -> int:
    """Thousandths, without a float in between."""
    sign = -1 if value.startswith("-") else 1
    whole, _, part = value.lstrip("+-").replace(",", ".").partition(".")
    return sign * (int(whole) * RATING_UNIT + int(part[:3].ljust(3, "0")))


def _glyphs(cell: str) -> RatingCell:
    full, empty = (sum(cell.count(glyph) for glyph in glyphs) for glyphs in (f"{_FULL}*", _EMPTY))
    half = RATING_UNIT // 2 if "½" in cell else 0
    return RatingCell(full * RATING_UNIT + half, is_of_stars=full + empty <= 5)


def _of_markup(cell: str) -> RatingCell | None:
    """The rating of an element: of its class, its style, its title or its alternative text."""
    found = (read_rating(attribute) for attribute in _ATTRIBUTE.findall(cell))
    return next((rating for rating in found if rating is not None), None)


def _of_picture(cell: str) -> RatingCell | None:
    """The rating that a class or the file of a picture is named after."""
    if (width := _WIDTH.fullmatch(cell)) is not None:
        return RatingCell(_units(width[1]), 100 * RATING_UNIT)
    if _PICTURE.fullmatch(cell) is None:
        return None
    for part in (cell.rpartition("/")[2], cell):
        matches = [match for shape in _IN_PICTURE for match in shape.finditer(part)]
        if matches:
            return _named(matches[-1])
    return None


def _named(match: re.Match[str]) -> RatingCell | None:
    """The rating in the name of a picture, in which 45 stands for 4.5."""
    written, name = match["value"].replace("-", ".").replace("_", "."), match["name"].casefold()
    value = _units(written)
    tenths = 5 if name.startswith("bubble") else 15
    if len(written) == 2 and tenths <= int(written) <= 50 and int(written) % 5 == 0:
        value //= 10
    value += RATING_UNIT // 2 if match["half"] else 0
    return RatingCell(value, is_of_stars=value <= _FIVE) if value <= 2 * _FIVE else None
