"""Processes that ask file systems in our stead; see :mod:`huggingnersc_lab.workers.calls`."""
