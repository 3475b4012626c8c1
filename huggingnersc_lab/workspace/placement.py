"""Decides where a job runs, on this machine or on Slurm, and with which resources."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint, HintKey
from huggingnersc_lab.jobs import Executor, Job, JobSpec, LocalExecutor, SlurmExecutor
from huggingnersc_lab.jobs.executors.slurm_commands import is_installed
from huggingnersc_lab.jobs.executors.slurm_resources import check_resources
from huggingnersc_lab.workspace.slurm_choices import SlurmChoices

if TYPE_CHECKING:
    from huggingnersc_lab.sites import Site
    from huggingnersc_lab.workspace.workspace import Workspace

NAMES = ("local", "slurm")
"""Names of the executors."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Where a user wants a job to run.

    Attributes:
        executor: one of :data:`NAMES`; None to decide here.
        resources: resources to request, by name; an empty string drops the value of the site or of an earlier job.
    """

    executor: str | None = None
    resources: Mapping[str, Any] | None = None


def executors() -> dict[str, Executor]:
    """The executors. Slurm is always included, because its jobs are visible from machines that cannot submit jobs."""
    return {"local": LocalExecutor(), "slurm": SlurmExecutor()}


def available(site: Site) -> dict[str, dict[str, Any]]:
    """The executors that can run a job started here, by name, with the default resources."""
    found: dict[str, dict[str, Any]] = {"local": {}}
    if is_installed():
        found["slurm"] = slurm_resources(site, {})
    return found


def start(workspace: Workspace, spec: JobSpec, wish: Wish) -> Job:
    """Start a job, and remember the resources requested from Slurm for the next one.

    Raises:
        CatalogError: ``heavy_on_login_node`` if it must not run here and there is no Slurm; ``scheduler`` if Slurm
            rejects it.
    """
    site, kind = workspace.catalog.site, workspace.kinds.get(spec.kind)
    executor = _executor(site, wish, is_heavy=kind.is_heavy(kind.read_arguments(spec)))
    if executor != "slurm":
        return workspace.jobs.start(replace(spec, executor=executor, resources=dict(wish.resources or {})))
    given = dict(wish.resources or {})
    check_resources({name: value for name, value in given.items() if value != ""})
    job = workspace.jobs.start(replace(spec, executor=executor, resources=slurm_resources(site, given)))
    SlurmChoices().remember(site.name, given)
    return job


def slurm_resources(site: Site, given: Mapping[str, Any]) -> dict[str, Any]:
    """The resources to request from Slurm; of environment, site, earlier jobs and ``given``, the last wins."""
    account = os.environ.get("SBATCH_ACCOUNT") or os.environ.get("SLURM_ACCOUNT")
    first = {"account": account} if account else {}
    wanted = {**first, **site.slurm.for_jobs, **SlurmChoices().of(site.name), **given}
    return {name: value for name, value in wanted.items() if value != ""}


def refuse_heavy_here(site: Site) -> None:
    """Refuse heavy work in this process on a login node; raises ``heavy_on_login_node``."""
    if site.is_at_login_node:
        raise _too_heavy()


def _executor(site: Site, wish: Wish, *, is_heavy: bool) -> str:
    must_leave = is_heavy and site.is_at_login_node
    executor = wish.executor or ("slurm" if wish.resources or (must_leave and is_installed()) else "local")
    if executor not in NAMES:
        fault = f"'executor' should be one of {', '.join(NAMES)}."
        where = [FieldError("/executor", "unknown_value", fault)]
        raise CatalogError("invalid_record", f"{fault} Nothing was started.", where)
    if executor == "local" and must_leave:
        raise _too_heavy()
    if executor == "slurm" and not is_installed():
        detail = "There is no Slurm on this machine: the command 'sbatch' was not found. Nothing was started."
        raise CatalogError("scheduler", detail, hints=[Hint("run_elsewhere")])
    return executor


def _too_heavy() -> CatalogError:
    detail = "Work that reads much data cannot run on this login node, which many people share. Nothing was started."
    key: HintKey = "to_slurm" if is_installed() else "to_compute_node"
    return CatalogError("heavy_on_login_node", detail, hints=[Hint(key)])
