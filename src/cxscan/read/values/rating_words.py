"""Answers that rate in words, faces or thumbs: which steps a question offers, as data, and which one a column uses.

Exact look-ups: an answer that stands in no list is no rating. The wordings are those of survey tools and of public
questionnaires (the friends-and-family test of the NHS, Qualtrics, SurveyMonkey, Help Scout, Freshdesk, Intercom).
"""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from cxscan.model import RATING_UNIT
from cxscan.summary import NPS_GROUPS

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

_NO_LETTER = re.compile("[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
"""Variation selectors of emoji, and skin tones."""
_EDGES = " .!\"'"


class Wording(NamedTuple):
    """The answers that one question offers, each with its rating in rating units."""

    low: int
    high: int
    ratings: Mapping[str, int]
    """By answer, as `normalise_answer` gives it."""

    def __str__(self) -> str:
        ends = (next(word for word, rating in self.ratings.items() if rating == end) for end in (self.low, self.high))
        return " to ".join(ends)


def normalise_answer(cell: str) -> str:
    """An answer as it is looked up: `Very_Satisfied.` and ` very  satisfied` are the same."""
    plain = _NO_LETTER.sub("", cell).replace("\u2019", "'").replace("_", " ")
    return " ".join(plain.casefold().split()).strip(_EDGES)


NO_RATING = frozenset(
    """don't know|dont know|do not know|not sure|unsure|no opinion|not applicable|n/a|na|prefer not to say|no answer
    |did not answer|not answered|offered|not offered|unoffered|star rating unspecified|no rating|not rated
    |unrated""".replace("\n    ", "").split("|")
)
"""Answers that say that there is no rating."""


def _steps(*levels: str) -> Wording:
    """Levels from the worst, as 1, to the best one, each `one|or|other`."""
    ratings = {word: place * RATING_UNIT for place, level in enumerate(levels, 1) for word in level.split("|")}
    return Wording(RATING_UNIT, len(levels) * RATING_UNIT, ratings)


def _from_zero(*levels: str) -> Wording:
    """As `_steps`, but the worst is 0."""
    steps = _steps(*levels)
    return Wording(0, steps.high - RATING_UNIT, {word: rating - RATING_UNIT for word, rating in steps.ratings.items()})


def _joined(degrees: str, words: str) -> str:
    return "|".join(" ".join(pair).strip() for pair in product(degrees.split("|"), words.split("|")))


def _two_sided(worse: str, better: str, middle: str, *degrees: str) -> Wording:
    """From the strongest degree of the worse word by the middle to the strongest of the better one."""
    neither = [f"neither {one} {joint} {other}" for pair in product(worse.split("|"), better.split("|"))
               for one, other in (pair, pair[::-1]) for joint in ("nor", "or")]  # fmt: skip
    return _steps(
        *(_joined(degree, worse) for degree in degrees),
        "|".join(filter(None, ("neutral", "neither", *neither, middle))),
        *(_joined(degree, better) for degree in reversed(degrees)),
    )


def _one_sided(word: str) -> Wording:
    """From not at all to extremely."""
    return _steps(
        f"not at all {word}|not {word}",
        f"not so {word}|not very {word}|slightly {word}|a little {word}",
        f"somewhat {word}|moderately {word}",
        f"very {word}|quite {word}",
        f"extremely {word}|completely {word}",
    )


_MOST, _SOME = "extremely|completely|totally|highly", "somewhat|fairly|quite|slightly|mostly"
_DEGREES = (
    ("very", ""),
    (_MOST, ""),
    ("very", _SOME),
    (_MOST, _SOME),
    ("very", "", _SOME),
    (_MOST, "", _SOME),
    (_MOST, "moderately|mostly", "slightly|somewhat"),
    (_MOST, "very", ""),
)
"""The strongest first: three make a scale of seven, two one of five."""
_PAIRS = (
    ("dissatisfied|unsatisfied", "satisfied", "ok|okay|average|indifferent"),
    ("unlikely", "likely", "undecided"),
    ("poor", "good", "fair|average|ok|okay|acceptable|adequate"),
    ("bad", "good", "fair|average|ok|okay|acceptable|so-so"),
    ("difficult|hard", "easy", "ok|okay|average"),
    ("unhappy", "happy", "ok|okay"),
    ("negative", "positive", ""),
)
_STRONGLY = "strongly|completely|totally|fully"
_BY_DEGREES = (
    *(_two_sided(*pair, *degrees) for pair in _PAIRS for degrees in _DEGREES),
    *(_two_sided("disagree", "agree", "undecided", *degrees)
      for degrees in ((_STRONGLY, ""), (_STRONGLY, _SOME), (_STRONGLY, "", _SOME))),
    *map(_one_sided, ("satisfied", "likely", "easy", "happy", "helpful")),
)  # fmt: skip

_FAIR = "fair|average|ok|okay|acceptable|neutral"
_BEST = "excellent|outstanding"
_QUALITIES = (
    _steps("very poor|terrible|awful", "poor", _FAIR, "good", _BEST),
    _steps("poor|very poor", _FAIR, "good", "very good", _BEST),
    _steps("terrible|awful|horrible", "poor|bad", _FAIR, "very good|good", f"{_BEST}|great|amazing"),
    _steps("very bad|terrible|awful", "bad", _FAIR, "good", f"{_BEST}|great"),
    _steps("poor", "fair|average", "good", _BEST),
)

_STAR_WORDS = _steps(*(f"{one}|{one} star{'s' * (one != 'one')}" for one in ("one", "two", "three", "four", "five")))

_OF_TWO_OR_THREE = (
    _from_zero(
        "not recommended|not recommend|no recommendation|does not recommend|doesn't recommend|would not recommend"
        "|wouldn't recommend|i do not recommend this product|i don't recommend this product"
        "|no, i do not recommend this product|no, i don't recommend this product",
        "recommended|recommend|recommends|would recommend|i recommend this product|yes, i recommend this product"
        "|i would recommend this product",
    ),
    _from_zero("not helpful|unhelpful", "helpful"),
    _from_zero(
        "bad|bad with comment|bad without comment|bad, i'm unsatisfied",
        "good|good with comment|good without comment|good, i'm satisfied",
    ),
    _steps("not good|bad", "okay|ok", "great|good"),
    _steps("sad|unhappy|dissatisfied|unsatisfied", "neutral|ok|okay", "happy|satisfied"),
)

_ANGRY, _SAD, _PLAIN, _GLAD, _BEAMING = "😡|😠|🤬|😭", "🙁|☹|😟|😕|😞|😒|😦", "😐|😑|😶", "🙂|😊|☺", "😀|😃|😄|😁"
_FACES = (
    _from_zero("👎|thumbs down|thumb down", "👍|thumbs up|thumb up"),
    _steps(f"{_SAD}|😢|😠|😡", _PLAIN, f"{_GLAD}|{_BEAMING}"),
    _steps(_ANGRY, f"{_SAD}|😢", _PLAIN, _GLAD, f"{_BEAMING}|😍|🤩"),
    _steps(_ANGRY, f"{_SAD}|😢", _PLAIN, f"{_GLAD}|{_BEAMING}", "😍|🤩"),
)

_GROUPS = Wording(
    *NPS_GROUPS,
    {
        word: rating
        for rating, words in zip(
            (NPS_GROUPS[0], 0, NPS_GROUPS[1]),
            ("detractor|detractors", "passive|passives|neutral", "promoter|promoters"),
            strict=True,
        )
        for word in words.split("|")
    },
)

SAYS_GROUP = frozenset(_GROUPS.ratings) - {"neutral"}
"""Answers that no other question has."""

WORDINGS = (*_BY_DEGREES, *_QUALITIES, _STAR_WORDS, *_OF_TWO_OR_THREE, *_FACES, _GROUPS)
"""All that is known; of two that fit alike the first is taken."""

YES_OR_NO = _from_zero(
    "no|n|false|nein|non|nej|nie|não|nao|нет|hayır|いいえ|否|아니요|down|thumbs down|👎|negative|dislike|disliked"
    "|unsatisfied|not recommended|not satisfied|not really",
    "yes|y|true|ja|oui|si|sí|sim|tak|да|evet|はい|是|네|예|up|thumbs up|👍|positive|like|liked|satisfied"
    "|recommended|yes, definitely",
)
"""Answers that rate only where the name of their column asks for it."""

ANSWERS = frozenset(answer for wording in WORDINGS for answer in wording.ratings)


def count_answers(cells: Iterable[str], known: Container[str] = ANSWERS) -> dict[str, int]:
    """Count the answers that some wording knows."""
    counts: dict[str, int] = {}
    for cell in cells:
        answer = normalise_answer(cell)
        if answer in known:
            counts[answer] = counts.get(answer, 0) + 1
    return counts


def find_wording(counts: Mapping[str, int], *, within: tuple[int, int] | None = None) -> Wording | None:
    """The wording that knows most of the answers, if any does; `within` are the ends that it must have.

    Of those that know as much it is the one that tells the answers apart and of which the fewest steps are missing:
    `poor, fair, good, very good, excellent` is not the scale of `very poor … very good`.
    """
    candidates = [wording for wording in WORDINGS if within is None or (wording.low, wording.high) == within]
    best = max(candidates, key=lambda wording: _fit(wording, counts), default=None)
    return best if best is not None and _fit(best, counts)[0] else None


def _fit(wording: Wording, counts: Mapping[str, int]) -> tuple[int, int, int]:
    answers = [answer for answer in counts if answer in wording.ratings]
    ratings = {wording.ratings[answer] for answer in answers}
    steps = set(wording.ratings.values())
    return sum(counts[answer] for answer in answers), len(ratings) - len(answers), len(ratings) - len(steps)
