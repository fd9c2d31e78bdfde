"""A sample of comments → the topics that the taxonomy does not cover."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.insight.discover import discover
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from cxscan.insight.sample import Sample
    from cxscan.insight.topics import Topics
    from cxscan.summary import Summary


def find_topics(summary: Summary, sample: Sample, *, shown: int, quotes: int) -> Topics:
    """Find the topics of a sample; its texts are taken into words once more, for only texts were kept."""
    tokens = Tokenizer().tokenize([one.text for one in sample.comments])
    return discover(summary, sample, tokens, shown=shown, quotes=quotes)
