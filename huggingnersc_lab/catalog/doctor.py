"""Checks everything that publishing needs, and says how to fix what does not work."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from huggingnersc_lab.account.connection import find_token, practice_folder
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs.executors.slurm_health import look as look_at_slurm
from huggingnersc_lab.private_files import is_open_to_others
from huggingnersc_lab.sites import LOOPBACK
from huggingnersc_lab.sites.slurm import SlurmDefaults

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Catalog

Verdict = Literal["ok", "warning", "failed"]
_PACKAGES = ("huggingnersc_lab", "huggingface_hub", "jupyterlab", "jupyter_server", "nbformat", "jsonschema")


@dataclass(frozen=True)
class Check:
    """The result of one check.

    Attributes:
        name: what was checked.
        verdict: ``ok``; ``warning`` for limitations; ``failed`` for what prevents publishing.
        detail: what was found.
        advice: what to do about it; empty if nothing.
    """

    name: str
    verdict: Verdict
    detail: str
    advice: str = ""


def examine(catalog: Catalog) -> Iterator[Check]:
    """Check site, folders, Hub, token, role, Slurm and versions, one after the other."""
    yield _site(catalog)
    yield from _catalog_folder(catalog)
    yield from _data_roots(catalog)
    yield from _hub(catalog)
    yield from _slurm(catalog)
    yield _versions()


def _site(catalog: Catalog) -> Check:
    site = catalog.site
    detail = f"{site.title} ('{site.name}', {site.source}), organization {site.organization}"
    if site.is_practice:
        if site.practice_dir and is_open_to_others(practice_folder(site).parent):
            others = f"Other users can read '{site.practice_dir}', where the practice Hub stores its data."
            return Check("site", "warning", f"{detail}. {others}", f"To make it private: chmod 700 {site.practice_dir}")
        advice = "This is for practice: to publish for real, choose your centre with --site or HUGGINGNERSC_SITE."
        return Check("site", "ok", detail, advice)
    return Check("site", "ok", detail)


def _catalog_folder(catalog: Catalog) -> Iterator[Check]:
    try:
        store = catalog.store
        names = store.names()
        count = f"{len(names)} dataset{'s' * (len(names) != 1)}"
    except CatalogError as err:
        yield Check("catalog", "failed", err.detail, "Set the right folder with --catalog-root.")
        return
    try:
        store.check_writable()
    except CatalogError as err:
        yield Check("catalog", "warning", f"{store.root}: {count}, read-only for you", err.detail)
    else:
        yield Check("catalog", "ok", f"{store.root}: {count}, writable")
    for broken in catalog.broken():
        yield Check("catalog", "warning", f"'{broken.folder.name}' cannot be read", broken.reason)
    for name in store.unfinished():
        yield from _unfinished(catalog, name)


def _unfinished(catalog: Catalog, name: str) -> Iterator[Check]:
    try:
        found = catalog.unfinished_publication(name)
    except CatalogError:  # finished just now
        return
    if found.problem:
        yield Check("unfinished", "warning", f"'{name}' was not completely published", found.problem)
        return
    if found.worker:
        yield Check("unfinished", "ok", f"'{name}' is being published by {found.worker}")
        return
    resume = f"'huggingnersc resume {name}' to finish it, or " if found.resume else ""
    advice = f"Run {resume}'huggingnersc undo {name}' to remove it."
    if not found.is_own:
        advice = f"It belongs to {found.account}. {advice} (--take-over)"
    last = f", started by {found.began}," if found.began else ""
    yield Check("unfinished", "warning", f"'{name}'{last} was not completely published", advice)


def _data_roots(catalog: Catalog) -> Iterator[Check]:
    for root in catalog.site.data_roots:
        if not Path(root).is_dir():
            yield Check("data", "warning", f"{root} does not exist", "Is this machine one of the centre's?")
        elif not os.access(root, os.R_OK | os.X_OK):
            yield Check("data", "warning", f"{root} cannot be read", "Ask the centre's support.")
        else:
            yield Check("data", "ok", f"{root} is readable")


def _hub(catalog: Catalog) -> Iterator[Check]:
    site = catalog.site
    if not site.is_practice and urlsplit(site.hub_url).scheme == "http":
        host = urlsplit(site.hub_url).hostname
        if host not in LOOPBACK:
            yield Check("hub", "warning", f"{site.hub_url} is not encrypted", "Your token would be sent unencrypted.")
    if not site.is_practice:
        token = find_token(site)
        if token is None:
            advice = "Sign in with 'hf auth login', or set HF_TOKEN."
            yield Check("token", "failed", f"No token for {site.hub_url}", advice)
            return
        yield Check("token", "ok", f"from {token.source}")
    try:
        account = catalog.hub.account()
    except CatalogError as err:
        yield Check("hub", "failed", err.detail, "You cannot publish now; everything else works.")
        return
    yield Check("hub", "ok", f"{catalog.hub.url} answers")
    yield Check("role", "ok" if account.may in ("publish", "contribute") else "warning", account.sentence())


def _slurm(catalog: Catalog) -> Iterator[Check]:
    site, health = catalog.site, look_at_slurm()
    needs_it = bool(site.login_nodes) or site.slurm != SlurmDefaults()
    trouble: Verdict = "warning" if needs_it else "ok"
    if health is None:
        if needs_it:
            advice = "Jobs run on this machine, unless it is a login node and they read much data."
            yield Check("slurm", "warning", "There is no command 'sbatch' on this machine", advice)
    elif not health.answers:
        advice = "Wait, use --executor local to run jobs on this machine, or ask the centre's support."
        yield Check("slurm", trouble, f"Slurm does not respond: {health.detail}", advice)
    elif not health.partitions_up:
        yield Check("slurm", trouble, health.detail, "Jobs wait until a partition is up again.")
    else:
        advice = (
            ""
            if health.has_accounting
            else "The reason for a job's sudden end can be looked up for only a few minutes."
        )
        yield Check("slurm", "ok", health.detail, advice)
    if site.is_at_login_node:
        advice = "They are submitted to Slurm."
        yield Check("slurm", "ok", "This is a login node; jobs that read much data do not run here", advice)


def _versions() -> Check:
    found = [f"Python {sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"no {package}")
    return Check("versions", "ok", ", ".join(found))
