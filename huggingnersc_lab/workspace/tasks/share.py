"""``share``: carry out an action of a channel, such as creating a torrent or reserving a DOI."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.jobs import JobContext, JobSpec
from huggingnersc_lab.private_files import make_private_folder
from huggingnersc_lab.workspace.shares import Reports, carry_out, check, find_action
from huggingnersc_lab.workspace.task import SiteArguments, Task

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class ShareArguments(SiteArguments):
    """Arguments of ``share``.

    Attributes:
        channel: name of the channel.
        action: what is asked of it.
        options: its options, as JSON.
    """

    channel: str
    action: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ShareRequest:
    """A wish to share a dataset.

    Attributes:
        name: nickname of the dataset, or what else the action takes.
        channel: name of the channel.
        action: what is asked of it.
        options: its options.
        confirmed: how many times the person has agreed: once for what is sent to others, twice for what cannot be
            undone.
    """

    name: str
    channel: str
    action: str
    options: Mapping[str, Any] = field(default_factory=dict)
    confirmed: int = 0


@dataclass(frozen=True, kw_only=True)
class ShareResult:
    """What it made; see :class:`huggingnersc_lab.channels.Outcome`."""

    name: str | None = None
    text: str | None = None
    copy_text: str | None = None
    url: str | None = None
    path: str | None = None


class ShareTask(Task[ShareArguments, ShareRequest]):
    """Carry out an action of a channel. What other services were asked for is noted, so that it can be begun again."""

    name = "share"
    arguments = ShareArguments
    request = ShareRequest
    result = ShareResult
    shown = ("channel", "action")

    def is_heavy(self, arguments: ShareArguments) -> bool:
        """As the action declares: only some read the data."""
        _, action = find_action(arguments.catalog(), arguments.channel, arguments.action)
        return action.is_heavy

    def prepare(self, workspace: Workspace, request: ShareRequest) -> JobSpec:
        """Check that it could run and that the person agreed; only one job works on a dataset's channel at a time."""
        channel, action = find_action(workspace.catalog, request.channel, request.action)
        check(workspace.catalog, request.name, channel, action, request.options)
        wanted = 0 if action.question is None else 2 if action.is_final else 1
        if request.confirmed < wanted:
            asked = (action.question or "").replace("{name}", request.name)
            more = " It cannot be undone: ask twice." if action.is_final else ""
            fault = f"Nobody has agreed yet. Ask: {asked}{more}"
            raise CatalogError("invalid_record", fault, [FieldError("/confirmed", "required", fault)])
        for job in workspace.jobs.list():
            of = (job.kind, job.dataset, job.shown.get("channel"))
            if not job.has_ended and of == (self.name, request.name, channel.name):
                detail = f"'{request.name}' is being shared through {channel.title} already. Nothing was begun."
                raise CatalogError("conflict", detail)
        return self.spec(
            request.name,
            ShareArguments(
                **vars(workspace.choice), channel=channel.name, action=action.name, options=dict(request.options)
            ),
        )

    def run(self, context: JobContext[ShareArguments]) -> Mapping[str, Any]:
        """Carry it out."""
        catalog = context.arguments.catalog()
        channel, action = find_action(catalog, context.arguments.channel, context.arguments.action)
        options = check(catalog, context.dataset, channel, action, context.arguments.options)
        scratch = context.folder.path / "scratch"
        make_private_folder(scratch)

        def step(name: str, phase: Literal["begin", "done"], detail: str) -> None:
            context.step(name, phase, detail)

        outcome = carry_out(
            catalog,
            context.dataset,
            channel,
            action,
            options,
            folder=scratch,
            reports=Reports(step, context.progress, print),
        )
        made = {
            "name": context.dataset,
            "text": outcome.text,
            "copy_text": outcome.copy_text,
            "url": outcome.url,
            "path": None if outcome.path is None else str(outcome.path),
        }
        return {key: value for key, value in made.items() if value is not None}


TASK = ShareTask()
