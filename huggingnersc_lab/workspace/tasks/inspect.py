"""``inspect``: what a data path holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.inspection.inspect import Progress, inspect
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.record.naming import propose_name
from huggingnersc_lab.workspace.checksums import data_of
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace

SECONDS = 3600
"""An inspection stops after this time, and tells what it found so far."""


@dataclass(frozen=True, kw_only=True)
class InspectArguments(SiteArguments):
    """Arguments of ``inspect``.

    Attributes:
        data_path: absolute path of the data.
        seconds: see :class:`InspectRequest`.
    """

    data_path: str
    seconds: int = SECONDS


@dataclass(frozen=True, kw_only=True)
class InspectRequest:
    """A request to inspect data: either that of an entry, or at a path.

    Attributes:
        name: nickname of the entry; with ``data_path``, only what the job is called.
        data_path: absolute path of the data, in a folder that the server allows.
        seconds: the inspection stops after this time.
    """

    name: str | None = None
    data_path: str | None = None
    seconds: int = SECONDS


class Inspect(Task[InspectArguments, InspectRequest]):
    """Inspect data: count its files, and read what some of each format say of themselves. Nothing is changed."""

    name = "inspect"
    arguments = InspectArguments
    request = InspectRequest
    heavy = True

    def prepare(self, workspace: Workspace, request: InspectRequest) -> JobSpec:
        """Check that the data is at an allowed place."""
        name, path = request.name, request.data_path
        if request.seconds < 1:
            raise _refuse("seconds", "range", "'seconds' should be at least 1.")
        if path is not None:
            path = workspace.locations.locate(data_path=path).data_path
            name = name or name_of(path)
        elif name is not None:
            path = data_of(workspace.catalog, name).path
        else:
            raise _refuse("data_path", "required", "Say which data: 'data_path', or 'name' of an entry.")
        return self.of_path(workspace, name, path, request.seconds)

    def of_path(self, workspace: Workspace, name: str, path: str, seconds: int) -> JobSpec:
        """A spec for any path: a person at the command line may inspect whatever they can read."""
        return self.spec(name, InspectArguments(**vars(workspace.choice), data_path=path, seconds=seconds))

    def run(self, context: JobContext[InspectArguments]) -> Mapping[str, Any]:
        """Inspect it; the first step ends with the counts, long before the last file is described."""
        path = context.arguments.data_path
        context.step("walk", "begin", f"Counting the files of '{path}'")
        phase = "walk"

        def tell(progress: Progress) -> None:
            nonlocal phase
            if progress.phase != phase:
                phase = progress.phase
                context.step("walk", "done", f"{progress.files} files, {progress.bytes} bytes")
                context.step("read", "begin", f"Reading what {progress.to_describe} of them say of themselves")
            if phase == "walk":
                context.progress(text=f"{progress.files} files counted", bytes_done=progress.bytes)
            else:
                share = progress.described / progress.to_describe if progress.to_describe else 1.0
                context.progress(share, f"{progress.described} of {progress.to_describe} files described")

        found = inspect(path, seconds=context.arguments.seconds, on_progress=tell)
        context.step("read", "done", f"{len(found.described)} files described, {found.tally.problem_count} left out")
        return found.to_dict()


def name_of(path: str) -> str:
    """What a job on data of no entry is called.

    >>> name_of("/data/Sky Maps"), name_of("/")
    ('sky-maps', 'data')
    """
    return propose_name(PurePath(path).name) or "data"


def _refuse(member: str, code: str, fault: str) -> CatalogError:
    return CatalogError("invalid_record", f"{fault} Nothing was read.", [FieldError(f"/{member}", code, fault)])


TASK = Inspect()
