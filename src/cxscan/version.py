"""The version, as a literal: reading it from the installed metadata takes longer than `--version` may."""

__version__ = "0.1.0"
