"""Every rule about words to set aside, in the order in which they are applied: each sees what those before it left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cxscan.clean.set_aside import courtesy, furniture, mail, quoted, transcript

if TYPE_CHECKING:
    from cxscan.clean.set_aside.rule import SetAside

RULES: tuple[SetAside, ...] = (*quoted.RULES, *transcript.RULES, *furniture.RULES, *mail.RULES, *courtesy.RULES)
