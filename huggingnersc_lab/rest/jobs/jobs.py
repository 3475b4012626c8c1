"""``jobs``: background jobs."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import Member, check_members, text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.jobs import Job
    from huggingnersc_lab.workspace.workspace import Workspace

_OF_EVERY_KIND = {
    "kind": text(),
    "executor": text(),
    "resources": Member(dict, "an object"),
    "arguments": Member(dict, "an object"),
}


class JobsHandler(ResourceHandler):
    """GET all jobs, POST a new one."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with all jobs."""
        found = await self.services.run(lambda workspace: workspace.jobs.list())
        self.answer({"jobs": [job.to_dict() for job in found]})

    @authenticated
    @authorized
    async def post(self) -> None:
        """Start a job and respond with it."""
        body = self.body()
        job = await self.services.run_shared(lambda workspace: _begin(workspace, body))
        self.answer(job.to_dict(), HTTPStatus.ACCEPTED)


class JobHandler(ResourceHandler):
    """GET and DELETE a job."""

    @authenticated
    @authorized
    async def get(self, job_id: str) -> None:
        """Respond with the job."""
        job = await self.services.run(lambda workspace: workspace.jobs.read(job_id))
        self.answer(job.to_dict())

    @authenticated
    @authorized
    async def delete(self, job_id: str) -> None:
        """Cancel a running job, or remove an ended one, and respond with it."""
        job = await self.services.run(lambda workspace: workspace.end_job(job_id))
        self.answer(job.to_dict())


class JobLogHandler(ResourceHandler):
    """GET the log of a job."""

    @authenticated
    @authorized
    async def get(self, job_id: str) -> None:
        """Answer ``{text, is_cut}``."""
        text, is_cut = await self.services.run(lambda workspace: workspace.jobs.log(job_id))
        self.answer({"text": text, "is_cut": is_cut})


def _begin(workspace: Workspace, body: Mapping[str, Any]) -> Job:
    from huggingnersc_lab.workspace.tasks import kinds

    own = {key: value for key, value in body.items() if key in _OF_EVERY_KIND}
    task = kinds().get(own.pop("kind", None))
    check_members(own, _OF_EVERY_KIND)
    # Version 0.1.0 had the arguments next to the kind.
    beside = {key: value for key, value in body.items() if key not in _OF_EVERY_KIND}
    if "arguments" not in own:
        return task.start(workspace, beside, **own)
    check_members(beside, {})
    return task.start(workspace, own.pop("arguments"), inside=("arguments",), **own)
