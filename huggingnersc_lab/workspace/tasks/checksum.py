"""``checksum``: compute the digests of a dataset's files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.checksums import Outcome, Progress
from huggingnersc_lab.checksums.algorithms import chosen
from huggingnersc_lab.checksums.tree import OnProgress
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.jobs import JobContext, JobSpec, SplitKind
from huggingnersc_lab.jobs.spec import MAX_PARTS
from huggingnersc_lab.workspace.checksums import DataOf, contents_change, data_of, outcome_document
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace

PART_BYTES = 2**40
"""By default, a job on Slurm is split into parts of this size: a node that reads 2 GB/s takes ten minutes for one."""

MOST_PARTS = 100
"""Data is split into at most this number of parts by default; more would not run at the same time."""


@dataclass(frozen=True, kw_only=True)
class ChecksumArguments(SiteArguments):
    """Arguments of ``checksum``.

    Attributes:
        algorithms: see :class:`ChecksumRequest`.
        save: likewise.
        parts: likewise.
    """

    algorithms: tuple[str, ...] = ()
    save: bool = False
    parts: int = 1


@dataclass(frozen=True, kw_only=True)
class ChecksumRequest:
    """A request for checksums.

    Attributes:
        name: nickname of the dataset.
        algorithms: digests to compute besides those of the fingerprint: ``md5``, ``sha256``, ``blake3``.
        save: whether to write size, number of files and fingerprint into the entry.
        parts: number of parts on Slurm; if omitted, one per :data:`PART_BYTES` of the size that the entry states.
    """

    name: str
    algorithms: tuple[str, ...] = ()
    save: bool = False
    parts: int | None = None


class Checksum(SplitKind[ChecksumArguments], Task[ChecksumArguments, ChecksumRequest]):
    """Compute checksums. A cancelled job keeps what it computed; the next one continues from there."""

    name = "checksum"
    arguments = ChecksumArguments
    request = ChecksumRequest
    heavy = True

    def prepare(self, workspace: Workspace, request: ChecksumRequest) -> JobSpec:
        """Check that the entry, its data path and the digests exist."""
        algorithms = chosen(request.algorithms)
        data_of(workspace.catalog, request.name)
        parts = _default_parts(workspace.catalog, request.name) if request.parts is None else request.parts
        if not 1 <= parts <= MAX_PARTS:
            fault = f"'parts' should be from 1 to {MAX_PARTS}."
            raise CatalogError("invalid_record", f"{fault} Nothing was read.", [FieldError("/parts", "range", fault)])
        arguments = ChecksumArguments(**vars(workspace.choice), algorithms=algorithms, save=request.save, parts=parts)
        return self.spec(request.name, arguments)

    def parts(self, arguments: ChecksumArguments) -> int:
        """As requested."""
        return arguments.parts

    def run(self, context: JobContext[ChecksumArguments]) -> Mapping[str, Any]:
        """Compute all in this process. Not in parts: one run uses all processors, and looks at the files only once."""
        catalog, data = _open(context)
        context.step("checksum", "begin", f"Computing the checksums of '{data.name}'")
        outcome = data.checksum(context.arguments.algorithms, _reporter(context))
        return _conclude(context, catalog, data, outcome)

    def run_part(self, context: JobContext[ChecksumArguments], index: int) -> Mapping[str, Any]:
        """Compute one part."""
        _, data = _open(context)
        text = f"Computing part {index + 1} of {context.parts} of the checksums of '{data.name}'"
        context.step("checksum", "begin", text)
        files, size = data.checksum_part(index, context.parts, context.arguments.algorithms, _reporter(context))
        context.step("checksum", "done", f"{files} files read")
        return {"files_read": files, "bytes_read": size}

    def merge(
        self, context: JobContext[ChecksumArguments], results: Sequence[Mapping[str, Any] | None]
    ) -> Mapping[str, Any]:
        """Merge the parts; reads files that changed meanwhile."""
        catalog, data = _open(context)
        context.step("checksum", "begin", f"Merging the checksums of '{data.name}'")
        outcome = data.merge(context.parts, context.arguments.algorithms, _reporter(context))
        files, size = (sum((result or {}).get(key, 0) for result in results) for key in ("files_read", "bytes_read"))
        outcome = replace(outcome, files_read=outcome.files_read + files, bytes_read=outcome.bytes_read + size)
        return _conclude(context, catalog, data, outcome)


def _default_parts(catalog: Catalog, name: str) -> int:
    contents = catalog.store.read(name).record.contents
    size = contents.bytes if contents and contents.bytes else 0
    return min(max(-(-size // PART_BYTES), 1), MOST_PARTS)


def _open(context: JobContext[ChecksumArguments]) -> tuple[Catalog, DataOf]:
    catalog = context.arguments.catalog()
    return catalog, data_of(catalog, context.dataset)


def _reporter(context: JobContext[ChecksumArguments]) -> OnProgress:
    def report(progress: Progress) -> None:
        if progress.phase == "compare":
            context.progress(text=f"{progress.files} files compared")
            return
        text = f"{progress.files} files done"
        context.progress(text=text, bytes_done=progress.bytes, total_bytes=progress.total_bytes)

    return report


def _conclude(
    context: JobContext[ChecksumArguments], catalog: Catalog, data: DataOf, outcome: Outcome
) -> Mapping[str, Any]:
    context.step("checksum", "done", f"{outcome.summary.files} files, {outcome.files_read} of them read")
    if context.arguments.save:
        change = contents_change(catalog, data.name, outcome.summary)
        context.step("save", "begin", "Writing them into the entry")
        catalog.update(data.name, change.values)
        context.step("save", "done", "Wrote size, number of files and fingerprint into the entry")
    return {**outcome_document(data, outcome), "saved": context.arguments.save}


TASK = Checksum()
