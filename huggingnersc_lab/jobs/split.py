"""Kinds whose work is split into parts, which can run in parallel and are merged at the end."""

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
"""Result of a part or a job, as JSON; None if there is none."""


class SplitKind(JobKind[A]):
    """A kind whose work is split. The result does not depend on the executor.

    A local process runs the parts one after the other and merges them, so a part should use all cores; a kind can
    override :meth:`run` if there is a faster way. On Slurm the parts are the tasks of an array, and a dependent job
    merges them. With one part, one process does all.

    A part may write files into its folder, ``context.folder``, which :meth:`merge` finds with
    :func:`~huggingnersc_lab.jobs.parts.parts_of`; its result must be JSON. Cancelling undoes nothing: the files of the
    parts are removed with the job's folder.
    """

    undoes_on_cancel: ClassVar[bool] = False

    @abstractmethod
    def parts(self, arguments: A) -> int:
        """Number of parts, from 1 to :data:`~huggingnersc_lab.jobs.spec.MAX_PARTS`.

        Called once, in the process that starts the job, so it must not read the data.
        """

    @abstractmethod
    def run_part(self, context: JobContext[A], index: int) -> Result:
        """Do the part with this number, from 0 to ``context.parts - 1``, and return its result; see :meth:`run`."""

    @abstractmethod
    def merge(self, context: JobContext[A], results: Sequence[Result]) -> Result:
        """Merge the results of the parts, given in order, and return the job's result."""

    def run(self, context: JobContext[A]) -> Result:
        """Do all parts in this process and merge them."""
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
    """The result as it would be read from a part's folder."""
    found: Result = json.loads(json.dumps(result))
    return found
