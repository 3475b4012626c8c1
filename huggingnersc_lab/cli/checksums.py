"""Commands that compute checksums of a dataset's files, and compare the files with them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import Detach, ExecutorName, ResourceOption, Yes, detached
from huggingnersc_lab.cli.problem import EXIT_CODES
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts, table
from huggingnersc_lab.cli.terminal.progress import byte_count, line_of
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.checksums import Manifest, Progress

BAGIT = "bagit"

_SHOWN = 100
_SECONDS_BETWEEN_REPORTS = 0.2

Nickname = Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")]


def checksum(
    session: Session,
    nickname: Nickname,
    algorithms: Annotated[
        list[str] | None,
        typer.Option(
            "--algorithm",
            metavar="NAME",
            help="Digest to compute for each file besides the fingerprint: md5, sha256 or blake3. May be repeated.",
        ),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option("--output", metavar="FILE|bagit", help="Write the digests to a file, for other programs."),
    ] = None,
    save: Annotated[
        bool,
        typer.Option("--save", metavar=FLAG, help="Write size, number of files and fingerprint into the entry."),
    ] = False,
    parts: Annotated[
        int | None,
        typer.Option(
            "--parts", metavar="NUMBER", help="Number of Slurm tasks to split the work over. Implies --executor slurm."
        ),
    ] = None,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Compute checksums of a dataset's files. Files that did not change since the last time are not read again."""
    from huggingnersc_lab.checksums.algorithms import chosen
    from huggingnersc_lab.workspace.checksums import contents_change, data_of, outcome_document
    from huggingnersc_lab.workspace.placement import refuse_heavy_here

    wanted = chosen(algorithms or ())
    _require_output(output, wanted)
    if wish := detached(detach, executor or ("slurm" if parts else None), resources):
        _refuse_output(output)
        request = {"name": nickname, "algorithms": list(wanted), "save": save, **_given("parts", parts)}
        jobs.detach_requests(session, "checksum", [request], wish)
        return
    refuse_heavy_here(session.site)
    data = data_of(session.catalog, nickname)
    outcome = data.checksum(wanted, _Line(session))
    for problem in outcome.problems[:_SHOWN]:
        name = (problem.name or data.path).replace("\n", "\N{REPLACEMENT CHARACTER}")
        session.output.note(f"{name}: {problem.detail}")
    if outcome.problem_count > _SHOWN:
        session.output.note(f"{outcome.problem_count - _SHOWN} more are not shown.")
    document = outcome_document(data, outcome)
    written = _write(data.manifest, output, wanted) if outcome.is_complete else []
    if save:
        change = contents_change(session.catalog, nickname, outcome.summary)
        session.confirm(f"Change '{nickname}' on {session.site.hub_url}?", yes=yes)
        session.catalog.update(nickname, change.values, on_step=session.output.step)
    text = facts(
        [
            ("Files", str(outcome.summary.files)),
            ("Size", byte_count(outcome.summary.bytes)),
            ("Read", f"{outcome.files_read} files, {byte_count(outcome.bytes_read)}"),
            ("Fingerprint", outcome.summary.fingerprint),
            ("Not read", f"{len(outcome.failed)} files or folders; see above" if outcome.failed else None),
            ("Written", "\n".join(map(str, written))),
            ("Kept in", str(data.manifest.folder)),
        ]
    )
    session.output.answer({**document, "saved": save, "written": [str(path) for path in written]}, text)
    if not outcome.is_complete:
        raise typer.Exit(EXIT_CODES["conflict"])


