"""What a site file says of its Slurm, and of the machines that stand before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class SlurmDefaults:
    """What is asked of Slurm; ``account`` is left to the person who submits where the site has no common one.

    Attributes:
        qos: queue, likewise the others: what a plain batch script of a distributed loader asks for.
        constraint: features of the nodes.
        account: whose hours are used.
        licenses: licences, which at some sites stand for file systems.
        nodes: how many nodes.
        minutes: how long.
        jobs: what differs for this program's own jobs, by name of the resource; see :attr:`for_jobs`.
    """

    qos: str | None = None
    constraint: str | None = None
    account: str | None = None
    licenses: str | None = None
    nodes: int = 1
    minutes: int = 30
    jobs: Mapping[str, str | int] = field(default_factory=dict, hash=False)

    @property
    def for_jobs(self) -> dict[str, str | int]:
        """What this program's own jobs ask for, by name of the resource; one node each, whatever loaders take."""
        own = {name: getattr(self, name) for name in ("account", "qos", "constraint", "licenses")}
        return {**{name: value for name, value in own.items() if value}, "time": str(self.minutes), **self.jobs}


def is_one_of(patterns: Sequence[str], host: str) -> bool:
    """Whether a machine's name, whole or without its domain, fits one of the patterns (``login*``)."""
    names = {host.lower(), host.lower().partition(".")[0]}
    return any(fnmatchcase(name, pattern.lower()) for pattern in patterns for name in names)
