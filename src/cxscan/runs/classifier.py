"""The line: read → tokens → classify → summarise → render, a batch at a time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

from cxscan.classify.intents import IntentClassifier
from cxscan.classify.language import Languages, not_answers
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.sentiment.result import VaderSentiment, mixed
from cxscan.classify.themes.theme_classifier import ThemeClassifier
from cxscan.engines.local import spread
from cxscan.model import Comments, Evidence, Labels, State
from cxscan.quotes.select import picked, take
from cxscan.render.comments import csv_rows, jsonl_rows, records
from cxscan.rules.taxonomy import load_taxonomy
from cxscan.summary import RuleHashes
from cxscan.summary.build import summarise
from cxscan.tokens import Tokenizer, spans, word_spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.model import Batch, Bools, Codes, Reject, Theme, Tokens
    from cxscan.periods import Period
    from cxscan.quotes.filter import CommentFilter
    from cxscan.quotes.select import Key, Pick
    from cxscan.summary import Json, Summary

KNOWN_LANGUAGE = "en"

LEAST_WEIGHT = 500
"""Score units that a word must move the sentiment to be named as evidence: a twentieth of the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierOptions:
    """What classifies: the built-in rules, or files of your own."""

    themes: Path | None = None
    model: Path | None = None
    """Weights of one's own for the sentiment, for themes, or for both."""
    vader: bool = False
    """Sentiment as the vaderSentiment package has it."""
    language: str | None = None
    """ISO 639-1 code of all comments; None looks at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanOutputs:
    """What a scan is to bring home."""

    by: tuple[str, ...] = ()
    period: Period | None = None
    quotes: int = 3
    rows: Literal["jsonl", "csv"] | None = None
    columns: tuple[str, ...] = ()
    """The export's own columns, for rows in CSV."""


class Scanned(NamedTuple):
    """What one batch came to."""

    summary: Summary
    rejects: tuple[Reject, ...]
    rows: bytes
    """In UTF-8."""


class Classifier:
    """Tokens to labels by one set of rules. Cheap to use again; not shared between threads."""

    def __init__(self, rules: ClassifierOptions) -> None:
        taxonomy = load_taxonomy(rules.themes)
        self._rules, self._tokenizer, self._languages = rules, Tokenizer(), Languages()
        self._sentiment = VaderSentiment() if rules.vader else ModelSentiment(rules.model)
        self._themes = ThemeClassifier(taxonomy, learned_polarity=not rules.vader, model=rules.model)
        self._intents = IntentClassifier(taxonomy, learned=not rules.vader)
        self.themes: tuple[Theme, ...] = taxonomy.nouns
        self.hashes = RuleHashes(self._themes.sha256, self._sentiment.sha256)

    def classify(self, texts: Sequence[str], *, evidence: bool = False) -> tuple[Tokens, Labels]:
        """Labels of texts, one row each; a blank text is `State.EMPTY`."""
        tokens = self._tokenizer.tokenize(texts)
        languages, states = self._judged(tokens, texts)
        sentiment = self._sentiment.classify(tokens, evidence=evidence)
        themes = self._themes.classify(tokens, sentiment)
        scored = states == State.SCORED
        intents = self._intents.classify(tokens, sentiment, themes)
        labels = Labels(
            themes_known=self.themes,
            states=states,
            scores=np.where(scored, sentiment.texts, 0),
            sentiments=np.where(scored, sentiment.signs, 0).astype(np.int8),
            mixed=scored & mixed(sentiment.clauses, tokens.text_clauses),
            themes=np.where(scored[:, None], themes.themes, 0).astype(np.uint8),
            intents=scored[:, None] & intents,
            languages=languages,
            evidence=_in_order(sentiment, themes.evidence, scored) if evidence else None,
        )
        return tokens, labels

    def explained(self, comments: Comments) -> list[dict[str, Json]]:
        """The records of comments, with the words that each label rests on."""
        tokens, labels = self.classify(comments.texts, evidence=True)
        places = spans(tokens, labels, comments.texts).by_cell(comments.texts)
        return [
            record | {"evidence": [span._asdict() for span in places[cell]]}
            for cell, record in records(comments, labels)
        ]

    def polarity(self, text: str) -> float:
        """What the score of a text was before it was squashed: what all its words add up to, and a base."""
        return float(self._sentiment.classify(self._tokenizer.tokenize([text])).polarities[0])

    def reasons(self, text: str) -> dict[str, Json]:
        """By theme, what learning made of it: of those that a text has, and of those that only a phrase found."""
        tokens, labels = self.classify([text])
        found = self._themes.classify(tokens, self._sentiment.classify(tokens))
        places = word_spans(text)

        def words(first: int, last: int) -> str:
            return text[places[first][0] : places[last][1]]

        return {
            self.themes[reason.label].name: {
                "found": bool(labels.themes[0, reason.label]),
                "margin": round(reason.margin, 2),
                "phrases": [words(*match) for match in reason.phrases],
                "words": [{"words": words(one[0], one[1]), "weight": round(one.weight, 2)} for one in reason.words],
            }
            for reason in self._themes.reasons(found)
            if labels.states[0] == State.SCORED
        }

    def _judged(self, tokens: Tokens, texts: Sequence[str]) -> tuple[list[str | None], Codes]:
        """The language and the `State` of each text."""
        declared = self._rules.language
        languages: list[str | None] = [declared] * len(texts) if declared else self._languages.of(tokens, texts)
        silent: Bools = np.diff(tokens.word_offsets) == 0
        if not self._rules.vader:
            foreign = [language not in {None, KNOWN_LANGUAGE} for language in languages]
            silent = not_answers(tokens) | np.array(foreign, bool)
        blank = np.array([not text for text in texts], bool)
        states = np.where(blank, State.EMPTY, np.where(silent, State.UNSCORED, State.SCORED))
        return languages, states.astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Line:
    """The work on a batch, from comments to what is brought home."""

    classifier: Classifier
    wanted: ScanOutputs

    def __call__(self, batch: Batch) -> Scanned:
        """What the batch came to."""
        comments = batch.comments
        tokens, labels = self.classifier.classify(comments.texts, evidence=self.wanted.rows == "jsonl")
        summary = summarise(
            batch, labels, rules=self.classifier.hashes, by=self.wanted.by, period=self.wanted.period,
            quotes=self.wanted.quotes,
        )  # fmt: skip
        return Scanned(summary, batch.rejects, self._rows(comments, tokens, labels))

    def _rows(self, comments: Comments, tokens: Tokens, labels: Labels) -> bytes:
        if self.wanted.rows == "jsonl":
            return jsonl_rows(comments, labels, spans(tokens, labels, comments.texts)).encode()
        if self.wanted.rows == "csv":
            return csv_rows(comments, labels, self.wanted.columns).encode()
        return b""


