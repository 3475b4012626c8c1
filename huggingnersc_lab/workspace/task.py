"""Base class of all job kinds here: requested at a workspace, and run with a site's catalog."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from huggingnersc_lab.jobs import Job, JobKind, JobSpec
from huggingnersc_lab.jobs.arguments import read_arguments, write_arguments
from huggingnersc_lab.workspace.placement import Wish, start
from huggingnersc_lab.workspace.site_choice import SiteChoice

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from huggingnersc_lab.workspace.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class SiteArguments(SiteChoice):
    """Arguments of every task: its site, so that its process uses the same one."""


A = TypeVar("A", bound=SiteArguments)
R = TypeVar("R", bound="DataclassInstance")


class Task(JobKind[A], Generic[A, R]):
    """A kind of job that can be requested.

    Attributes:
        request: dataclass of the request; its JSON form is the body of ``POST /jobs``.
    """

    request: type[R]

    @abstractmethod
    def prepare(self, workspace: Workspace, request: R) -> JobSpec:
        """Create the spec, validated as far as possible without the Hub, with copies of all editable data.

        Raises:
            CatalogError: if the job could not succeed; nothing is started then.
        """

    def start(
        self,
        workspace: Workspace,
        request: Mapping[str, Any],
        *,
        inside: tuple[str, ...] = (),
        executor: str | None = None,
        resources: Mapping[str, Any] | None = None,
    ) -> Job:
        """Start a job from a JSON request.

        Args:
            workspace: the workspace.
            request: fields of :attr:`request`.
            inside: their location in the document, for the pointers of errors.
            executor: what runs it; if omitted, :mod:`.placement` decides.
            resources: resources to request from the executor.
        """
        spec = self.prepare(workspace, read_arguments(self.request, request, inside=inside, allow_none=False))
        return start(workspace, spec, Wish(executor=executor, resources=resources))

    def spec(self, dataset: str, arguments: A) -> JobSpec:
        """A spec of this kind."""
        return JobSpec(self.name, dataset, write_arguments(arguments))
