"""Archives of a data folder: the same bytes whenever they are made, streamed, with a digest computed on the way."""
