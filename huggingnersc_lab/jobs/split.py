"""Kinds whose work is split into parts, which may run beside each other, and merged at the end."""

from __future__ import annotations

import json
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from huggingnersc_lab.jobs.context import JobContext
from huggingnersc_lab.jobs.job import Outcome
from huggingnersc_lab.jobs.kinds import JobKind

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A = TypeVar("A", bound="DataclassInstance")

Result = Mapping[str, Any] | None
"""What a part or a job made, as JSON; None for nothing."""


class SplitKind(JobKind[A]):
    """A kind whose work is split. Which executor runs it makes no difference to what comes of it.

    On this machine one process carries out the parts one after the other, and merges them: a part should use the
    cores by itself. On Slurm the parts are the tasks of an array, and a job that depends on them merges. A job that is
    not split (one part) is carried out in the same way, by one process.

    A part may keep files in its folder, ``context.folder``, which :meth:`merge` finds by
    :func:`~huggingnersc_lab.jobs.parts.parts_of`; what it returns has to be JSON. Nothing is taken back when a job is
    cancelled: what the parts wrote goes with the job's folder.
    """

    undoes_on_cancel: ClassVar[bool] = False

    @abstractmethod
    def parts(self, arguments: A) -> int:
        """Into how many parts the work is split, from 1 to :data:`~huggingnersc_lab.jobs.spec.MAX_PARTS`.

        Asked once, in the process that begins the job: it must not read the data.
        """

    @abstractmethod
    def run_part(self, context: JobContext[A], index: int) -> Result:
        """Do the part of this number, from 0 to ``context.parts - 1``, and return what it made; see :meth:`run`."""

    @abstractmethod
    def merge(self, context: JobContext[A], results: Sequence[Result]) -> Result:
        """Put together what the parts returned, in their order, and return what the job made."""

    def run(self, context: JobContext[A]) -> Result:
        """Do all parts in this process, and merge them."""
        if context.parts == 1:
            return self.merge(context, [_as_json(self.run_part(context, 0))])
        results = []
        for index in range(context.parts):
            part = context.for_part(index)
            part.folder.begin()
            results.append(_as_json(self.run_part(part, index)))
            part.write_progress()
            part.folder.end(Outcome("succeeded", result=results[-1]))
        return self.merge(context, results)


def _as_json(result: Result) -> Result:
    """What would be read of it from a part's folder."""
    found: Result = json.loads(json.dumps(result))
    return found
