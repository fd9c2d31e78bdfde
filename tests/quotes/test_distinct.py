from __future__ import annotations

import json
from pathlib import Path

from cxscan.cli.root import main

TEXTS = [
    "Delivery was late and the staff was rude",
    "delivery was  late and the staff was RUDE",
    "Delivery was late and the staff was rude",
    "The staff was rude when I called about the price",
    "Far too expensive for such a lamp",
    "Parcel arrived two weeks late",
]


def export(tmp_path: Path) -> str:
    path = tmp_path / "marlow.csv"
    path.write_text("id,comment\n" + "".join(f"{n},{text}\n" for n, text in enumerate(TEXTS)), encoding="utf-8")
    return str(path)


def test_no_text_is_quoted_twice_in_a_summary(tmp_path: Path, capsys) -> None:
    assert main(["scan", export(tmp_path), "--format", "json", "--quotes", "5", "-q"]) == 0
    themes = json.loads(capsys.readouterr().out)["themes"]
    quoted = [quote["text"] for theme in themes.values() for quote in theme["quotes"]]
    assert len({" ".join(text.lower().split()) for text in quoted}) == len(quoted) >= 4


def test_no_text_is_shown_twice_among_quotes(tmp_path: Path, capsys) -> None:
    assert main(["quotes", export(tmp_path), "--format", "json", "-n", "10", "-q"]) == 0
    texts = [quote["text"] for quote in json.loads(capsys.readouterr().out)["comments"]]
    assert sorted(texts) == sorted([TEXTS[0], *TEXTS[3:]])


def test_what_is_quoted_once_leaves_room_for_others(tmp_path: Path, capsys) -> None:
    assert main(["quotes", export(tmp_path), "--format", "json", "-n", "4", "-q"]) == 0
    assert len(json.loads(capsys.readouterr().out)["comments"]) == 4
