"""``jobs``: what goes on when nobody waits for it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import Member, check_members, flag, text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.jobs import Job, JobKind
    from huggingnersc_lab.workspace.workspace import Workspace

_OF_A_DRAFT = {"kind": text(), "draft_id": text(required=True), "private": flag(), "create_pr": flag()}
_OF_A_NAME = {"kind": text(), "name": text(required=True)}
ORDERS: Mapping[str, Mapping[str, Member]] = {
    "publish": _OF_A_DRAFT,
    "update": _OF_A_DRAFT | {"confirmed": text()},
    "retire": _OF_A_NAME | {"from_hub": flag(), "confirmed": text()},
    "resume": _OF_A_NAME | {"take_over": text()},
    "undo": _OF_A_NAME | {"take_over": text()},
}
"""By kind of job, what an order of it has."""
_KIND = {"kind": text(*ORDERS, required=True)}


class JobsHandler(ResourceHandler):
    """GET all jobs, POST a new one."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Answer with all jobs."""
        found = await self.services.run(lambda workspace: workspace.jobs.list())
        self.answer({"jobs": [job.to_dict() for job in found]})

    @authenticated
    @authorized
    async def post(self) -> None:
        """Begin a job and answer with it."""
        order = self.body()
        check_members({key: value for key, value in order.items() if key == "kind"}, _KIND)
        check_members(order, ORDERS[order["kind"]])
        job = await self.services.run_shared(lambda workspace: _begin(workspace, **order))
        self.answer(job.to_dict(), HTTPStatus.ACCEPTED)


class JobHandler(ResourceHandler):
    """GET and DELETE a job."""

    @authenticated
    @authorized
    async def get(self, job_id: str) -> None:
        """Answer with the job."""
        job = await self.services.run(lambda workspace: workspace.jobs.read(job_id))
        self.answer(job.to_dict())

    @authenticated
    @authorized
    async def delete(self, job_id: str) -> None:
        """Cancel it if it goes on, forget it if it has ended, and answer with it."""
        job = await self.services.run(lambda workspace: workspace.end_job(job_id))
        self.answer(job.to_dict())


def _begin(workspace: Workspace, kind: JobKind, **order: Any) -> Job:
    if "draft_id" in order:
        return workspace.contributor.publish(kind, **order)
    return workspace.begin(kind, **order)
