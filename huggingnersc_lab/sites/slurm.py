"""Slurm settings and login nodes of a site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase


@dataclass(frozen=True)
class SlurmDefaults:
    """Resources to request from Slurm, first of all for generated batch scripts of distributed loaders.

    Attributes:
        qos: queue.
        constraint: features of the nodes.
        account: account to charge; left to the user who submits if the site has no common one.
        licenses: licences, which at some sites represent file systems.
        nodes: number of nodes.
        minutes: time limit.
        jobs: different values for this program's own jobs, by name of the resource; see :attr:`for_jobs`.
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
        """Resources that this program's own jobs request, by name; each job uses one node."""
        own = {name: getattr(self, name) for name in ("account", "qos", "constraint", "licenses")}
        return {**{name: value for name, value in own.items() if value}, "time": str(self.minutes), **self.jobs}


def is_one_of(patterns: Sequence[str], host: str) -> bool:
    """Whether a host name, with or without its domain, matches one of the patterns (``login*``)."""
    names = {host.lower(), host.lower().partition(".")[0]}
    return any(fnmatchcase(name, pattern.lower()) for pattern in patterns for name in names)
