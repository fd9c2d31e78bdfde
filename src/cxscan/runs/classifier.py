"""Texts → tokens → labels: sentiment, themes, intents and language, lined up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from cxscan.alignment import UNCHANGED
from cxscan.classify.answers import Answers
from cxscan.classify.intents import IntentClassifier
from cxscan.classify.language.detector import Languages
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.sentiment.result import VaderSentiment, mixed
from cxscan.classify.themes.taxonomy_phrases import TaxonomyPhrases
from cxscan.classify.themes.theme_classifier import ThemeClassifier
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.classify.things import QUESTION, BatchFindings, Things, take_sides
from cxscan.clean import clean_texts
from cxscan.comment_records import comment_records
from cxscan.model import Comments, Evidence, Explanation, Labels, State, ThemeExplanation, UnscoredReason, WordWeight
from cxscan.rules.questions import asked_side
from cxscan.rules.rule_set import load_rules
from cxscan.summary import RuleHashes
from cxscan.tokens import Tokenizer, spans, word_spans

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from cxscan.classify.sentiment.result import Sentiment
    from cxscan.classify.themes.reasons import Reason
    from cxscan.classify.themes.theme_classifier import ThemeHits
    from cxscan.comment_records import CommentRecord
    from cxscan.model import Bools, Codes, Theme, Tokens

KNOWN_LANGUAGE = "en"

LEAST_WEIGHT = 500
"""Score units that a word must move the sentiment to be named as evidence: a twentieth of the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifierOptions:
    """Options of the classifier: the built-in rules, or files of your own."""

    themes: Path | None = None
    model: Path | None = None
    """Weights of one's own for the sentiment, for themes, or for both."""
    vader: bool = False
    """Sentiment as the vaderSentiment package has it."""
    language: str | None = None
    """ISO 639-1 code of all comments; None looks at each."""
    as_is: bool = False
    """Read the words as they stand: nothing is repaired or set aside."""


def rule_hashes(options: ClassifierOptions) -> RuleHashes:
    """The hashes that `Classifier(options).hashes` has, from the taxonomy and the weights alone."""
    rules = load_rules(options.themes, options.model)
    model = VaderSentiment().sha256 if options.vader else rules.sentiment.sha256
    return RuleHashes(rules.themes_sha256, model)


