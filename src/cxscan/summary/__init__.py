"""The Summary: whole counts that add; shares, means and intervals are computed when asked.

A count has a name such as `("sentiment", "positive")` or `("theme", "price", "negative")`; one that is missing is 0.
"""

from cxscan.summary.rating import NPS_GROUPS, Rating, leaning, nps_ends, rating_number
from cxscan.summary.share import Count, Json, Share
from cxscan.summary.tally import (
    COMMODITY,
    DELIGHT,
    LENSES,
    POLARITIES,
    SENTIMENTS,
    WORD_OF_MOUTH,
    Indices,
    Quote,
    Tally,
    most_telling,
    of_lens,
)
from cxscan.summary.whole import Input, RuleHashes, Summary

__all__ = [
    "COMMODITY",
    "DELIGHT",
    "LENSES",
    "NPS_GROUPS",
    "POLARITIES",
    "SENTIMENTS",
    "WORD_OF_MOUTH",
    "Count",
    "Indices",
    "Input",
    "Json",
    "Quote",
    "Rating",
    "RuleHashes",
    "Share",
    "Summary",
    "Tally",
    "leaning",
    "most_telling",
    "nps_ends",
    "of_lens",
    "rating_number",
]
