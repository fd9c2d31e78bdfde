"""Words of texts that are trees of blocks and runs, as editors write them: Jira, Slate, Contentful, Quill, YouTube."""

from __future__ import annotations

_LISTS = ("content", "children", "runs", "takeoutSegments", "segments", "ops", "blocks", "nodes")
"""Keys of the parts of a node."""
_OWN = ("text", "insert", "simpleText", "value")
_OF_LINES = frozenset({"blocks"})
_ALONE = (
    frozenset({"runs", "accessibility"}),
    frozenset({"takeoutSegments"}),
    frozenset({"ops"}),
    frozenset({"blocks", "entityMap", "time", "version"}),
    frozenset({"root"}),
    frozenset({"simpleText", "accessibility"}),
)
"""Keys of a whole document that does not say what it is."""
_TYPE = frozenset({"type", "_type"})
_KINDS = frozenset({"doc", "document", "root"})
_DEPTH = 20


def is_rich_text(value: object) -> bool:
    """Tell whether an object is the root of such a tree, or a list its blocks."""
    if isinstance(value, list):
        return bool(value) and all(
            isinstance(block, dict)
            and ("type" in block or "_type" in block)
            and isinstance(block.get("children"), list)
            for block in value
        )
    if not isinstance(value, dict):
        return False
    kind = value.get("type", value.get("nodeType"))
    if isinstance(kind, str) and kind in _KINDS and any(isinstance(value.get(key), list) for key in _LISTS):
        return True
    return bool(value) and any(value.keys() <= keys for keys in _ALONE)


def rich_text(value: object, depth: int = _DEPTH) -> str:
    """The words of a tree: runs one after the other, blocks as lines."""
    if depth == 0:
        return ""
    if isinstance(value, list):
        return _joined(value, depth, is_lines=False)
    if not isinstance(value, dict):
        return ""
    if isinstance(value.get("root"), dict):
        return rich_text(value["root"], depth - 1)
    for key in _LISTS:
        parts = value.get(key)
        if isinstance(parts, list):
            return _joined(parts, depth, is_lines=key in _OF_LINES)
    if isinstance(value.get("data"), dict) and "text" in value["data"]:
        return rich_text(value["data"], depth - 1)  # Editor.js
    own = next((value[key] for key in _OWN if isinstance(value.get(key), str)), "")
    return "\n" if value.get("type") == "hardBreak" else own


def _joined(parts: list[object], depth: int, *, is_lines: bool) -> str:
    is_lines = is_lines or any(isinstance(part, dict) and any(part.get(key) for key in _LISTS) for part in parts)
    return ("\n" if is_lines else "").join(rich_text(part, depth - 1) for part in parts).strip("\n")
