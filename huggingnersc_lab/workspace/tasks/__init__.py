"""The job kinds: one module each, discovered by its ``TASK``.

To add a kind, add a module here, and ``src/components/jobs/kinds/<kind>.tsx`` for the panel.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any

from huggingnersc_lab.jobs import Kinds
from huggingnersc_lab.workspace.task import Task

__all__ = ["Task", "kinds"]


@cache
def kinds() -> Kinds[Task[Any, Any]]:
    """The registry of all kinds, initialized with the modules here."""
    return Kinds(*find_tasks())


def find_tasks() -> Iterator[Task[Any, Any]]:
    """The task of each module here."""
    for module in pkgutil.iter_modules(__path__):
        task = getattr(import_module(f"{__name__}.{module.name}"), "TASK", None)
        if task is not None:
            yield task
