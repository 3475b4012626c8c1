"""What workers can be asked: the name of each operation, and the function that carries it out.

An operation is a plain function of a module that needs Python's standard library only. It is given values that JSON can
hold, and bytes, and returns such a value or a tuple of some. A worker imports that module and what it imports itself;
the ``__init__`` of the packages around it is left out. One that follows a path by itself calls
:func:`huggingnersc_lab.workers.steps.note` before each step, so that the mount that hangs is known.

A batch operation is given a list of paths first, and is a generator of one answer for each of them. What goes wrong
with one of them is a part of its answer, since a generator that raises has ended.
"""

from __future__ import annotations

OPERATIONS: dict[str, str] = {
    "access": "huggingnersc_lab.access.access:look_at_all",
    "look": "huggingnersc_lab.workers.operations:look",
    "read_file": "huggingnersc_lab.workers.operations:read_file",
    "catalog_files": "huggingnersc_lab.store.tree:files_for_wire",
    "catalog_folder": "huggingnersc_lab.store.tree:folder_for_wire",
    "create_file": "huggingnersc_lab.workers.operations:create_file",
}
"""By name, ``module:function``."""
