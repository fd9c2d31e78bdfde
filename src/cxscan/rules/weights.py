"""Learned weights on disk: arrays in an `.npz` file without pickle, under a header that says what they are."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cxscan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from numpy.typing import NDArray

    Arrays = Mapping[str, NDArray[np.generic]]

FORMAT, VERSION = "cxscan-weights", 1
TOKENISER = "cxscan-words-1"
"""Name of the rules by which texts are split into words; weights learned on other words do not fit."""

LARGEST = 64 << 20
"""Bytes of all arrays together, unpacked."""

_DAMAGE = (
    ValueError,
    KeyError,
    OSError,
    EOFError,
    RuntimeError,
    MemoryError,
    OverflowError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    TypeError,
)
"""Errors of zipfile, zlib and numpy over bytes that are not what they should be."""

_HEADER = "header"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
"""The same weights give the same bytes, whenever they are written."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays by name, and what their header says."""

    kind: str
    facts: Mapping[str, object]
    """Everything else of the header, such as thresholds."""
    arrays: Arrays
    sha256: str
    """Hexadecimal digest of the arrays."""

    def number(self, name: str) -> float:
        """Return a fact that is a number. Raise KeyError where there is none, TypeError where it is something else."""
        value = self.facts[name]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"its {name} is no number")
        return float(value)


def read_weights(path: Path | Traversable, *, kind: str) -> Weights:
    """Weights from a file; UsageError when it is damaged, of another kind, or of other words."""
    return read_kinds(path, (kind,))


def read_kinds(path: Path | Traversable, kinds: tuple[str, ...]) -> Weights:
    """Weights of any of these kinds, as `read_weights` has them of one."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {(error.strerror or str(error)).lower()}") from None
    try:
        arrays = _unpacked(content)
        header = json.loads(arrays.pop(_HEADER).tobytes())
    except _DAMAGE as error:
        raise UsageError(f"{path}: is no file of weights, or a damaged one ({error}); make it anew") from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise UsageError(f"{path}: is no file of cxscan weights; make one with the training scripts")
    wanted = {"version": (VERSION,), "kind": kinds, "tokeniser": (TOKENISER,)}
    for name, values in wanted.items():
        if header.get(name) not in values:
            listed = " or ".join(map(str, values))
            raise UsageError(f"{path}: has {name} {header.get(name)}, not {listed}; make it anew with this version")
    if header.get("sha256") != digest(arrays):
        raise UsageError(f"{path}: is damaged: its arrays are not those of its header; make it anew")
    facts = {name: value for name, value in header.items() if name not in {"format", "sha256", *wanted}}
    return Weights(header["kind"], facts, arrays, header["sha256"])


def weights_as_bytes(kind: str, arrays: Arrays, facts: Mapping[str, object]) -> bytes:
    """The file for some weights; the same weights give the same bytes."""
    header = {"format": FORMAT, "version": VERSION, "kind": kind, "tokeniser": TOKENISER, "sha256": digest(arrays)}
    text = json.dumps({**header, **facts}, sort_keys=True).encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, array in sorted({**arrays, _HEADER: np.frombuffer(text, np.uint8)}.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), version=(1, 0), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, member.getvalue())
    return packed.getvalue()


def _unpacked(content: bytes) -> dict[str, NDArray[np.generic]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST:
            raise ValueError(f"more than {LARGEST >> 20} MB")
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def digest(arrays: Arrays) -> str:
    """Hexadecimal SHA-256 of arrays, whatever their order."""
    sha = hashlib.sha256()
    for name, array in sorted(arrays.items()):
        sha.update(f"{name} {array.dtype.str} {array.shape}\n".encode())
        sha.update(np.ascontiguousarray(array).tobytes())
    return sha.hexdigest()
