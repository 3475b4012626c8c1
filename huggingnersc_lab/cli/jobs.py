"""Commands about background jobs, started here or in the JupyterLab panel."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from huggingnersc_lab.cli.arguments import ExecutorName, ResourceOption, Yes, wish_of
from huggingnersc_lab.cli.problem import EXIT_CODES, STOPPED
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts, table
from huggingnersc_lab.cli.terminal.progress import progress_line
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import with_hints

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Change
    from huggingnersc_lab.jobs import Job, Jobs
    from huggingnersc_lab.workspace.placement import Wish

SECONDS_BETWEEN_LOOKS = 0.25

_SHORT = 8

JobId = Annotated[str, typer.Argument(metavar="ID", help="The id of the job, or its first digits.")]


def run(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The job's folder.")],
    part: Annotated[
        int | None, typer.Option("--part", metavar="NUMBER", help="Run only this part of a split job.")
    ] = None,
    merge: Annotated[
        bool, typer.Option("--merge", metavar=FLAG, help="Merge the results of a split job's parts.")
    ] = False,
) -> None:
    """Run a job from its folder. Called by the job's own process."""
    from huggingnersc_lab.jobs.folder import JobFolder
    from huggingnersc_lab.jobs.runner import run as run_job
    from huggingnersc_lab.workspace.tasks import kinds

    def on_event(_name: str, phase: str, detail: str) -> None:
        if phase == "done":
            session.output.note(detail)

    job = JobFolder(folder.absolute())
    outcome = run_job(job, kinds(), on_event, part=part, merge=merge)
    if outcome.error is not None:
        session.output.note(f"Error: {with_hints(outcome.error, 'cli')['detail']}")
    session.output.answer({"id": job.id, "state": outcome.state}, f"The job {job.id[:_SHORT]} {outcome.state}.")
    _leave(outcome.state, outcome.error)


def start(
    session: Session,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="The kind of job: publish, retire, …")],
    arguments: Annotated[
        list[str] | None, typer.Argument(metavar="[FIELD=VALUE]...", help="Its arguments, as in the REST interface.")
    ] = None,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Start a job of any kind, as the JupyterLab panel would."""
    from huggingnersc_lab.workspace.tasks import kinds

    task = kinds().get(kind)
    request = _read_request(task.request, arguments or ())
    named = request.get("name") or request.get("draft_id") or ""
    session.confirm(f"Start to {kind} {named} on {session.site.hub_url}?", yes=yes)
    begun(session, [task.start(session.workspace, request, **vars(wish_of(executor, resources)))])


def list_jobs(session: Session) -> None:
    """List the jobs, newest first."""
    jobs = _jobs(session).list()
    rows = [(job.id[:_SHORT], job.kind, job.dataset, job.state, job.created_at[:19].replace("T", " ")) for job in jobs]
    text = table(rows, ("ID", "WHAT", "DATASET", "STATE", "STARTED (UTC)")) if rows else "There are no jobs."
    session.output.answer({"jobs": [job.to_dict("cli") for job in jobs]}, text)


def show(session: Session, job_id: JobId) -> None:
    """Show what a job did and how it ended."""
    _show(session, _find(_jobs(session), job_id))


def follow(session: Session, job_id: JobId) -> None:
    """Show a job's steps and progress until it ends. Ctrl-C stops the display; the job continues."""
    jobs = _jobs(session)
    job = _find(jobs, job_id)
    shown = 0
    try:
        while True:
            for step in job.steps[shown:]:
                session.output.done(step)
            shown = len(job.steps)
            if job.has_ended:
                break
            session.output.progress(progress_line(job))
            time.sleep(SECONDS_BETWEEN_LOOKS)
            job = jobs.read(job.id)
    except KeyboardInterrupt as err:
        session.output.note(f"The job continues: 'huggingnersc job follow {job.id[:_SHORT]}' shows it again.")
        raise typer.Exit(STOPPED) from err
    _show(session, job)
    _leave(job.state, job.error)


def log(session: Session, job_id: JobId) -> None:
    """Show the end of what a job's process printed."""
    jobs = _jobs(session)
    job = _find(jobs, job_id)
    text, is_cut = jobs.log(job.id)
    if not text and job.state == "queued":
        session.output.note("The job has not started yet.")
    session.output.answer({"id": job.id, "text": text, "is_cut": is_cut}, text.rstrip("\n"))


def cancel(session: Session, job_id: JobId) -> None:
    """Cancel a job and undo its steps."""
    jobs = _jobs(session)
    job = jobs.cancel(_find(jobs, job_id).id)
    session.output.answer(
        job.to_dict("cli"),
        f"Cancelling the job {job.id[:_SHORT]}; 'huggingnersc job follow {job.id[:_SHORT]}' shows how it ends.",
    )


