"""Sharing a dataset through the site's channels: what stands where, and carrying out one action."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Literal

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.search.finder import catalog_key
from huggingnersc_lab.channels import Action, Channel, Dataset, Keys, Ledger, Outcome, Work
from huggingnersc_lab.channels.base import UNRECORDED, OnProgress
from huggingnersc_lab.channels.registry import channels, offered
from huggingnersc_lab.channels.state import Status
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.deadline import budget
from huggingnersc_lab.jobs.arguments import arguments_of, read_arguments
from huggingnersc_lab.record.codec import read_object, write_object
from huggingnersc_lab.record.model import Distribution


@dataclass(frozen=True)
class Share:
    """One channel as it is for one dataset.

    Attributes:
        channel: the channel.
        status: what has become of the dataset there.
        actions: the actions that make sense now, each with what is missing for it.
    """

    channel: Channel
    status: Status
    actions: tuple[tuple[Action[Any], tuple[FieldError, ...]], ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON, for both faces."""
        data = {
            "channel": self.channel.name,
            "title": self.channel.title,
            "summary": self.channel.summary,
            "state": self.status.state,
            "url": self.status.url,
            "at": self.status.at,
            "detail": self.status.detail or None,
            "actions": [_action(action, missing) for action, missing in self.actions],
            "keys": [key.name for key in self.channel.keys],
        }
        return {key: value for key, value in data.items() if value is not None}


@dataclass(frozen=True)
class Reports:
    """Where an action reports to.

    Attributes:
        step: see :class:`~huggingnersc_lab.channels.Work`.
        progress: likewise.
        log: likewise.
    """

    step: Callable[[str, Literal["begin", "done"], str], None]
    progress: OnProgress
    log: Callable[[str], None]


def shares(catalog: Catalog, name: str) -> list[Share]:
    """How a dataset is shared through each channel of the site. Raises ``not_found``."""
    found = []
    catalog.store.read(name)
    for channel in offered(catalog.site):
        dataset = _dataset(catalog, name, channel)
        ledger = _ledger(catalog, name, channel)
        actions = tuple(
            (action, tuple(action.missing(dataset)))
            for action in channel.all_actions
            if action.is_offered(dataset, ledger)
        )
        found.append(Share(channel, channel.status(dataset, ledger), actions))
    return found


def find_action(catalog: Catalog, channel_name: str, action_name: str) -> tuple[Channel, Action[Any]]:
    """An action of a channel that the site offers.

    Raises:
        CatalogError: ``invalid_record`` for one that there is not.
    """
    on = {channel.name: channel for channel in offered(catalog.site)}
    channel = on.get(channel_name)
    if channel is None:
        there = f"There are {', '.join(on)}." if on else "It offers none."
        fault = f"{catalog.site.title} does not share datasets through '{channel_name[:40]}'. {there}"
        raise CatalogError("invalid_record", fault, [FieldError("/channel", "unknown_value", fault)])
    action = channel.action(action_name)
    if action is None:
        words = ", ".join(action.name for action in channel.all_actions)
        fault = f"{channel.title} has no action '{action_name[:40]}': there are {words}."
        raise CatalogError("invalid_record", fault, [FieldError("/action", "unknown_value", fault)])
    return channel, action


def check(catalog: Catalog, source: str, channel: Channel, action: Action[Any], options: Mapping[str, Any]) -> Any:
    """The options of an action, read, once it could run.

    Raises:
        CatalogError: ``invalid_record`` with everything that is missing, ``not_found`` for the dataset, ``forbidden``
            for a missing key.
    """
    read = read_arguments(action.options, options, inside=("options",))
    keys = keys_of(channel)
    for name in action.keys:
        keys.require(name)
    dataset = _dataset(catalog, source, channel) if action.takes == "dataset" else None
    if dataset is not None and (missing := tuple(action.missing(dataset, read))):
        detail = " ".join(dict.fromkeys(fault.detail for fault in missing))
        raise CatalogError("invalid_record", f"{detail} Nothing was sent.", missing)
    return read


