"""A kind of job that is split: it adds up the numbers below ``count``, each part those of its own stretch.

A part may wait until the job's folder holds a file ``go``; the part that is named ``fails``, or ends without a word.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobContext, JobSpec, SplitKind
from huggingnersc_lab.jobs.split import Result
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace

LONGEST_WAIT = 600
"""A test that fails leaves no process for ever."""


@dataclass(frozen=True, kw_only=True)
class SumArguments(SiteArguments):
    count: int = 1000
    in_parts: int = 4
    waits: bool = False
    fails: int | None = None
    vanishes: int | None = None


@dataclass(frozen=True, kw_only=True)
class SumRequest:
    name: str
    count: int = 1000
    in_parts: int = 4


class Sum(SplitKind[SumArguments], Task[SumArguments, SumRequest]):
    name = "sum"
    arguments = SumArguments
    request = SumRequest
    heavy = True

    def prepare(self, workspace: Workspace, request: SumRequest) -> JobSpec:
        given = {key: value for key, value in vars(request).items() if key != "name"}
        return self.spec(request.name, SumArguments(**vars(workspace.choice), **given))

    def parts(self, arguments: SumArguments) -> int:
        return arguments.in_parts

    def run_part(self, context: JobContext[SumArguments], index: int) -> Mapping[str, Any]:
        arguments, total = context.arguments, 0
        numbers = range(index, arguments.count, context.parts)
        for done, number in enumerate(numbers, start=1):
            total += number
            context.progress(text="Adding", bytes_done=done, total_bytes=len(numbers))
        context.write_progress()
        if arguments.fails == index:
            raise CatalogError("storage", "There is no room for that.")
        if arguments.vanishes == index:
            os._exit(9)
        job = context.folder.path.parents[1] if context.parts > 1 else context.folder.path
        deadline = time.monotonic() + LONGEST_WAIT
        while arguments.waits and not (job / "go").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        return {"total": total, "numbers": (index, len(numbers))}

    def merge(self, context: JobContext[SumArguments], results: Sequence[Result]) -> Mapping[str, Any]:
        made = [result for result in results if result is not None]
        context.progress(1, "Merged")
        return {"total": sum(result["total"] for result in made), "parts": [result["numbers"] for result in made]}


TASK = Sum()
