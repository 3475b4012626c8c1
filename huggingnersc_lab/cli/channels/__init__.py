"""Commands that share a dataset through channels."""
