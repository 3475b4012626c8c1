"""A kind of job as a newcomer would add it: this file alone, beside those of the package.

It writes a file of so many bytes into the job's folder, and may wait half-way until the folder holds a file ``go``.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import IsUnfinished, JobContext, JobSpec
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


LONGEST_WAIT = 600
"""A test that fails leaves no process for ever."""


@dataclass(frozen=True, kw_only=True)
class ToyArguments(SiteArguments):
    size: int
    waits: bool = False
    stays: bool = False


@dataclass(frozen=True, kw_only=True)
class ToyRequest:
    name: str
    size: int = 10
    waits: bool = False
    stays: bool = False


class Toy(Task[ToyArguments, ToyRequest]):
    name = "toy"
    arguments = ToyArguments
    request = ToyRequest
    undoes_on_cancel = True

    def prepare(self, workspace: Workspace, request: ToyRequest) -> JobSpec:
        given = {key: value for key, value in vars(request).items() if key != "name"}
        return self.spec(request.name, ToyArguments(**vars(workspace.choice), **given))

    def run(self, context: JobContext[ToyArguments]) -> Mapping[str, Any]:
        size, part = context.arguments.size, _part(context.folder)
        context.step("write", "begin", f"Writing {size} bytes")
        for done in range(1, size + 1):
            part.write_bytes(b"x" * done)
            context.progress(text="Writing", bytes_done=done, total_bytes=size)
            if context.arguments.waits and done == size // 2:
                context.write_progress()
                deadline = time.monotonic() + LONGEST_WAIT
                while not (context.folder.path / "go").exists() and time.monotonic() < deadline:
                    time.sleep(0.01)
        if size > 1_000_000:
            raise CatalogError("storage", "There is no room for that.")
        part.rename(part.with_name("whole"))
        context.step("write", "done", f"{size} bytes written")
        return {"bytes": size}

    def take_back(self, context: JobContext[ToyArguments]) -> None:
        if context.arguments.stays:
            raise CatalogError("storage", "The part cannot be removed.")
        _part(context.folder).unlink(missing_ok=True)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        return _part(folder).exists()

    def advice(self, dataset: str) -> str:
        return f"The part of '{dataset}' is kept."


def _part(folder: JobFolder) -> Path:
    return folder.path / "part"


TASK = Toy()
