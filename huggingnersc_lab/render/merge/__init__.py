"""Merges people's edits of a card on the Hub with the newly generated card."""
