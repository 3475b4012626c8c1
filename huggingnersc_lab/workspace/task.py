"""What every kind of job here is: something that is asked for at a workspace, and done with a site's catalog."""

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
    """Arguments that every task has: which site it is for. Its process makes the same choice again."""


A = TypeVar("A", bound=SiteArguments)
R = TypeVar("R", bound="DataclassInstance")


class Task(JobKind[A], Generic[A, R]):
    """A kind of job that can be asked for.

    Attributes:
        request: dataclass of what a person says to have it; its JSON form is the body of ``POST /jobs``.
    """

    request: type[R]

    @abstractmethod
    def prepare(self, workspace: Workspace, request: R) -> JobSpec:
        """What is to be done, checked as far as that needs no Hub, with copies of all that a later edit could change.

        Raises:
            CatalogError: where the job could not succeed; nothing is begun then.
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
        """Begin a job that is asked for in JSON.

        Args:
            workspace: where it is asked for.
            request: members of :attr:`request`.
            inside: where they stand in the document, for the pointers of errors.
            executor: what runs it; decided by :mod:`.placement` when left out.
            resources: what the executor gives it.
        """
        spec = self.prepare(workspace, read_arguments(self.request, request, inside=inside, allow_none=False))
        return start(workspace, spec, Wish(executor=executor, resources=resources))

    def spec(self, dataset: str, arguments: A) -> JobSpec:
        """A spec of this kind."""
        return JobSpec(self.name, dataset, write_arguments(arguments))
