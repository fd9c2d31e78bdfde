"""Tokens → Labels: sentiment, themes, intents, language; array arithmetic."""
