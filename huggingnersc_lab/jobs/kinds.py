"""Job kinds and their registry."""

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
"""Whether something is left unfinished of the dataset with this nickname. Must not block."""


class JobKind(ABC, Generic[A]):
    """A job kind.

    Attributes:
        name: its name in a spec.
        arguments: dataclass of its arguments; see :mod:`huggingnersc_lab.jobs.arguments`.
        undoes_on_cancel: whether cancelling a job undoes its work.
        heavy: whether it reads much data or computes for long, and so must not run on a login node.
        steps: names of its steps in order, if each takes about as long: the progress is then derived from them.
        result: dataclass of its result, with only optional fields; None for any result.
        shown: names of the arguments included in the job's JSON; they must be in the REST contract.
    """

    name: ClassVar[str]
    arguments: type[A]
    result: ClassVar[type[DataclassInstance] | None] = None
    undoes_on_cancel: ClassVar[bool] = False
    heavy: ClassVar[bool] = False
    steps: ClassVar[tuple[str, ...]] = ()
    shown: ClassVar[tuple[str, ...]] = ()

    @abstractmethod
    def run(self, context: JobContext[A]) -> Mapping[str, Any] | None:
        """Do the work, in the job's process, and return its result, as JSON.

        A ``CatalogError`` is shown to the user unchanged. If the job is cancelled, ``KeyboardInterrupt`` is raised here
        once: do not catch it.
        """

    def parts(self, arguments: A) -> int:
        """Number of parts of the work, called once when a job is started; see :mod:`.split`."""
        del arguments
        return 1

    def is_heavy(self, arguments: A) -> bool:
        """Whether a job with these arguments must not run on a login node: :attr:`heavy`, unless it depends on them."""
        del arguments
        return self.heavy

    def take_back(self, context: JobContext[A]) -> None:
        """Undo the work after :meth:`run` was cancelled, if :attr:`undoes_on_cancel`. Is not interrupted."""

    def keeps(self, context: JobContext[A]) -> bool:
        """Whether this very job, which failed or was cancelled, left something; called in its process."""
        return self.leftovers(context.folder, lambda _: False)

    def leftovers(self, folder: JobFolder, is_unfinished: IsUnfinished) -> bool:
        """Whether something is left that another job can finish or undo; called often, so it must be cheap.

        Args:
            folder: the job's folder.
            is_unfinished: whether something of a dataset is left unfinished.
        """
        del folder, is_unfinished
        return False

    def advice(self, dataset: str) -> str:
        """What is left, a sentence for people."""
        return f"Its work on '{dataset}' so far was kept."

    def hints(self, dataset: str) -> Sequence[Hint]:
        """What to do with what is left, worded for each interface."""
        del dataset
        return ()

    def read_arguments(self, spec: JobSpec) -> A:
        """The validated arguments of a job of this kind; raises ``invalid_record``."""
        return read_arguments(self.arguments, spec.arguments)


K = TypeVar("K", bound=JobKind[Any])


class Kinds(Generic[K]):
    """The known kinds, by name."""

    def __init__(self, *kinds: K) -> None:
        self._kinds: dict[str, K] = {}
        for kind in kinds:
            self.register(kind)

    def register(self, kind: K) -> None:
        """Register a kind; raises ``ValueError`` if the name is taken."""
        if kind.name in self._kinds:
            raise ValueError(f"There is already a kind '{kind.name}'")
        self._kinds[kind.name] = kind

    def unregister(self, name: str) -> None:
        """Unregister a kind."""
        del self._kinds[name]

    def find(self, name: str) -> K | None:
        """The kind of that name; None if unknown."""
        return self._kinds.get(name)

    def get(self, name: object) -> K:
        """The kind of that name; raises ``invalid_record`` if unknown."""
        kind = self.find(name) if isinstance(name, str) else None
        if kind is None:
            fault = f"'kind' should be one of {', '.join(self._kinds)}."
            where = [FieldError("/kind", "unknown_value" if name is not None else "required", fault)]
            raise CatalogError("invalid_record", f"{fault} Nothing was started.", where)
        return kind

    def __iter__(self) -> Iterator[K]:
        return iter(self._kinds.values())


def shown_arguments(kind: JobKind[Any] | None, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """The valid arguments that a kind displays; empty for an unknown kind."""
    return {k: v for k, v in fitting(kind.arguments, arguments).items() if k in kind.shown} if kind else {}


def checked_result(kind: JobKind[Any] | None, result: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """The valid fields of a result by its kind's declaration; unchanged if the kind declares nothing."""
    if result is None or kind is None or kind.result is None:
        return result
    return fitting(kind.result, result)
