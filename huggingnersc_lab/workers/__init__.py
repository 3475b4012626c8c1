"""Worker processes for file system calls that may hang; see :mod:`huggingnersc_lab.workers.calls`."""
