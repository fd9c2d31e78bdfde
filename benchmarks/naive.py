"""What one would write instead: pandas and the vaderSentiment package in a loop, and nothing but sentiment.

usage: naive.py FILE.csv COLUMN
"""

# ruff: noqa: TID253 - the loop is pandas and all
import sys

import pandas
from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

CUT = 0.05

export, column = sys.argv[1:]
comments = pandas.read_csv(export)[column].fillna("").astype(str)
analyzer = SentimentIntensityAnalyzer()
scores = comments.map(lambda comment: analyzer.polarity_scores(comment)["compound"])
sentiment = scores.map(lambda score: "positive" if score >= CUT else "negative" if score <= -CUT else "neutral")
print(sentiment.value_counts().to_string())
