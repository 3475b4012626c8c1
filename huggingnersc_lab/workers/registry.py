"""The operations of workers: the name of each, and the function that implements it.

An operation is a plain function in a module that needs only Python's standard library. Its arguments are JSON values
and bytes, and it returns such a value or a tuple of them. A worker imports that module and its imports, without the
``__init__`` of the packages around it. An operation that follows a path itself calls
:func:`huggingnersc_lab.workers.steps.note` before each step, so that the hanging mount is known.

A batch operation gets a list of paths as its first argument, and is a generator of one result for each of them. Errors
for a path are part of its result, since a generator that raises has ended.
"""

from __future__ import annotations

OPERATIONS: dict[str, str] = {
    "access": "huggingnersc_lab.access.access:look_at_all",
    "look": "huggingnersc_lab.workers.operations:look",
    "read_file": "huggingnersc_lab.workers.operations:read_file",
    "catalog_files": "huggingnersc_lab.store.tree:files_for_wire",
    "catalog_folder": "huggingnersc_lab.store.tree:folder_for_wire",
    "prefill_list": "huggingnersc_lab.inspection.prefill.files:list_files",
    "prefill_read": "huggingnersc_lab.inspection.prefill.files:read_files",
    "create_file": "huggingnersc_lab.workers.operations:create_file",
}
"""By name, ``module:function``."""
