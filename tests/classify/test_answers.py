from __future__ import annotations

import pytest

from cxscan.classify.answers import Answers
from cxscan.model import UnscoredReason
from cxscan.tokens import Tokenizer


def reason(text: str) -> UnscoredReason:
    return UnscoredReason(Answers().unscored(Tokenizer().tokenize([text]), [text])[0])


@pytest.mark.parametrize(
    "text",
    ["-", "...", "n/a", "N/A.", "None", "NONE!", "no comment", "Not applicable", "Nothing.", "Nothing at all",
     "I don’t know", "Can't think of anything", "No further comments", "none at this time!", "I have no comment.",
     "Nothing more", "Nothing so far", "N/A - see above", "No suggestions", "not that I know of", "nothing, thanks",
     "None. None. None.", "dunno", "prefer not to say", "same as above", "xxxxxxx", "no other feedback at the moment",
     "Honestly, nothing springs to mind…", "i cant think of anything right now", "No, nothing to add",
     "No comments or suggestions", "There is nothing", "no opinion either way", "unable to comment", "answered above"],
)  # fmt: skip
def test_what_is_no_answer_is_seen(text: str) -> None:
    assert reason(text) is UnscoredReason.NO_ANSWER


@pytest.mark.parametrize(
    "text",
    ["Nothing to complain about", "no problems", "Nothing, it was all good", "No changes needed", "nothing special",
     "I don't know why it crashes", "not sure it works", "No answer from support", "I have nothing but praise",
     "Nothing could be better", "test failed", "ok", "none of it works", "no comment was ever answered", "😡", "no",
     "nothing works", "5 😀", ":)", "8/10", "@cafe thank you", "see www.shop.example", "No reason given for the delay",
     "same old rubbish", "not really", "I don't know how to log in"],
)  # fmt: skip
def test_short_answers_are_answers(text: str) -> None:
    assert reason(text) is UnscoredReason.NONE


@pytest.mark.parametrize(
    "text",
    ["???", "5", "12.5 %", "#NAME?", "#VALUE!", "#REF!", "#N/A", "#DIV/0!", "#WERT!", "Err:502", "@cafe",
     "@cafe @shop.example", "https://shop.example/a?b=c", "www.shop.example.", "help@shop.example", "(2026-11-03)",
     "12/11/2026 10:30", "£5.00"],
)  # fmt: skip
def test_what_has_no_words_is_seen(text: str) -> None:
    assert reason(text) is UnscoredReason.NO_WORDS
