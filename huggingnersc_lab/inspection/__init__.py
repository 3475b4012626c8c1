"""Inspects a data path: what is there, of which formats, and what the files say of themselves. Read-only.

Nothing is imported here: a worker process, which has the standard library alone, reads parts of :mod:`.prefill`.
"""