def carry_out(
    catalog: Catalog,
    source: str,
    channel: Channel,
    action: Action[Any],
    options: Any,
    *,
    folder: Path,
    reports: Reports,
) -> Outcome:
    """Carry out an action and write what it made into the entry.

    Args:
        catalog: the catalog.
        source: nickname of the dataset, or what else the action takes.
        channel: the channel.
        action: one of its actions.
        options: its options, read.
        folder: for temporary files.
        reports: where it reports to.
    """
    ledger = _ledger(catalog, source, channel) if _is_entry(catalog, source) else Ledger(folder / "ledger.json")
    keys = keys_of(channel)
    if ledger.get(UNRECORDED) is not None:
        _record(catalog, source, channel, reports)
    work = Work(
        source,
        options,
        keys,
        ledger,
        folder,
        reports.step,
        reports.progress,
        lambda line: reports.log(keys.hide(line)),
        _dataset(catalog, source, channel) if _is_entry(catalog, source) else None,
    )
    outcome = action.run(work)
    if outcome.distributions is not None or outcome.values:
        ledger.note(**{UNRECORDED: _to_json(outcome)})
        _record(catalog, source, channel, reports)
    return outcome


def keys_of(*of: Channel) -> Keys:
    """The person's keys for some channels; for all if none is named."""
    return Keys(tuple(key for channel in of or channels().values() for key in channel.keys))


def _record(catalog: Catalog, name: str, channel: Channel, reports: Reports) -> None:
    """Write what was shared into the entry, here and on the Hub.

    Raises:
        CatalogError: why it could not be written; what was shared is remembered.
    """
    ledger = _ledger(catalog, name, channel)
    noted = ledger.get(UNRECORDED, {})
    former = catalog.store.read(name).record
    changes: dict[str, Any] = dict(noted.get("values", {}))
    if noted.get("distributions") is not None:
        own = [read_object(Distribution, one) for one in noted["distributions"]]
        others = [one for one in former.distributions if one.channel != channel.name]
        changes["distributions"] = [write_object(one) for one in (*others, *own)]
    formerly = former.to_dict()
    changes = {key: value for key, value in changes.items() if formerly.get(key) != value}
    if changes:
        reports.step("record", "begin", f"Writing it into the entry of '{name}'")
        try:
            with budget():
                catalog.update(name, changes, on_conflict="keep")
        except CatalogError as err:
            detail = f"It was shared, but the entry does not say so yet: {err.detail}"
            raise CatalogError(
                err.code, detail, err.fields, (*err.hints, Hint("record_share", f"{channel.name} record {name}"))
            ) from err
        reports.step("record", "done", f"Written into the entry of '{name}'")
    ledger.note(**{UNRECORDED: None})


def _action(action: Action[Any], missing: Sequence[FieldError]) -> dict[str, Any]:
    helps = {field.name: field.metadata.get("help", "") for field in fields(action.options)}
    data = {
        "name": action.name,
        "title": action.title,
        "summary": action.summary,
        "question": action.question,
        "final": action.is_final,
        "heavy": action.is_heavy,
        "missing": [fault.to_dict() for fault in missing],
        "options": [
            {"name": option.name, "help": helps[option.name], "schema": option.schema, "required": option.required}
            for option in arguments_of(action.options).values()
        ],
    }
    return {key: value for key, value in data.items() if value is not None}


def _dataset(catalog: Catalog, name: str, channel: Channel) -> Dataset:
    stored = catalog.store.read(name)
    settings = catalog.site.channel_settings.get(channel.name, {})

    def read_file(file_name: str) -> bytes | None:
        return catalog.store.open(name).file(file_name)

    return Dataset(stored.record, catalog.site, settings, catalog.store.root / name, read_file)


def _is_entry(catalog: Catalog, source: str) -> bool:
    try:
        return catalog.store.exists(source)
    except CatalogError:
        return False


def _ledger(catalog: Catalog, name: str, channel: Channel) -> Ledger:
    return Ledger.open(catalog_key(catalog.site.catalog_root), name, channel.name)


def _to_json(outcome: Outcome) -> dict[str, Any]:
    own = outcome.distributions
    return {"values": dict(outcome.values)} | (
        {} if own is None else {"distributions": [write_object(one) for one in own]}
    )
