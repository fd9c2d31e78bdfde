"""Words by which a cell is told to be somebody speaking, and not a name, a list or a record of something."""

from __future__ import annotations

import re

from cxscan.lazy_pattern import LazyPattern

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_OTHER_SCRIPT = LazyPattern(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\uffdc]")
"""A letter of a script in which these words are not written: whether somebody speaks there is not asked."""

_ENGLISH = """
    i me my we us our you your he she they them it its this that these those there here
    is isn't isnt are aren't was wasn't wasnt were weren't be been am has have had having do does don't dont did didn't
    didnt can can't cant could couldn't will won't would wouldn't should shouldn't i'm i've it's that's
    not no never nothing none nobody without very too so just really only still even again always because but if when
    what why how who than then also more most less much many too some any every everyone everything
    good great bad best worst better worse nice love loved loves like liked hate hated excellent amazing awful terrible
    poor perfect awesome easy hard slow fast quick friendly rude helpful disappointed disappointing happy pleased
    recommend thanks thank please works worked broke broken needs need want wanted got get gets
"""
_OTHERS = """
    ich du er sie wir ihr mein nicht kein keine ist sind war waren habe hat sehr aber auch gut schlecht schnell leider
    je tu il elle nous vous mon ma mes ne pas est sont était très mais bien mauvais plus trop
    yo me mi nos no es son fue era muy pero bien mal está están todo nada más
    io mi non è sono era molto ma bene male tutto più ho
    eu não é são foi muito mas bom ruim tudo
    ik je wij mijn niet geen zijn was heel erg maar goed slecht
    jag du vi min inte är var mycket men bra dålig ikke det er meget god
    nie jest są był bardzo ale dobry çok ve ama değil iyi
"""
_SPOKEN = frozenset((_ENGLISH + _OTHERS).split())


def is_spoken(cell: str) -> bool:
    """Tell whether a text has a word that people use when they say something: "it", "was", "not", "good"."""
    if not cell.isascii() and _OTHER_SCRIPT.search(cell):
        return True
    return not _SPOKEN.isdisjoint(word.replace("’", "'") for word in _WORDS.findall(cell.casefold()))
