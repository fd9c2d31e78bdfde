"""Writes a large export out of the sentences of `sample_data/`: recombined, slightly varied, the same for a seed.

A comment takes over the shape of a sample comment (how many sentences, how long each, how it was rated) and fills it
with sentences of comments that were rated alike. Clauses are swapped, and words for others that follow the same word
somewhere; numbers, names and days are drawn anew, and now and then a letter slips. Few comments repeat, and new words
keep turning up as they do in real exports.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

SAMPLES = Path(__file__).resolve().parent.parent / "sample_data"
CHANNELS = ("app", "web", "phone", "email", "chat", "shop")
COLUMNS = ("id", "date", "rating", "channel", "comment")
FIRST_DAY = datetime(2026, 1, 1)  # noqa: DTZ001 - an export's own clock
MINUTES = 525_600

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")
CLAUSE_END = re.compile(r"(?<=[,;:])\s|\s(?=(?:but|and|because|so|which|until|when|while|although)\s)")
NUMBER = re.compile(r"\b\d{1,3}\b")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NAMED = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}\b")
WORD = re.compile(r"[a-z]{5,}")
ONSETS = "b br c ch d dr f fr g gr h j k kl l m n p pr r s st t tr v w z".split()
NUCLEI = "a e i o u ai ea ie ou".split()
CODAS = "ck l lda m n nne r ra rt s sa th tta x".split()

OTHER_SENTENCE, OTHER_CLAUSE, OTHER_WORD, OTHER_NAME, NEW_NAME, SLIP, OTHER_CASE = 0.8, 0.5, 0.8, 0.5, 0.06, 0.25, 0.08
"""How often: another sentence; the last clause of another one; a word for another; another name for a name;
a name where none was; a slip of a letter; all small or all capital letters."""


class Sample(NamedTuple):
    """A sample comment: its sentences and its rating on a scale of 1 to 5."""

    sentences: list[str]
    rating: int


class Sentences(NamedTuple):
    """Sentences and the last clauses of sentences by `kind`, and words by the word before them."""

    whole: dict[tuple[int, int], list[str]]
    endings: dict[tuple[int, int], list[str]]
    followers: dict[str, list[str]]


def samples() -> list[Sample]:
    """Every sample comment with its rating; ratings of 0 to 10 are brought to 1 to 5."""
    with (SAMPLES / "app_reviews.csv").open(encoding="utf-8", newline="") as file:
        found = [(row["review"], int(row["rating"])) for row in csv.DictReader(file)]
    survey = json.loads((SAMPLES / "support_survey.json").read_text(encoding="utf-8"))
    found += [(answer["comment"], 1 + round(answer["score"] * 0.4)) for answer in survey["responses"]]
    lines = (SAMPLES / "shop_reviews.jsonl").read_text(encoding="utf-8").splitlines()
    found += [(review["body"], review["stars"]) for review in map(json.loads, lines)]
    return [Sample(SENTENCE_END.split(text.strip()), rating) for text, rating in found if text and text.strip()]


def kind(text: str, rating: int) -> tuple[int, int]:
    """What may stand in for each other: alike in rating (low, middle, high) and roughly in length."""
    return (rating > 2) + (rating > 3), min(len(text) // 12, 8)


def sorted_sentences(known: list[Sample]) -> Sentences:
    """What the samples are made of."""
    sentences = Sentences(defaultdict(list), defaultdict(list), defaultdict(list))
    for sample in known:
        for sentence in sample.sentences:
            sentences.whole[kind(sentence, sample.rating)].append(sentence)
            ending = CLAUSE_END.split(sentence)[-1]
            sentences.endings[kind(ending, sample.rating)].append(ending)
            for one, two in pairwise(["", *sentence.split()]):
                sentences.followers[one].append(two)
    return sentences


def comment(sample: Sample, sentences: Sentences, draw: random.Random) -> str:
    """A new comment in the shape of the sample."""
    new = (sentence_like(sentence, sample.rating, sentences, draw) for sentence in sample.sentences)
    return " ".join(varied(reworded(sentence, sentences, draw), draw) for sentence in new)


def sentence_like(model: str, rating: int, sentences: Sentences, draw: random.Random) -> str:
    """A sentence of the model's kind, often with the last clause of yet another one."""
    sentence = draw.choice(sentences.whole[kind(model, rating)]) if draw.random() < OTHER_SENTENCE else model
    clauses = CLAUSE_END.split(sentence)
    if len(clauses) > 1 and draw.random() < OTHER_CLAUSE:
        ending = draw.choice(sentences.endings[kind(clauses[-1], rating)])
        return sentence[: len(sentence) - len(clauses[-1])] + ending
    return sentence


def reworded(sentence: str, sentences: Sentences, draw: random.Random) -> str:
    """The sentence with a word put for another that stands after the same word, and sometimes a name more."""
    words = sentence.split()
    if len(words) > 1 and draw.random() < OTHER_WORD:
        at = draw.randrange(len(words))
        words[at] = draw.choice(sentences.followers[words[at - 1] if at else ""] or words)
    if draw.random() < NEW_NAME:
        words.insert(draw.randint(0, len(words)), coined(draw))
    return " ".join(words)


def varied(sentence: str, draw: random.Random) -> str:
    """The sentence with other numbers and names, and sometimes a slip or another case."""
    sentence = NUMBER.sub(lambda match: str(draw.randint(1, 10 ** len(match[0]))), sentence)
    sentence = NAMED.sub(lambda match: name_like(match[0], draw), sentence)
    if draw.random() < SLIP:
        sentence = with_slip(sentence, draw)
    if draw.random() < OTHER_CASE:
        sentence = sentence.lower() if draw.random() < 0.7 else sentence.upper()
    return sentence


def name_like(name: str, draw: random.Random) -> str:
    """Another day for a day, another month for a month; half of the time another name for a name."""
    for group in (DAYS, MONTHS):
        if name in group:
            return draw.choice(group)
    return coined(draw) if draw.random() < OTHER_NAME else name


def coined(draw: random.Random) -> str:
    """A name that nobody has, of one to three syllables."""
    syllables = (draw.choice(ONSETS) + draw.choice(NUCLEI) for _ in range(draw.randint(1, 3)))
    return ("".join(syllables) + draw.choice(CODAS)).capitalize()


def with_slip(sentence: str, draw: random.Random) -> str:
    """One longer word with a letter left out, doubled, or changed places with the next."""
    words = list(WORD.finditer(sentence))
    if not words:
        return sentence
    word = draw.choice(words)
    at = draw.randrange(word.start() + 1, word.end() - 1)
    one, two = sentence[at], sentence[at + 1]
    return sentence[:at] + draw.choice((two, one + one + two, two + one)) + sentence[at + 2 :]


def write(path: Path, n: int, seed: int = 20_260) -> None:
    """Write a CSV export of `n` comments, in the order of their dates."""
    draw = random.Random(seed)
    known = samples()
    sentences = sorted_sentences(known)
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for number in range(n):
            sample = draw.choice(known)
            date = FIRST_DAY + timedelta(minutes=MINUTES * number // n)
            text = comment(sample, sentences, draw)
            rows.writerow((f"c{number + 1:07}", date.isoformat(), sample.rating, draw.choice(CHANNELS), text))


def main() -> None:
    """Write an export from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, help="CSV file to write")
    parser.add_argument("-n", type=int, default=300_000, help="comments (default: 300,000)")
    parser.add_argument("--seed", type=int, default=20_260)
    given = parser.parse_args()
    write(given.file, given.n, given.seed)


if __name__ == "__main__":
    main()
