"""Texts that platforms put where a customer wrote nothing, or where what was written is gone."""

from __future__ import annotations

import re

PLATFORM_TEXTS = frozenset(
    {
        "there are no comments available for this review",
        "no negative",
        "no positive",
        "[deleted]",
        "[removed]",
        "[deleted by user]",
        "[removed by moderator]",
        "[removed by reddit]",
        "[ removed by reddit ]",
        "[comment deleted]",
        "[comment removed]",
        "[comment removed by moderator]",
        "[unavailable]",
        "this comment has been deleted",
        "this comment has been removed",
        "this comment was deleted",
        "this comment was removed by a moderator",
        "this message was deleted",
        "this message has been deleted",
        "this review has been removed",
        "this review was removed",
        "this review has been removed by a moderator",
        "this review has been hidden",
        "this review is no longer available",
        "comment deleted by the author",
        "review deleted by the author",
        "the user didn't write a review, and has left just a rating",
        "the user didn’t write a review, and has left just a rating",
        "this user didn't write a review, and has left just a rating",
        "this user has not written a review",
        "the reviewer didn't leave a comment",
        "the reviewer did not leave a comment",
        "this customer left a rating without a comment",
        "(rating only)",
        "rating only",
        "[rating only]",
        "(no review text)",
        "(no comment text)",
        "no review text",
        "<media omitted>",
        "image omitted",
        "video omitted",
        "the media could not be loaded",
        "your browser does not support html5 video",
    }
)
"""Casefolded, without a full stop at the end. `n/a` is not among them: it may be an answer."""

AUTOMATED_ENDS = ("automated posting", "automated posting.", "automated message", "automated message.")
"""Ends of texts that a platform may have posted by itself."""

_AUTOMATED = re.compile(
    r"(?:the (?:host|guest|reservation|booking|order)\b[^.!?\n]{0,160}[.!]\s*)?"
    r"this is an automated (?:posting|message)\.?",
    re.IGNORECASE,
)
_BOT = re.compile(r"\bI am a bot, and this action was performed automatically\b")


def is_automated(text: str) -> bool:
    """Tell whether a platform posted a text by itself: "The host canceled …. This is an automated posting."."""
    return bool(_BOT.search(text) or (text.endswith(AUTOMATED_ENDS) and _AUTOMATED.fullmatch(text)))


def is_platform_text(text: str) -> bool:
    """Tell whether a whole text is the platform's."""
    return text.casefold().rstrip(".") in PLATFORM_TEXTS or is_automated(text)
