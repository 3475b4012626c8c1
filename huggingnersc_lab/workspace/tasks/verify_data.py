"""``verify_data``: compare a dataset's files with their checksums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.checksums import Progress
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.checksums import MOST_TOLD, data_of, read_part, verified_document
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class VerifyDataArguments(SiteArguments):
    """Arguments of ``verify_data``.

    Attributes:
        quick: see :class:`VerifyDataRequest`.
        part: likewise.
    """

    quick: bool = False
    part: str | None = None


@dataclass(frozen=True, kw_only=True)
class VerifyDataRequest:
    """A wish to compare data with its checksums.

    Attributes:
        name: nickname of the dataset.
        quick: whether only sizes and times are compared.
        part: read only such a part of the data, ``3/30``; all of it when None.
    """

    name: str
    quick: bool = False
    part: str | None = None


class VerifyData(Task[VerifyDataArguments, VerifyDataRequest]):
    """Compare data with its checksums. Nothing is changed."""

    name = "verify_data"
    arguments = VerifyDataArguments
    request = VerifyDataRequest
    heavy = True

    def is_heavy(self, arguments: VerifyDataArguments) -> bool:
        """Comparing sizes and times reads no data."""
        return not arguments.quick

    def prepare(self, workspace: Workspace, request: VerifyDataRequest) -> JobSpec:
        """Check that there is such an entry, and which part is meant."""
        read_part(request.part)
        data_of(workspace.catalog, request.name)
        arguments = VerifyDataArguments(**vars(workspace.choice), quick=request.quick, part=request.part)
        return self.spec(request.name, arguments)

    def run(self, context: JobContext[VerifyDataArguments]) -> Mapping[str, Any]:
        """Compare them."""
        given = context.arguments
        data = data_of(given.catalog(), context.dataset)
        context.step("verify", "begin", f"Comparing '{data.name}' with its checksums")

        def report(progress: Progress) -> None:
            if progress.phase == "compare":
                context.progress(text=f"{progress.files} files compared")
            else:
                context.progress(text="Reading", bytes_done=progress.bytes, total_bytes=progress.total_bytes)

        found = data.verify(quick=given.quick, part=read_part(given.part), on_progress=report)
        differ = sum(found.counts.values())
        context.step("verify", "done", f"{found.files} files compared, {differ} differ")
        return verified_document(data, found, MOST_TOLD)


TASK = VerifyData()