def verify_data(
    session: Session,
    nickname: Nickname,
    quick: Annotated[
        bool, typer.Option("--quick", metavar=FLAG, help="Compare sizes and times only, and read nothing.")
    ] = False,
    part: Annotated[
        str | None, typer.Option("--part", metavar="K/N", help="Read only the K-th of N parts, such as 3/30.")
    ] = None,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
) -> None:
    """Compare a dataset's files with their checksums: which changed, are damaged, are gone, are new."""
    from huggingnersc_lab.workspace.checksums import data_of, read_part, verified_document
    from huggingnersc_lab.workspace.placement import refuse_heavy_here

    read = read_part(part)
    if wish := detached(detach, executor, resources):
        request = {"name": nickname, "quick": quick, **_given("part", part)}
        jobs.detach_requests(session, "verify_data", [request], wish)
        return
    if not quick:
        refuse_heavy_here(session.site)
    data = data_of(session.catalog, nickname)
    if not data.manifest.exists:
        detail = f"There are no checksums of '{nickname}' yet: 'huggingnersc checksum {nickname}' computes them."
        raise CatalogError("not_found", detail)
    found = data.verify(quick=quick, part=read, on_progress=_Line(session))
    document = verified_document(data, found)
    rows = [(change["kind"], change["path"], change["detail"]) for change in document["changes"][:_SHOWN]]
    rows += [("unreadable", problem["path"], problem["detail"]) for problem in document["problems"][:_SHOWN]]
    looked = f"{found.files} files compared, {byte_count(found.bytes_read)} read"
    session.output.answer(document, _text(rows, document, looked))
    if not found.is_unchanged:
        raise typer.Exit(EXIT_CODES["conflict"])


def _text(rows: Sequence[tuple[str, str, str]], document: Mapping[str, Any], looked: str) -> str:
    if not rows:
        return f"Nothing changed: {looked}."
    counts = [f"{count} {kind}" for kind, count in document["counts"].items() if count]
    if document["problem_count"]:
        counts.append(f"{document['problem_count']} unreadable")
    total = sum(document["counts"].values()) + document["problem_count"]
    lines = [table(rows, ("WHAT", "FILE", "WHY"), shorten="FILE")]
    if total > len(rows):
        lines.append(f"… and {total - len(rows)} more; --json names up to 10,000.")
    return "\n".join([*lines, f"{', '.join(counts)}: {looked}."])


class _Line:
    """Shows how far it is, in a terminal."""

    def __init__(self, session: Session) -> None:
        self._output = session.output
        self._began = time.monotonic()
        self._shown_at = float("-inf")

    def __call__(self, progress: Progress) -> None:
        """Show it, now and then."""
        from huggingnersc_lab.jobs import Progress as Shown

        now = time.monotonic()
        if now - self._shown_at < _SECONDS_BETWEEN_REPORTS:
            return
        self._shown_at = now
        if progress.phase == "compare":
            self._began = now
            self._output.progress(f"{progress.files} files compared")
            return
        total, rate = progress.total_bytes, progress.bytes / (now - self._began) if now > self._began else None
        shown = Shown(progress.bytes / total if total else None, "", progress.bytes, total, rate)
        self._output.progress(line_of(shown))


def _require_output(output: str | None, algorithms: tuple[str, ...]) -> None:
    """Check that what is to be written can be, before anything is read."""
    from huggingnersc_lab.checksums.export import BAG_ALGORITHMS

    if output is None:
        return
    if output == BAGIT and not (algorithms and set(algorithms) <= set(BAG_ALGORITHMS)):
        _refuse("BagIt supports md5 and sha256: choose one or both with --algorithm, and no others.")
    if output != BAGIT and len(algorithms) != 1:
        _refuse("A FILE contains the digests of one algorithm: choose it with --algorithm.")


def _refuse_output(output: str | None) -> None:
    if output is not None:
        _refuse("--output cannot be used with --detach: pass it to a second run after the job; it reads nothing again.")


def _refuse(detail: str) -> None:
    raise CatalogError("invalid_record", f"{detail} Nothing was read.", [FieldError("/output", "form", detail)])


def _write(manifest: Manifest, output: str | None, algorithms: tuple[str, ...]) -> list[Path]:
    from huggingnersc_lab.checksums.export import write_bag, write_sums

    if output is None:
        return []
    if output == BAGIT:
        return [path.absolute() for path in write_bag(manifest, Path(), algorithms)]
    return [write_sums(manifest, Path(output).absolute(), algorithms[0])]


def _given(key: str, value: object) -> dict[str, Any]:
    return {} if value is None else {key: value}