def detach(session: Session, change: Change, wish: Wish | None = None) -> None:
    """Start a job that carries out a change after this program has ended, and print how to follow it."""
    from huggingnersc_lab.workspace.change_job import spec_of
    from huggingnersc_lab.workspace.placement import Wish
    from huggingnersc_lab.workspace.placement import start as start_job

    begun(session, [start_job(session.workspace, spec_of(session.choice, change), wish or Wish())])


def detach_requests(
    session: Session, kind: str, requests: Sequence[Mapping[str, Any]], wish: Wish | None = None
) -> None:
    """Start jobs from requests in the form of the REST interface, and print how to follow them."""
    from huggingnersc_lab.workspace.placement import Wish
    from huggingnersc_lab.workspace.tasks import kinds

    task = kinds().get(kind)
    begun(session, [task.start(session.workspace, request, **vars(wish or Wish())) for request in requests])


def begun(session: Session, jobs: Sequence[Job]) -> None:
    """Print which jobs were started and how to follow them."""
    lines = [
        f"Started job {job.id[:_SHORT]}{_where(job)}: {job.kind} {job.dataset}. "
        "It continues after this terminal is closed; "
        f"'huggingnersc job follow {job.id[:_SHORT]}' shows its progress."
        for job in jobs
    ]
    data: Mapping[str, Any] = (
        jobs[0].to_dict("cli") if len(jobs) == 1 else {"jobs": [job.to_dict("cli") for job in jobs]}
    )
    session.output.sentence(data, "\n".join(lines))


def _show(session: Session, job: Job) -> None:
    from huggingnersc_lab.workspace.tasks import kinds

    result = job.result or {}
    kind = kinds().find(job.kind)
    left = ["What it did so far is kept."]
    if kind is not None:
        left = [kind.advice(job.dataset), *(hint.sentence("cli") for hint in kind.hints(job.dataset))]
    text = facts(
        [
            ("Job", job.id),
            ("What", f"{job.kind} {job.dataset}"),
            ("State", f"{job.state}: {job.reason}" if job.reason else job.state),
            ("Runs on", None if job.executor == "local" else f"{job.executor} {job.scheduler_id}".rstrip()),
            ("Begun", job.created_at),
            ("Progress", None if job.has_ended or job.progress is None else progress_line(job)),
            ("Steps", "\n".join(f"{step.at} {step.detail}" for step in job.steps if step.phase == "done")),
            ("On the Hub", _text(result.get("repo_url"))),
            ("Pull request", _text(result.get("pull_request_url"))),
            ("In the catalog", _text(result.get("folder"))),
            ("Error", with_hints(job.error, "cli")["detail"] if job.error else None),
            ("Unfinished", " ".join(left) if job.kept else None),
        ]
    )
    session.output.answer(job.to_dict("cli"), text)


def _where(job: Job) -> str:
    return f" as Slurm job {job.scheduler_id}" if job.scheduler_id else ""


def _leave(state: str, error: Mapping[str, Any] | None) -> None:
    """Exit with the code that the command itself would have returned."""
    if state == "cancelled":
        raise typer.Exit(STOPPED)
    if error is not None:
        raise typer.Exit(EXIT_CODES.get(error["code"], 1))


def _jobs(session: Session) -> Jobs:
    from huggingnersc_lab.catalog.publish.unfinished import is_unfinished
    from huggingnersc_lab.jobs import Jobs
    from huggingnersc_lab.private_files import own_folder
    from huggingnersc_lab.workspace.placement import executors
    from huggingnersc_lab.workspace.tasks import kinds

    return Jobs(own_folder("jobs"), kinds(), lambda name: is_unfinished(session.catalog.store, name), executors())


def _find(jobs: Jobs, start: str) -> Job:
    found = [job for job in jobs.list() if start and job.id.startswith(start)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CatalogError("not_found", f"There is no job '{start}'. 'huggingnersc job list' lists all jobs.")
    detail = f"{len(found)} ids start with '{start}'. Nothing was done: enter more digits."
    raise CatalogError("conflict", detail)


def _read_request(form: type[Any], given: Sequence[str]) -> dict[str, Any]:
    """Parse ``FIELD=VALUE`` arguments of a request; values that are not strings are JSON."""
    from huggingnersc_lab.jobs.arguments import arguments_of

    wanted = arguments_of(form)
    request: dict[str, Any] = {}
    for text in given:
        member, sign, value = text.partition("=")
        if not sign:
            _refuse(f"'{text}' is not an argument: write FIELD=VALUE, such as {next(iter(wanted))}=….")
        request[member] = value
        if member in wanted and wanted[member].annotation is not str:
            try:
                request[member] = json.loads(value)
            except ValueError:
                _refuse(f"'{member}' should be {wanted[member].form}.")
    return request


def _refuse(detail: str) -> NoReturn:
    raise CatalogError("invalid_record", f"{detail} Nothing was started.", [FieldError("", "form", detail)])


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
