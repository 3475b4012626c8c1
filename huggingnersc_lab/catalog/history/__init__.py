"""The versions of a dataset: the commits of its repository and their changes."""
