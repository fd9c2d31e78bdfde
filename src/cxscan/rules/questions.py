"""The name of a column → what its question asks for: what is liked, what is disliked, or neither."""

from __future__ import annotations

import re
from functools import lru_cache

LIKED, DISLIKED, NEITHER = 1, -1, 0

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT = re.compile(r"n['’]t\b|(?<=do)nt\b|(?<=did)nt\b")
_BREAKS = re.compile(r"[^a-z]+")

_POLITE = re.compile(r"\b(?:would|d|may|might) (?:you |we |i )?(?:also )?like\b|\blike to\b|\blike us to\b|\bplease\b")
"""Words of a question that ask for no side: "anything you would like to add"."""

_FOR_LIKED = re.compile(
    r"\b(?:likes?|liked|liking|enjoy(?:ed)?|love[ds]?|pros?|positives?|best|strengths?|advantages?|upsides?|praise"
    r"|favou?rites?|plus(?:es)?|compliments?|highlights?|pleased|delighted|impressed|appreciated?|well done"
    r"|(?:is|was|were|are) (?:so )?(?:good|great)|good (?:points?|things?|about)"
    r"|(?:went|go|goes|going|do|does|did) (?:it |we )?well|most (?:useful|helpful|valuable)|made you happy)\b"
)
_FOR_DISLIKED = re.compile(
    r"\b(?:dislik(?:es?|ed|ing)|(?:not|never) (?:you )?(?:like|enjoy|love|satisfied|happy|work|go (?:so )?well)"
    r"|(?:like|liked|enjoy|enjoyed|love|loved) (?:the )?least|least (?:like[ds]?|favou?rites?|useful|helpful|enjoyable)"
    r"|cons?|negatives?|minus(?:es)?|worst|weakness(?:es)?|disadvantages?|downsides?|drawbacks?|complaints?|hate[ds]?"
    r"|frustrat(?:es?|ed|ing|ions?)|annoy(?:s|ed|ing|ances?)?|disappoint(?:s|ed|ing|ments?)?|dissatisf(?:ied|action)"
    r"|unhappy|improv(?:e[ds]?|ing|ements?)|better next time|differently|missing|lacking|lacked|pain points?"
    r"|(?:be|been|do|done|make|made|work|works) (?:it |this |that |things |us |even )*better"
    r"|(?:would|should|could|to) (?:you |we |be )?(?:changed?|fix(?:ed)?)|chang(?:e|ed) about"
    r"|(?:went|go|goes|gone) wrong|bad (?:points?|things?|about)|you wish"
    r"|(?:problems?|issues?|difficult(?:y|ies)|trouble) (?:did|have|do|you|with|encountered|experienced|faced|if any)"
    r"|(?:any|encountered|experienced|faced|had|have) (?:any )?(?:problems?|issues?|difficulties))\b"
)
_LEAST = re.compile(r"\b(?:like|liked|enjoy|enjoyed|love|loved) (?:the )?least\b|\bleast \w+")
_NEGATED = re.compile(r"\b(?:not|never) (?:you )?(?:like|enjoy|love|go (?:so )?well)\b")


@lru_cache(maxsize=4096)
def asked_side(column: str) -> int:
    """Tell what an answer in the column is about: `LIKED`, `DISLIKED`, or `NEITHER` where both or none is asked for."""
    question = " ".join(_BREAKS.split(_NOT.sub(" not", _CAMEL.sub(" ", column).lower()))).strip()
    question = _POLITE.sub(" ", question)
    disliked = _FOR_DISLIKED.search(question) is not None
    liked = _FOR_LIKED.search(_NEGATED.sub(" ", _LEAST.sub(" ", question))) is not None
    return liked - disliked
