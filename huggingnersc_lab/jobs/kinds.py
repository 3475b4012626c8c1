"""Kinds of jobs, and the registry of those that are known."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.jobs.arguments import fitting, read_arguments
from huggingnersc_lab.jobs.context import JobContext
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.spec import JobSpec

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A = TypeVar("A", bound="DataclassInstance")

IsUnfinished = Callable[[str], bool]
"""Whether something is left unfinished of the dataset of this nickname. Must not block."""


class JobKind(ABC, Generic[A]):
    """One kind of job.

    Attributes:
        name: what a spec calls it.
        arguments: dataclass of what it takes; see :mod:`huggingnersc_lab.jobs.arguments`.
        takes_back: whether a job that is cancelled takes back what it began.
        heavy: whether it reads much data or computes for long, so that it has no place on a login node.
        steps: names of its steps in order, where each is about as long: then its progress follows from them.
        result: dataclass of what a job of it makes, all of it optional; None where anything is.
        shown: names of the arguments that stand in the job's JSON; the REST contract has to have them.
    """

    name: ClassVar[str]
    arguments: type[A]
    result: ClassVar[type[DataclassInstance] | None] = None
    takes_back: ClassVar[bool] = False
    heavy: ClassVar[bool] = False
    steps: ClassVar[tuple[str, ...]] = ()
    shown: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def run(self, context: JobContext[A]) -> Mapping[str, Any] | None:
        """Do the work, in the job's process, and return what it made, as JSON.

        A ``CatalogError`` is told to the person as it is. When the job is cancelled, ``KeyboardInterrupt`` is raised
        in here, once: let it pass.
        """

    def parts(self, arguments: A) -> int:
        """Into how many parts the work is split, asked once when a job is begun; see :mod:`.split`."""
        del arguments
        return 1

    def take_back(self, context: JobContext[A]) -> None:
        """Take back what was begun, after :meth:`run` was cancelled, where :attr:`takes_back`. Is not interrupted."""

    def keeps(self, context: JobContext[A]) -> bool:
        """Whether this very job, which failed or was cancelled, left something; asked in its process."""
        return self.leftovers(context.folder, lambda _: False)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        """Whether something is left that another job can finish or take back; asked often, so it has to be cheap.

        Args:
            folder: the job's folder.
            is_unfinished: whether something is left unfinished of a dataset.
        """
        del folder, is_unfinished
        return False

    def advice(self, dataset: str) -> str:
        """What is left, a sentence for people."""
        return f"What it did so far of '{dataset}' is kept."

    def hints(self, dataset: str) -> Sequence[Hint]:
        """What to do with what is left; each face says it in its own words."""
        del dataset
        return ()

    def read_arguments(self, spec: JobSpec) -> A:
        """The arguments of a job of this kind, checked; raises ``invalid_record``."""
        return read_arguments(self.arguments, spec.arguments)


K = TypeVar("K", bound=JobKind[Any])


class Kinds(Generic[K]):
    """The kinds that are known, by name."""

    def __init__(self, *kinds: K) -> None:
        self._kinds: dict[str, K] = {}
        for kind in kinds:
            self.register(kind)

    def register(self, kind: K) -> None:
        """Make a kind known; raises ``ValueError`` for a name that is taken."""
        if kind.name in self._kinds:
            raise ValueError(f"There is a kind '{kind.name}' already")
        self._kinds[kind.name] = kind

    def unregister(self, name: str) -> None:
        """Forget a kind."""
        del self._kinds[name]

    def find(self, name: str) -> K | None:
        """The kind of that name; None for an unknown one."""
        return self._kinds.get(name)

    def get(self, name: object) -> K:
        """The kind of that name; raises ``invalid_record`` for an unknown one."""
        kind = self.find(name) if isinstance(name, str) else None
        if kind is None:
            fault = f"'kind' should be one of {', '.join(self._kinds)}."
            where = [FieldError("/kind", "unknown_value" if name is not None else "required", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was begun.", where)
        return kind

    def __iter__(self) -> Iterator[K]:
        return iter(self._kinds.values())


def shown_arguments(kind: JobKind[Any] | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments that a kind shows, those that do not fit left out; none of an unknown one."""
    return {k: v for k, v in fitting(kind.arguments, arguments).items() if k in kind.shown} if kind else {}


def checked_result(kind: JobKind[Any] | None, result: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """What a job made, as far as it fits what its kind says of it; as it is of a kind that says nothing."""
    if result is None or kind is None or kind.result is None:
        return result
    return fitting(kind.result, result)
