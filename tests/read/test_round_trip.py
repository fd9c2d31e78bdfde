from __future__ import annotations

import csv
import gzip
import io
import json
import re
import tempfile
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st
from reading import outcome

from cxscan.errors import CxscanError
from cxscan.read.columns.plan import clean

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CELLS = st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=40)
PROSE = st.lists(st.sampled_from(["late", "card,", '"great"', "a\nline", "it's", "é", "5;6", "\t", "=1+1", "\\"]))
TEXTS = st.one_of(CELLS, PROSE.map(" ".join))
DIALECTS = st.fixed_dictionaries(
    {
        "delimiter": st.sampled_from(",;\t|"),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
        "lineterminator": st.sampled_from(["\n", "\r\n"]),
    }
)


def read_bytes(content: bytes, size: int = 16384) -> list[tuple[int, str]]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(content)
        found = outcome(path, size, text=("comment",))
    assert found.rejects == []
    return list(zip(found.records, found.texts, strict=True))


@given(st.lists(TEXTS, min_size=1, max_size=12), DIALECTS, st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_whatever_is_written_as_csv_is_read_again(texts: list[str], dialect: dict[str, object], encoding: str) -> None:
    if dialect["lineterminator"] == "\n":  # csv.writer leaves a bare CR unquoted then
        texts = [text.replace("\r", "") for text in texts]
    assume(any(text.strip() for text in texts))  # a column that was asked for and is empty is refused
    assume(len(CONTROLS.findall("".join(texts))) <= 8)  # a file of many control characters is refused as binary
    file = io.StringIO(newline="")
    writer = csv.writer(file, **dialect)  # type: ignore[arg-type]  # drawn by hypothesis
    writer.writerow(["id", "comment", "rating"])
    writer.writerows([f"r{number}", text, number % 5 + 1] for number, text in enumerate(texts))
    content = file.getvalue().encode(encoding)
    expected = list(enumerate(map(clean, texts), 1))
    assert read_bytes(content) == expected
    assert read_bytes(gzip.compress(content), size=1) == expected


@given(st.lists(st.text(max_size=40), min_size=1, max_size=12), st.sampled_from([None, 2]))
@example(["NONE"], None)
def test_whatever_is_written_as_json_is_read_again(texts: list[str], indent: int | None) -> None:
    records = [{"id": number, "comment": text} for number, text in enumerate(texts)]
    written = [text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "") for text in texts]
    assume(any(text.strip() for text in written))
    expected = list(enumerate(map(clean, written), 1))
    whole = json.dumps(records, indent=indent)
    lines = "\n".join(json.dumps(record) for record in records)
    assert read_bytes(whole.encode()) == expected
    assert read_bytes(lines.encode()) == expected
    plain = [{"id": number, "comment": text} for number, text in enumerate(written)]
    assert read_bytes(json.dumps(plain, ensure_ascii=False).encode()) == expected


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"id,comment\n1,", b'[{"comment":"', b'{"comment":"a"}\n{"', b"\x1f\x8b"]),
)
def test_no_bytes_bring_the_reader_down(content: bytes, begin: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.csv"
        path.write_bytes(begin + content)
        try:
            found = outcome(path)
        except CxscanError as trouble:
            message = str(trouble)
        else:
            message = f"{path}: read"
            assert found.count == len(set(found.records)) + len(found.rejects)
    assert message.startswith(str(path))
    assert "\n" not in message
