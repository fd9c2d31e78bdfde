"""Comments → Tokens: clauses and words as flat integer columns; each distinct chunk is looked at once."""

from cxscan.tokens.chunks import Chunk, Piece, take_apart
from cxscan.tokens.spans import spans, word_spans
from cxscan.tokens.tokenizer import Tokenizer

__all__ = ["Chunk", "Piece", "Tokenizer", "spans", "take_apart", "word_spans"]