class Classifier:
    """Tokens to labels by one set of rules. Cheap to use again; not shared between threads."""

    def __init__(self, options: ClassifierOptions) -> None:
        rules = load_rules(options.themes, options.model)
        taxonomy, weights, learned = rules.taxonomy, rules.weights, not options.vader
        index = ThemeIndex.build(taxonomy, weights)
        self._cleans = not (options.as_is or options.vader)
        self._options, self._tokenizer, self._languages = options, Tokenizer(), Languages()
        self._answers, self._things, self._built_in = Answers(), Things(), index.built_in
        self._phrases = TaxonomyPhrases(taxonomy, index)
        self._sentiment = ModelSentiment(rules.sentiment) if learned else VaderSentiment()
        self._themes = ThemeClassifier(index, weights, learned_polarity=learned)
        self._intents = IntentClassifier(index, weights, learned=learned)
        self.themes: tuple[Theme, ...] = taxonomy.nouns
        self.hashes = RuleHashes(rules.themes_sha256, self._sentiment.sha256)

    def classify(
        self, texts: Sequence[str], fields: Sequence[str] = (), *, evidence: bool = False
    ) -> tuple[Tokens, Labels]:
        """Labels of texts, one row each; a blank text is `State.EMPTY`.

        `fields` are the names of their columns, where they have some: what is asked for decides about names of things.
        """
        tokens = self._cut(texts)
        return tokens, self._labelled(tokens, texts, fields, evidence=evidence)[0]

    def _cut(self, texts: Sequence[str]) -> Tokens:
        """Return the words of texts as customers meant them."""
        if not self._cleans:
            return self._tokenizer.tokenize(texts)
        cleaned = clean_texts(texts)
        tokens = self._tokenizer.tokenize(cleaned.texts)
        if not cleaned.alignments:
            return tokens
        return replace(
            tokens,
            alignments=cleaned.alignments,
            repaired=cleaned.repaired,
            repairs=cleaned.repairs,
            own_words=cleaned.own_words,
            set_aside=cleaned.set_aside,
        )

    def _labelled(
        self, tokens: Tokens, texts: Sequence[str], fields: Sequence[str], *, evidence: bool
    ) -> tuple[Labels, Sentiment, ThemeHits]:
        """Return the labels, and what they were made of."""
        languages, reasons = self._judged(tokens, texts)
        states = _states(tokens.texts, reasons)
        sentiment = self._sentiment.classify(tokens, evidence=evidence)
        found = self._phrases.find(tokens)
        themes = self._themes.classify(tokens, sentiment, found)
        scored = states == State.SCORED
        intents = self._intents.classify(tokens, sentiment, themes, found)
        if not self._options.vader:
            only, sides = self._things.sides(tokens, _asked(fields, len(texts)))
            findings = BatchFindings(sentiment, themes, intents)
            sentiment, themes, intents = take_sides(tokens, findings, only, sides, self._built_in)
        labels = Labels(
            themes_known=self.themes,
            states=states,
            reasons=reasons,
            scores=np.where(scored, sentiment.texts, 0),
            sentiments=np.where(scored, sentiment.signs, 0).astype(np.int8),
            mixed=scored & mixed(sentiment.clauses, tokens.text_clauses),
            themes=np.where(scored[:, None], themes.themes, 0).astype(np.uint8),
            intents=scored[:, None] & intents,
            languages=languages,
            evidence=_in_order(sentiment, themes.evidence, scored) if evidence else None,
            cut=scored[:, None] & themes.cut,
            repaired=tokens.repaired,
        )
        return labels, sentiment, themes

    def explained(self, comments: Comments) -> list[CommentRecord]:
        """The records of comments, with the words that each label rests on."""
        tokens, labels = self.classify(comments.texts, comments.fields, evidence=True)
        places = spans(tokens, labels).by_cell(comments.texts)
        return [record._replace(evidence=places[cell]) for cell, record in comment_records(comments, labels)]

    def explain(self, text: str, field: str = "text") -> Explanation:
        """Return the labels of a comment in the column `field`, and what they rest on."""
        tokens = self._cut([text])
        labels, sentiment, themes = self._labelled(tokens, [text], [field], evidence=True)
        scored = bool(labels.states[0] == State.SCORED)
        reasons = self._themes.reasons(themes) if scored else []
        places = word_spans(tokens.texts[0], tokens.alignments.get(0, UNCHANGED))
        return Explanation(
            comments=single(text, field),
            labels=labels,
            spans=spans(tokens, labels),
            polarity=float(sentiment.polarities[0]),
            question=self._question(tokens, field) if scored else 0.0,
            themes=tuple(self._theme_explanation(reason, themes, text, places) for reason in reasons),
        )

    def _question(self, tokens: Tokens, field: str) -> float:
        """The part of the polarity of the only text that comes from the question of its column."""
        _, sides = self._things.sides(tokens, _asked([field], 1))
        return 0.0 if self._options.vader else QUESTION * int(sides[0])

    def _theme_explanation(
        self, reason: Reason, themes: ThemeHits, text: str, places: list[tuple[int, int]]
    ) -> ThemeExplanation:
        def words(first: int, last: int) -> str:
            return text[places[first][0] : places[last][1]]

        return ThemeExplanation(
            name=self.themes[reason.label].name,
            found=bool(themes.themes[0, reason.label]),
            margin=reason.margin,
            phrases=tuple(words(*match) for match in reason.phrases),
            words=tuple(WordWeight(words(term.first_word, term.last_word), term.weight) for term in reason.words),
            cut=bool(themes.cut[0, reason.label]),
        )

    def _judged(self, tokens: Tokens, texts: Sequence[str]) -> tuple[list[str | None], Codes]:
        """The language of each text, and the `UnscoredReason` that speaks against scoring it."""
        declared = self._options.language
        languages: list[str | None] = (
            [declared] * len(texts) if declared else self._languages.detect(tokens, tokens.texts)
        )
        if self._options.vader:
            reasons = np.where(np.diff(tokens.word_offsets) == 0, UnscoredReason.NO_WORDS, UnscoredReason.NONE)
        else:
            foreign = np.array([language not in {None, KNOWN_LANGUAGE} for language in languages], bool)
            reasons = self._answers.unscored(tokens, tokens.texts)
            reasons[(reasons == UnscoredReason.NONE) & foreign] = UnscoredReason.LANGUAGE
        reasons[[row for row, text in enumerate(tokens.texts) if not text]] = UnscoredReason.NONE
        return languages, reasons.astype(np.uint8)


def _states(texts: Sequence[str], reasons: Codes) -> Codes:
    """The `State` of each text."""
    blank = np.array([not text for text in texts], bool)
    return np.where(blank, State.EMPTY, np.where(reasons, State.UNSCORED, State.SCORED)).astype(np.uint8)


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


def _asked(fields: Sequence[str], count: int) -> NDArray[np.int8]:
    """The side that the column of each text asks for."""
    if not fields:
        return np.zeros(count, np.int8)
    sides = {field: asked_side(field) for field in set(fields)}
    if not any(sides.values()):
        return np.zeros(count, np.int8)
    return np.fromiter(map(sides.__getitem__, fields), np.int8, count)


def single(text: str, field: str = "text") -> Comments:
    """One comment that comes from no file."""
    return Comments(source="-", records=[1], fields=[field], ids=[None], dates=[None], ratings=[None], texts=[text])
