"""Tokens → sentiment, by learned weights or by the rules of VADER."""