def scan(batches: Iterable[Batch], rules: ClassifierOptions, wanted: ScanOutputs, *, workers: int) -> Iterator[Scanned]:
    """What each batch came to, in their order. Raises UsageError at once for a taxonomy that cannot be used."""
    load_taxonomy(rules.themes)
    return spread(partial(_line, rules, wanted), batches, workers=workers, weigh=_cells)


def _cells(batch: Batch) -> int:
    return len(batch.comments)


def _line(rules: ClassifierOptions, wanted: ScanOutputs) -> Line:
    return Line(Classifier(rules), wanted)


def _in_order(sentiment: Sentiment, themes: Evidence, scored: Bools) -> Evidence:
    """Evidence of sentiment and themes together, by text, label and place, of scored texts only."""
    about_sentiment = Evidence(
        sentiment.evidence_texts, np.full(len(sentiment.evidence_texts), -1, np.int32),
        sentiment.evidence_words, sentiment.evidence_words, sentiment.evidence_weights,
    )  # fmt: skip
    both = (about_sentiment, themes)
    texts = np.concatenate([part.texts for part in both])
    labels = np.concatenate([part.labels for part in both]).astype(np.int32)
    first = np.concatenate([part.first_words for part in both])
    last = np.concatenate([part.last_words for part in both])
    weights = np.concatenate([part.weights for part in both])
    order = np.lexsort((last, first, labels, texts))
    order = order[scored[texts[order]] & ((labels[order] >= 0) | (abs(weights[order]) >= LEAST_WEIGHT))]
    return Evidence(texts[order], labels[order], first[order], last[order], weights[order])


@dataclass(frozen=True, slots=True)
class Selection:
    """Which comments are to be shown, and how many."""

    wanted: CommentFilter
    pick: Pick
    count: int


class Selected(NamedTuple):
    """What one batch brought to a selection."""

    summary: Summary
    rejects: tuple[Reject, ...]
    chosen: list[tuple[Key, dict[str, Json]]]
    """The comments that come first, each with the key to sort by."""


@dataclass(frozen=True, slots=True)
class SelectionLine:
    """The work on a batch, from comments to the few that are shown."""

    classifier: Classifier
    selection: Selection

    def __call__(self, batch: Batch) -> Selected:
        """What the batch brought."""
        comments = batch.comments
        _, labels = self.classifier.classify(comments.texts)
        summary = summarise(batch, labels, rules=self.classifier.hashes, quotes=0)
        first = picked(comments, labels, self.selection.wanted, self.selection.pick, self.selection.count)
        shown = self.classifier.explained(take(comments, [row for _, row in first]))
        return Selected(summary, batch.rejects, [(key, record) for (key, _), record in zip(first, shown, strict=True)])


def select(
    batches: Iterable[Batch], rules: ClassifierOptions, selection: Selection, *, workers: int
) -> Iterator[Selected]:
    """What each batch brought to a selection, in their order."""
    return spread(partial(_selection_line, rules, selection), batches, workers=workers, weigh=_cells)


def _selection_line(rules: ClassifierOptions, selection: Selection) -> SelectionLine:
    return SelectionLine(Classifier(rules), selection)


class FailedExample(NamedTuple):
    """An example of the taxonomy that came out wrong."""

    name: str
    text: str
    wanted: bool
    """Whether the theme was to be found."""


def failed_examples(themes: Path | None) -> list[FailedExample]:
    """The examples of a taxonomy, its own texts that must and must not match, that come out wrong."""
    taxonomy = load_taxonomy(themes)
    rules = (*taxonomy.themes, *taxonomy.intents)
    examples = [
        (number, text, wanted)
        for number, one in enumerate(rules)
        for texts, wanted in ((one.match, True), (one.no_match, False))
        for text in texts
    ]
    _, labels = Classifier(ClassifierOptions(themes=themes)).classify([text for _, text, _ in examples])
    found = np.hstack([labels.themes != 0, labels.intents])
    return [
        FailedExample(rules[number].name, text, wanted)
        for row, (number, text, wanted) in enumerate(examples)
        if found[row, number] != wanted
    ]


def single(text: str) -> Comments:
    """One comment that comes from no file."""
    return Comments(source="-", records=[1], fields=["text"], ids=[None], dates=[None], ratings=[None], texts=[text])
