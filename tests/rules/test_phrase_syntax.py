from __future__ import annotations

import re

import pytest

from cxscan.rules.phrase_syntax import BEGINS, MOST_SEQUENCES, PhraseStep, parse_phrase, split_phrases


def words_of(phrase: str) -> set[str]:
    """What a phrase stands for, written with `..3` for a gap and `a/b` for a choice."""
    return {
        " ".join(f"..{step.gap} " * (step.gap > 0) + "/".join(step.words) for step in sequence)
        for sequence in parse_phrase(phrase)
    }


@pytest.mark.parametrize(
    ("phrase", "sequences"),
    [
        ("late", {"late"}),
        ("Deliver*", {"deliver*"}),
        ("on time", {"on time"}),
        ("worth the (money|price)", {"worth the money/price"}),
        ("(a lot|lots) of", {"a lot of", "lots of"}),
        ("wait .. hours", {"wait ..3 hours"}),
        ("wait ..5 hours", {"wait ..5 hours"}),
        ("very [very] slow", {"very slow", "very very slow"}),
        ("[so|too] slow", {"slow", "so/too slow"}),
        ("waste [of (my|your)] time", {"waste time", "waste of my/your time"}),
        ("(can't (log|sign)|no login) here", {"can't log/sign here", "no login here"}),
        ("wait .. [long] hours", {"wait ..3 hours", "wait ..3 long hours"}),
        ("wait .. [long]", {"wait", "wait ..3 long"}),
    ],
)
def test_phrase_is_written_out(phrase: str, sequences: set[str]) -> None:
    assert words_of(phrase) == sequences


@pytest.mark.parametrize(
    ("phrase", "sequence"),
    [
        ("check-in", "check in"),
        ("24/7", "24 7"),
        ("driver’s seat", "driver seat"),
        ("DON’T", "don't"),
        ("dont buy", "don't buy"),
        ("it's", "it's"),
        ("r & d", "r and d"),
        ("50 %", "50 %"),
        ("👍", "👍"),
    ],
)
def test_words_are_read_as_they_are_in_comments(phrase: str, sequence: str) -> None:
    assert words_of(phrase) == {sequence}


def test_caret_asks_for_the_beginning_of_a_sentence() -> None:
    assert parse_phrase("^ please add") == ((PhraseStep(BEGINS, ("please",)), PhraseStep(0, ("add",))),)


@pytest.mark.parametrize(
    ("phrase", "trouble"),
    [
        ("", "nothing where a word is due"),
        ("[very]", "at least one word that is not optional"),
        (".. late", "begins with a gap"),
        ("late ..", "ends in a gap"),
        ("late ..12 again", "from 1 to 9"),
        ("(late", "lacks a ')'"),
        ("late)", "has a ')' outside"),
        ("late|slow", "has a '|' outside"),
        ("(late|)", "nothing where a word is due"),
        ("(late|[slow)", "outside"),
        ("late!", "has 'late!'"),
        ("organi*ed", "has 'organi*ed'"),
        ("so ^ late", "has '^'"),
        ("a . b", "has '.'"),
        (" ".join(["[a b|c d|e f]"] * 8) + " end", f"more than {MOST_SEQUENCES}"),
    ],
)
def test_mistake_is_named(phrase: str, trouble: str) -> None:
    with pytest.raises(ValueError, match=re.escape(trouble)):
        parse_phrase(phrase)


def test_commas_separate_phrases() -> None:
    assert split_phrases("late, (too|so) slow ,, never came,") == ["late", "(too|so) slow", "never came"]
