"""What every channel is: a name, what it is like now, and actions that a person can ask for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, Protocol, TypeVar

from huggingnersc_lab.channels.keys import Key, Keys
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.channels.state import Status, status_of
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import DatasetRecord, Distribution
from huggingnersc_lab.sites import Site

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

A = TypeVar("A", bound="DataclassInstance")

UNRECORDED = "unrecorded"
"""The note in a ledger of what was shared and does not stand in the entry yet."""


@dataclass(frozen=True)
class Dataset:
    """A dataset as a channel sees it.

    Attributes:
        record: its record.
        site: the centre.
        settings: the channel's table in the site file.
        folder: folder of the entry in the catalog.
        read_file: reads a file of the entry by its name, such as the card, ``README.md``; None for one that is not
            there. It may raise a :class:`CatalogError`.
    """

    record: DatasetRecord
    site: Site
    settings: Mapping[str, Any] = field(default_factory=dict)
    folder: Path | None = None
    read_file: Callable[[str], bytes | None] = lambda _name: None

    @property
    def name(self) -> str:
        """Its nickname."""
        return self.record.name

    @property
    def data_path(self) -> Path | None:
        """Where the data is."""
        return Path(self.record.data_path) if self.record.data_path else None

    @property
    def fingerprint(self) -> str | None:
        """Fingerprint of the data as it was last read; None if nobody has."""
        return self.record.contents.fingerprint if self.record.contents else None

    @property
    def distributions(self) -> tuple[Distribution, ...]:
        """All of its distributions."""
        return self.record.distributions


class OnProgress(Protocol):
    """Reports progress; cheap, so call it as often as you like."""

    def __call__(
        self,
        fraction: float | None = None,
        text: str = "",
        *,
        bytes_done: int | None = None,
        total_bytes: int | None = None,
    ) -> None:
        """Report.

        Args:
            fraction: from 0 to 1; computed from the bytes if left out, None if unknown.
            text: what is being done.
            bytes_done: bytes done so far.
            total_bytes: bytes in total.
        """


@dataclass(frozen=True)
class Work(Generic[A]):
    """One action being carried out.

    Attributes:
        source: what the person named: a dataset's nickname, or what else the action takes.
        options: what the person chose.
        keys: the person's keys for other services.
        ledger: what this channel has done for this dataset so far. Write to it after each answer of another service
            that must not be asked for twice, so that a retry goes on from there.
        folder: folder for temporary files; removed with the job.
        step: reports a step: its name, ``begin`` or ``done``, and a sentence.
        progress: reports progress.
        log: writes a line to the job's log.
        found: the dataset of that name, if there is one.
    """

    source: str
    options: A
    keys: Keys
    ledger: Ledger
    folder: Path
    step: Callable[[str, Literal["begin", "done"], str], None]
    progress: OnProgress
    log: Callable[[str], None]
    found: Dataset | None = None

    @property
    def dataset(self) -> Dataset:
        """What it is about; raises ``not_found`` if ``source`` is no dataset of the catalog."""
        if self.found is None:
            raise CatalogError("not_found", f"There is no dataset '{self.source[:96]}' in the catalog.")
        return self.found


@dataclass(frozen=True)
class Outcome:
    """What an action has made.

    Attributes:
        text: sentences for the person: what was done, and what to do next.
        distributions: the channel's distributions of this dataset from now on, all of them; None to leave them as they
            are. They go into the record and onto the card.
        values: other members of the record that are now known, such as ``doi``.
        copy_text: a text that the person is going to paste elsewhere, such as a mail.
        url: address to open next.
        path: file or folder that was made.
    """

    text: str
    distributions: tuple[Distribution, ...] | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    copy_text: str | None = None
    url: str | None = None
    path: Path | None = None


@dataclass(frozen=True)
class NoOptions:
    """Options of an action that has none."""


class Action(ABC, Generic[A]):
    """One thing that a person can ask a channel to do.

    Attributes:
        name: the word on the command line: ``huggingnersc torrent create``.
        title: the button's label.
        summary: one sentence on what it does.
        options: dataclass of what can be chosen. Types as in :mod:`huggingnersc_lab.jobs.arguments`; the ``help`` of a
            field's metadata is a sentence for people.
        question: what is asked before anything is sent to others; None if nothing is. ``{name}`` is the nickname.
        is_final: whether it cannot be undone, so that a person is asked twice.
        is_heavy: whether it reads the data, and so must not run on a login node.
        keys: names of the keys that it needs.
        takes: ``dataset``, or ``source`` if it works without an entry, too.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    options: type[A]
    question: ClassVar[str | None] = None
    is_final: ClassVar[bool] = False
    is_heavy: ClassVar[bool] = False
    keys: ClassVar[tuple[str, ...]] = ()
    takes: ClassVar[Literal["dataset", "source"]] = "dataset"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Whether it makes sense now, as *publish* does only after *reserve*."""
        del dataset, ledger
        return True

    def missing(self, dataset: Dataset, options: A | None = None) -> Sequence[FieldError]:
        """What is missing before it can run: pointers into the record, or into ``/options``.

        Args:
            dataset: the dataset.
            options: what the person chose; None while nothing was chosen.
        """
        del dataset, options
        return ()

    def describe(self, dataset: Dataset, options: A) -> Sequence[str]:
        """What it would do with these options, shown before the person agrees. Must not block."""
        del dataset, options
        return ()

    @abstractmethod
    def run(self, work: Work[A]) -> Outcome:
        """Do it, in a job's process. May be called again after it failed or was killed at any point.

        Raises:
            CatalogError: what went wrong, what was kept and what to do next.
            KeyboardInterrupt: passed on, when the job is cancelled.
        """


class Record(Action[NoOptions]):
    """Write into the entry what was shared and does not stand there yet, since that failed the first time."""

    name = "record"
    title = "Write it into the entry"
    summary = "Write into the entry what was shared and is not there yet."
    options = NoOptions

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Whether there is something to write."""
        del dataset
        return ledger.get(UNRECORDED) is not None

    def run(self, work: Work[NoOptions]) -> Outcome:
        """Nothing more: whatever is carried out, what was shared before is written first."""
        return Outcome(f"The entry of '{work.source}' says how it is shared.")


class Channel(ABC):
    """One way to share datasets.

    Attributes:
        name: as in site files and distributions, ``torrent``.
        title: for people, ``Academic Torrents``.
        summary: one sentence on what it is good for.
        actions: what can be asked for, in the order in which a person needs them.
        keys: the keys for other services that its actions use.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    actions: Sequence[Action[Any]]
    keys: ClassVar[tuple[Key, ...]] = ()

    def action(self, name: str) -> Action[Any] | None:
        """The action of that name."""
        return next((action for action in self.all_actions if action.name == name), None)

    @property
    def all_actions(self) -> tuple[Action[Any], ...]:
        """Its actions, and the one that every channel has."""
        return (*self.actions, Record())

    def status(self, dataset: Dataset, ledger: Ledger) -> Status:
        """What has become of the dataset here so far, from what is written down. Must not block."""
        del ledger
        return status_of(self.name, dataset.distributions, dataset.fingerprint)

    @abstractmethod
    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """How a reader gets the data from here: heading → shell commands. Empty if it is not shared here."""
