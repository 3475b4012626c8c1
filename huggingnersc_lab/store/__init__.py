"""Records on disk: one folder for each dataset in the catalog's root, which many people may write to.

A folder contains ``record.json``, the card ``README.md``, the loader notebook, the loader and the batch script. Folders
whose names start with a dot are unfinished work, not entries. All files are untrusted input: only
:mod:`huggingnersc_lab.store.tree` opens them.
"""

from huggingnersc_lab.store.entry import RECORD_FILE, BrokenEntry, StoredEntry, StoredRecord
from huggingnersc_lab.store.folder import Store

__all__ = ["RECORD_FILE", "BrokenEntry", "Store", "StoredEntry", "StoredRecord"]
