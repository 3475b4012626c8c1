"""``checksum``: compute the digests of a dataset's files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.checksums import Progress
from huggingnersc_lab.checksums.algorithms import chosen
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.workspace.checksums import contents_change, data_of, outcome_document
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ChecksumArguments(SiteArguments):
    """Arguments of ``checksum``.

    Attributes:
        algorithms: see :class:`ChecksumRequest`.
        save: likewise.
    """

    algorithms: tuple[str, ...] = ()
    save: bool = False


@dataclass(frozen=True, kw_only=True)
class ChecksumRequest:
    """A wish to have checksums.

    Attributes:
        name: nickname of the dataset.
        algorithms: digests that are wanted besides those of the fingerprint: ``md5``, ``sha256``, ``blake3``.
        save: whether size, number of files and fingerprint are written into the entry.
    """

    name: str
    algorithms: tuple[str, ...] = ()
    save: bool = False


class Checksum(Task[ChecksumArguments, ChecksumRequest]):
    """Compute checksums. One that is cancelled keeps what it computed; the next goes on from there."""

    name = "checksum"
    arguments = ChecksumArguments
    request = ChecksumRequest

    def prepare(self, workspace: Workspace, request: ChecksumRequest) -> JobSpec:
        """Check that there is such an entry, and that the digests are known."""
        algorithms = chosen(request.algorithms)
        data_of(workspace.catalog, request.name)
        arguments = ChecksumArguments(**vars(workspace.choice), algorithms=algorithms, save=request.save)
        return self.spec(request.name, arguments)

    def run(self, context: JobContext[ChecksumArguments]) -> Mapping[str, Any]:
        """Compute them."""
        given = context.arguments
        catalog = given.catalog()
        data = data_of(catalog, context.dataset)
        context.step("checksum", "begin", f"Computing the checksums of '{data.name}'")

        def tell(progress: Progress) -> None:
            if progress.phase == "compare":
                context.progress(text=f"{progress.files} files looked at")
                return
            text = f"{progress.files} files done"
            context.progress(text=text, bytes_done=progress.bytes, total_bytes=progress.total_bytes)

        outcome = data.checksum(given.algorithms, tell)
        detail = f"{outcome.summary.files} files, {outcome.files_read} of them read"
        context.step("checksum", "done", detail)
        if given.save:
            change = contents_change(catalog, data.name, outcome.summary)
            context.step("save", "begin", "Writing it into the entry")
            catalog.update(data.name, change.values)
            context.step("save", "done", "The entry tells size, number of files and fingerprint")
        return {**outcome_document(data, outcome), "saved": given.save}


TASK = Checksum()
