"""A channel that shares a dataset by a copy in a folder that a web server shows.

The site file turns it on:

    [channels.mirror]
    folder = "/var/www/data"
    url = "https://data.example.org"
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels import Action, Channel, Dataset, Ledger, NoOptions, Outcome, Work
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.record.model import Distribution

NAME = "mirror"


@dataclass(frozen=True)
class CopyOptions:
    """Options of *copy*; each becomes an option of the command and a field in the panel."""

    replace: bool = field(default=False, metadata={"help": "Replace a copy that is there."})


class Copy(Action[CopyOptions]):
    """Copy the data to where everybody can get it."""

    name = "copy"
    title = "Copy to the web server"
    summary = "Copy the data into the web server's folder."
    options = CopyOptions
    question = "Make the data of '{name}' public on the web server?"
    is_heavy = True

    def missing(self, dataset: Dataset, options: CopyOptions | None = None) -> Sequence[FieldError]:
        """The data itself, which somebody may have cataloged by an address only."""
        del options
        if dataset.data_path is None:
            return [FieldError("/data_path", "required", "Say where the data is.")]
        return []

    def run(self, work: Work[CopyOptions]) -> Outcome:
        """Copy under another name, then rename: nobody ever sees half a copy."""
        dataset = work.dataset
        source, target = Path(str(dataset.data_path)), _target(dataset)
        if target.exists() and not work.options.replace:
            raise CatalogError("conflict", f"'{target}' is there already and was kept. Replace it, or remove it first.")
        part = target.with_name(f".{target.name}.part")
        work.step("copy", "begin", f"Copying to {target}")
        try:
            shutil.rmtree(part, ignore_errors=True)
            shutil.copytree(source, part)
            shutil.rmtree(target, ignore_errors=True)
            part.rename(target)
        except OSError as err:
            raise CatalogError("storage", f"The data was not copied: {err}. Try again.") from err
        work.step("copy", "done", f"Copied to {target}")
        url = f"{dataset.settings['url'].rstrip('/')}/{dataset.name}/"
        shared = Distribution(NAME, url, created_at=_now(), data_fingerprint=dataset.fingerprint)
        return Outcome(f"The data can be had at {url}", distributions=(shared,), url=url)


class Withdraw(Action[NoOptions]):
    """Remove the copy."""

    name = "withdraw"
    title = "Remove from the web server"
    summary = "Remove the copy from the web server's folder."
    options = NoOptions
    question = "Remove the copy of '{name}' from the web server?"

    def is_offered(self, dataset: Dataset, ledger: Ledger) -> bool:
        """Only where there is a copy."""
        del ledger
        return any(one.channel == NAME for one in dataset.distributions)

    def run(self, work: Work[NoOptions]) -> Outcome:
        """Remove it; a copy that is gone already is fine."""
        shutil.rmtree(_target(work.dataset), ignore_errors=True)
        return Outcome("The copy was removed.", distributions=())


class Mirror(Channel):
    """The channel."""

    name = NAME
    title = "Web server"
    summary = "A copy that everybody can get from the centre's web server."
    actions = (Copy(), Withdraw())

    def loader_lines(self, dataset: Dataset) -> Mapping[str, str]:
        """How to get it."""
        own = [one for one in dataset.distributions if one.channel == self.name]
        return {f"From {one.url}": f"wget --recursive --no-parent {one.url}" for one in own}


def _target(dataset: Dataset) -> Path:
    settings: Mapping[str, Any] = dataset.settings
    if not settings.get("folder") or not settings.get("url"):
        detail = "The site file names no folder or address for the channel 'mirror'. Nothing was copied."
        raise CatalogError("not_found", detail)
    return Path(settings["folder"]) / dataset.name


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z")
