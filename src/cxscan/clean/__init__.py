"""Texts as exports hold them → texts as customers meant them, aligned with what they were."""

from cxscan.clean.texts import Cleaned, clean_texts

__all__ = ["Cleaned", "clean_texts"]
