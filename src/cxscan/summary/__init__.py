"""The Summary: whole counts that add; shares, means and intervals are computed when asked.

A count has a name such as `("sentiment", "positive")` or `("theme", "price", "negative")`; one that is missing is 0.
"""

from cxscan.model import LENSES, POLARITIES, SENTIMENTS
from cxscan.summary.counts import (
    COMMODITY,
    DELIGHT,
    WORD_OF_MOUTH,
    Counts,
    Indices,
    Quote,
    of_lens,
    top_quotes,
)
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import Count, Json
from cxscan.summary.rating import NPS_GROUPS, Rating, nps_cutoffs, rating_number
from cxscan.summary.summary import Input, RuleHashes, Summary

__all__ = [
    "COMMODITY",
    "DELIGHT",
    "LENSES",
    "NPS_GROUPS",
    "POLARITIES",
    "SENTIMENTS",
    "WORD_OF_MOUTH",
    "Count",
    "Counts",
    "Indices",
    "Input",
    "Json",
    "Quote",
    "Rating",
    "RuleHashes",
    "Share",
    "Summary",
    "nps_cutoffs",
    "of_lens",
    "rating_number",
    "top_quotes",
]
