from __future__ import annotations

import pytest

from cxscan.rules.questions import DISLIKED, LIKED, NEITHER, asked_side


@pytest.mark.parametrize(
    "column",
    ["Liked", "pros", "Positive_Review", "positiveReview", "What did you like best?", "What went well?", "strengths",
     "What do you like about the product", "Advantages", "What did you enjoy most?", "What do we do well?"],
)  # fmt: skip
def test_a_question_for_what_is_liked_is_seen(column: str) -> None:
    assert asked_side(column) == LIKED


@pytest.mark.parametrize(
    "column",
    ["disliked", "cons", "Negative_Review", "What could be better?", "what_could_be_better", "How can we improve?",
     "What didn't you like?", "What dont you like", "What did you like least", "What went wrong?", "Areas to improve",
     "What one thing would you change about us", "What would you like us to improve?",
     "What, if anything, didn’t go well?"],
)  # fmt: skip
def test_a_question_for_what_is_not_liked_is_seen(column: str) -> None:
    assert asked_side(column) == DISLIKED


@pytest.mark.parametrize(
    "column",
    ["comment", "text", "review_text", "What did you like or dislike?", "Pros and cons", "Reason for score",
     "Is there anything else you would like to add?", "How likely are you to recommend us?", "How well did we do?",
     "What problem is the product solving and how is that benefiting you?", "console", "professional"],
)  # fmt: skip
def test_a_question_for_both_or_neither_has_no_side(column: str) -> None:
    assert asked_side(column) == NEITHER
