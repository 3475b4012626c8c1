"""Suggests a record's fields from the files in its folder: README, LICENSE, CITATION.cff and others."""
