"""Damaged words → the words that were meant: one file for each kind of damage."""

from cxscan.clean.repairs.apply import mended, repaired_texts

__all__ = ["mended", "repaired_texts"]
