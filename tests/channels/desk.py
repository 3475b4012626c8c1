"""A person's desk for tests of channels: a dataset, a ledger, keys, and an action that is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.base import Action, Channel, Dataset, Outcome, Work
from huggingnersc_lab.channels.keys import Keys
from huggingnersc_lab.channels.ledger import Ledger
from huggingnersc_lab.jobs.arguments import read_arguments
from huggingnersc_lab.record.codec import write_object
from huggingnersc_lab.record.model import Author, Contents, DatasetRecord, Funding
from huggingnersc_lab.sites import Site, load_site

RECORD = DatasetRecord(
    "sky",
    "Sky maps & <more>",
    ("1M<n<10M",),
    description="Maps of *all* of it.\n\n<script>alert(1)</script>Made at 5 < 6 GHz.\n",
    authors=(
        Author("Doe, Jane Q", orcid="0000-0002-1825-0097", affiliation="NERSC"),
        Author("Sand and Sea Lab"),
    ),
    license="cc-by-4.0",
    tags=("astronomy", "cosmology"),
    papers=("2106.09685", "10.1000/abc", "https://example.org/paper"),
    code=("https://github.com/example/sky",),
    funding=(
        Funding("U.S. Department of Energy", "DE-AC02-05CH11231"),
        Funding("National Science Foundation", "AST-0614213"),
    ),
    data_path="/global/cfs/cdirs/m1234/www/sky",
    contents=Contents(bytes=4606, files=2, fingerprint="f1"),
    repo_id="NERSC/sky",
    published_at="2026-02-03T04:05:06Z",
    revision="0123456789abcdef0123456789abcdef01234567",
)


@dataclass
class Desk:
    """What a channel is given.

    Attributes:
        channel: the channel.
        folder: for ledger and keys.
        settings: the channel's table in the site file.
        keys: what was entered.
        record: the dataset's record.
        site: the centre.
        logged: steps, progress and lines that were reported.
    """

    channel: Channel
    folder: Path
    settings: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    record: DatasetRecord = RECORD
    site: Site = field(default_factory=lambda: load_site("nersc", environ={}))
    logged: list[str] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        return Ledger(self.folder / "ledger" / "sky.json")

    @property
    def dataset(self) -> Dataset:
        return Dataset(self.record, self.site, self.settings)

    def action(self, name: str) -> Action[Any]:
        found = self.channel.action(name)
        assert found is not None
        return found

    def offered(self) -> list[str]:
        """Names of the actions that make sense now."""
        return [one.name for one in self.channel.actions if one.is_offered(self.dataset, self.ledger)]

    def missing(self, name: str, options: Mapping[str, Any] | None = None) -> list[str]:
        """Pointers to what an action misses."""
        action = self.action(name)
        read = None if options is None else read_arguments(action.options, options)
        return [fault.pointer for fault in action.missing(self.dataset, read)]

    def run(self, name: str, **options: Any) -> Outcome:
        """Carry an action out, and write what it made into the record."""
        action = self.action(name)
        variables = {key.variable: self.keys[key.name] for key in self.channel.keys if key.name in self.keys}
        work = Work(
            "sky",
            read_arguments(action.options, options),
            Keys(self.channel.keys, self.folder / "keys", variables),
            self.ledger,
            self.folder,
            lambda *said: self.logged.append(" ".join(said)),
            lambda *said, **more: self.logged.append(f"{said} {more}"),
            self.logged.append,
            self.dataset,
        )
        outcome = action.run(work)
        self.write(outcome)
        return outcome

    def write(self, outcome: Outcome) -> None:
        """Write an outcome into the record, as the job does."""
        values = {**self.record.to_dict(), **outcome.values}
        if outcome.distributions is not None:
            others = [one for one in self.record.distributions if one.channel != self.channel.name]
            values["distributions"] = [write_object(one) for one in (*others, *outcome.distributions)]
        self.record = DatasetRecord.from_dict({name: value for name, value in values.items() if value is not None})

    def change(self, **members: Any) -> None:
        """Change the record, as a person does."""
        self.record = replace(self.record, **members)

    def everything(self) -> str:
        """All that was written down or reported, to look for keys in."""
        written = [path.read_text() for path in self.folder.rglob("*") if path.is_file()]
        return "\n".join([*written, *self.logged, str(self.record)])
