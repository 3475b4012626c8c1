"""Bringing what people wrote on a card on the Hub together with what is generated now."""
