"""The Summary: whole counts that add; shares, means and intervals are computed when asked."""

from cxscan.summary.counts import Counts, Quote, distinct_quotes, of_lens, top_quotes
from cxscan.summary.estimates import Share
from cxscan.summary.json_values import Json
from cxscan.summary.rating import NPS_GROUPS, Rating, nps_cutoffs, rating_number
from cxscan.summary.summary import Input, InputColumns, RuleHashes, Summary

__all__ = [
    "NPS_GROUPS",
    "Counts",
    "Input",
    "InputColumns",
    "Json",
    "Quote",
    "Rating",
    "RuleHashes",
    "Share",
    "Summary",
    "distinct_quotes",
    "nps_cutoffs",
    "of_lens",
    "rating_number",
    "top_quotes",
]
