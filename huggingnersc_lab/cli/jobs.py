"""Commands about jobs: the work that the JupyterLab panel began, which goes on when nobody waits for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.layout import facts, table
from huggingnersc_lab.cli.problem import EXIT_CODES, STOPPED
from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import with_hints

if TYPE_CHECKING:
    from huggingnersc_lab.jobs import Job, Jobs

_SHORT = 8

JobId = Annotated[str, typer.Argument(metavar="ID", help="The job, by the first digits of its id.")]


def run(
    session: Session, folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder that holds the job.")]
) -> None:
    """Carry out a job that waits in a folder. Its own process calls this."""
    from huggingnersc_lab.jobs.folder import JobFolder
    from huggingnersc_lab.jobs.runner import run as run_job
    from huggingnersc_lab.workspace.tasks.orders import carry_out

    def tell(_name: str, phase: str, detail: str) -> None:
        if phase == "done":
            session.output.note(detail)

    job = JobFolder(folder.absolute())
    outcome = run_job(job, carry_out, tell)
    if outcome.error is not None:
        session.output.note(f"Error: {with_hints(outcome.error, 'cli')['detail']}")
    session.output.answer({"id": job.id, "state": outcome.state}, f"The job {job.id[:_SHORT]} {outcome.state}.")
    if outcome.state == "cancelled":
        raise typer.Exit(STOPPED)
    if outcome.error is not None:
        raise typer.Exit(EXIT_CODES[outcome.error["code"]])


def list_jobs(session: Session) -> None:
    """List the jobs, the newest first."""
    jobs = _jobs(session).list()
    rows = [(job.id[:_SHORT], job.kind, job.name, job.state, job.created_at[:19].replace("T", " ")) for job in jobs]
    text = table(rows, ("ID", "WHAT", "DATASET", "STATE", "BEGUN (UTC)")) if rows else "There are no jobs."
    session.output.answer({"jobs": [job.to_dict("cli") for job in jobs]}, text)


def show(session: Session, job_id: JobId) -> None:
    """Show what a job did, and how it ended."""
    job = _find(_jobs(session), job_id)
    result = job.result or {}
    text = facts(
        [
            ("Job", job.id),
            ("What", f"{job.kind} {job.name}"),
            ("State", job.state),
            ("Begun", job.created_at),
            ("Steps", "\n".join(f"{step.at} {step.detail}" for step in job.steps if step.phase == "done")),
            ("On the Hub", result.get("repo_url")),
            ("Pull request", result.get("pull_request_url")),
            ("In the catalog", result.get("folder")),
            ("Error", with_hints(job.error, "cli")["detail"] if job.error else None),
            ("Unfinished", f"'huggingnersc resume {job.name}' or 'huggingnersc undo {job.name}'" if job.kept else None),
        ]
    )
    session.output.answer(job.to_dict("cli"), text)


def cancel(session: Session, job_id: JobId) -> None:
    """Tell a job to stop; it takes back what it began."""
    jobs = _jobs(session)
    job = jobs.cancel(_find(jobs, job_id).id)
    session.output.answer(
        job.to_dict("cli"),
        f"The job {job.id[:_SHORT]} was told to stop; 'huggingnersc job show {job.id[:_SHORT]}' tells.",
    )


def _jobs(session: Session) -> Jobs:
    from huggingnersc_lab.jobs import Jobs
    from huggingnersc_lab.private_files import own_folder
    from huggingnersc_lab.workspace.tasks.orders import is_unfinished

    return Jobs(own_folder("jobs"), lambda name: is_unfinished(session.catalog, name))


def _find(jobs: Jobs, start: str) -> Job:
    found = [job for job in jobs.list() if start and job.id.startswith(start)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise CatalogError("not_found", f"There is no job '{start}'. 'huggingnersc job list' shows what there is.")
    detail = f"{len(found)} jobs begin with '{start}'. Nothing was done: give more digits of the one you mean."
    raise CatalogError("conflict", detail)
