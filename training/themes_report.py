"""Tables of how right the learned themes are: on dev, and on domains that were left out.

`python training/themes_report.py ../benchmarks/theme_confusions.json` counts what the themes are mistaken for on dev.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from corpus import annotated
from themes_choice import chosen, f1, figures
from themes_polarity import codes_of

from cxscan.classify.intents import IntentClassifier
from cxscan.classify.phrases.hits import PhraseBook
from cxscan.classify.sentiment.model_sentiment import ModelSentiment
from cxscan.classify.themes.taxonomy_phrases import TaxonomyPhrases
from cxscan.classify.themes.theme_classifier import ThemeClassifier
from cxscan.classify.themes.theme_index import ThemeIndex
from cxscan.model import INTENTS
from cxscan.rules.model_file import shipped_sentiment
from cxscan.rules.taxonomy import built_in
from cxscan.rules.theme_weights import theme_weights
from cxscan.runs.classifier import Classifier, ClassifierOptions
from cxscan.tokens import Tokenizer

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from themes_lessons import Floats, Lessons

    Bools = NDArray[np.bool_]

NAMES = [theme.name for theme in built_in().themes]


def tables(known: Lessons, margins: Floats, mixed: Floats, shared: Path) -> str:
    """Markdown: phrases alone beside phrases and learning."""
    annotated = np.isin(known.kinds, ("train", "dev"))
    so, phrases = known.goals[annotated, : len(NAMES)] > 0.5, _by_phrases(known, annotated)
    said = chosen(margins[annotated])
    lines = _theme_table("Leave one group of domains out, train and dev together", so, phrases, said)
    for domain in sorted(set(known.domains[annotated])):
        here = known.domains[annotated] == domain
        alone, both = figures(so[here], phrases[here]), figures(so[here], said[here])
        lines.append(f"- {domain} ({here.sum()} comments): phrases {_shown(alone)}; with learning {_shown(both)}")
    return "\n".join([*_on_dev(shared), *lines, *_confused(so, said), *_intents_elsewhere(known, mixed), ""])


def _by_phrases(known: Lessons, chosen: Bools) -> Bools:
    """What phrases alone find in the chosen texts, texts by themes."""
    texts = [text for text, so in zip(known.comments, chosen, strict=True) if so]
    tokens = Tokenizer().tokenize(texts)
    return PhraseBook(built_in().themes).find(tokens).cells(tokens, len(NAMES))


def _on_dev(shared: Path) -> list[str]:
    """The shipped classes over the weights that come with cxscan at this moment."""
    rows = annotated("dev", shared)
    so = np.array([[name in row["themes"] for name in NAMES] for row in rows])
    intents = np.array([[name in row["intents"] for name in INTENTS] for row in rows])
    tokens = Tokenizer().tokenize([row["text"] for row in rows])
    sentiment = ModelSentiment(shipped_sentiment()).classify(tokens)
    weights = theme_weights()
    index = ThemeIndex.build(built_in(), weights)
    phrases = TaxonomyPhrases(built_in(), index).find(tokens)
    by_rules, found = (
        ThemeClassifier(index, weights, learned_polarity=learned).classify(tokens, sentiment, phrases)
        for learned in (False, True)
    )
    alone = phrases.themes.cells(tokens, len(NAMES))
    lines = _theme_table("Dev (1,376 comments, never learned from)", so, alone, found.themes > 0)
    told = codes_of(rows)
    both = (told > 0) & (found.themes > 0)
    rules, learned = ((told == each.themes)[both].mean() for each in (by_rules, found))
    lines.append(f"- polarity of right themes: by rules {rules:.3f}, with learning {learned:.3f}")
    old = IntentClassifier(index, weights, learned=False).classify(tokens, sentiment, by_rules, phrases)
    new = IntentClassifier(index, weights).classify(tokens, sentiment, found, phrases)
    columns = zip(INTENTS, f1(intents, old), f1(intents, new), strict=True)
    return [*lines, *(f"- intent {name}: by rules {a:.3f}, with learning {b:.3f}" for name, a, b in columns), ""]


def confusions(shared: Path) -> dict[str, object]:
    """What docs/write_themes.py shows: of each theme of dev how often it is missed, wrongly found, and what instead."""
    rows = annotated("dev", shared)
    so = np.array([[name in row["themes"] for name in NAMES] for row in rows])
    _, labels = Classifier(ClassifierOptions()).classify([row["text"] for row in rows])
    said = labels.themes > 0
    missed = so & ~said
    counts = {
        name: {
            "n": int(so[:, theme].sum()),
            "missed": int(missed[:, theme].sum()),
            "wrong": int((said & ~so)[:, theme].sum()),
            "instead": {
                other: int(count)
                for other, count in zip(NAMES, (said & ~so)[missed[:, theme]].sum(0), strict=True)
                if count
            },
        }
        for theme, name in enumerate(NAMES)
    }
    return {"measured_on": f"{len(rows):,} annotated comments that nothing was learned from", "themes": counts}


def _theme_table(title: str, so: Bools, alone: Bools, both: Bools) -> list[str]:
    lines = [f"## {title}", "", "| theme | comments | phrases alone | with learning |", "|---|---:|---:|---:|"]
    for name, count, old, new in zip(NAMES, so.sum(0), f1(so, alone), f1(so, both), strict=True):
        lines.append(f"| {name} | {count} | {old:.3f} | {new:.3f} |")
    for place, name in enumerate(("micro-F1", "macro-F1", "lens right")):
        lines.append(f"| **{name}** | | {figures(so, alone)[place]:.3f} | {figures(so, both)[place]:.3f} |")
    return [*lines, ""]


def _confused(so: Bools, said: Bools) -> list[str]:
    """For each theme: how often it is missed and found wrongly, and what was said in its place."""
    lines = ["", "## Confusions (domains left out)", "", "| theme | missed | wrongly found | said in its place |",
             "|---|---:|---:|---|"]  # fmt: skip
    for theme, name in enumerate(NAMES):
        missed, extra = so[:, theme] & ~said[:, theme], ~so[:, theme] & said[:, theme]
        instead = (said[missed] & ~so[missed]).sum(0)
        most = ", ".join(f"{NAMES[i]} {instead[i]}" for i in np.argsort(-instead, kind="stable")[:3] if instead[i])
        lines.append(f"| {name} | {missed.sum()} | {extra.sum()} | {most} |")
    return lines


def _intents_elsewhere(known: Lessons, mixed: Floats) -> list[str]:
    rows = known.kinds == "train"
    found = f1(known.goals[rows, len(NAMES) : len(NAMES) + len(INTENTS)] > 0.5, mixed[rows] > 0)
    shown = ", ".join(f"{name} {value:.3f}" for name, value in zip(INTENTS, found, strict=True))
    return ["", f"Intents on train, words learned without the domain (the mix was fitted there): {shown}"]


def _shown(values: tuple[float, float, float]) -> str:
    return "micro {:.3f}, macro {:.3f}, lens {:.3f}".format(*values)


if __name__ == "__main__":
    found = confusions(Path(__file__).resolve().parents[2] / "shared")
    Path(sys.argv[1]).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
