"""The versions of a dataset: the commits of its repository, and what each changed."""
