"""Reads files of the original HuggingNERSC as records.

Its metadata file is ``{"datacard_tags": {…}, "other_info": {…}}``, where a string can stand for a list of one;
its catalog has a ``<nickname>_info.json`` for each dataset with the keys nickname, official_name, hf_dir, data_dir,
nersc_dir and metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from huggingnersc_lab.errors import FieldError, json_pointer
from huggingnersc_lab.record.metadata.shorthands import form_schema
from huggingnersc_lab.record.schema import record_schema

_CARD_MEMBERS = frozenset(
    {
        "size_categories",
        "task_categories",
        "task_ids",
        "language",
        "tags",
        "annotations_creators",
        "language_creators",
        "multilinguality",
        "source_datasets",
        "pretty_name",
        "license",
        "license_name",
        "license_link",
    }
)
"""Fields that belong in ``datacard_tags``; all others belong in ``other_info``."""

_OTHER_INFO = {"nickname": "name"}
_INFO_KEYS = {"name": "nickname", "pretty_name": "official_name", "data_path": "data_dir"}
_FURTHER_CARD_KEYS = frozenset({"configs", "dataset_info", "viewer", "train-eval-index", "paperswithcode_id"})


@dataclass(frozen=True)
class Members:
    """Record fields, and their locations in the source document.

    Attributes:
        values: record field → value.
        origins: record field → JSON pointer in the source document.
        bare: record fields that were a string there and are a list of one in the record.
        missing: record field → JSON pointer where it would be; ``/field`` for one not listed.
        faults: errors in the structure of the document.
    """

    values: dict[str, Any]
    origins: dict[str, str] = field(default_factory=dict)
    bare: frozenset[str] = frozenset()
    missing: dict[str, str] = field(default_factory=dict)
    faults: tuple[FieldError, ...] = ()


def is_metadata(document: Mapping[str, Any]) -> bool:
    """Whether ``document`` is a metadata file of the original HuggingNERSC."""
    return "datacard_tags" in document or "other_info" in document


def _is_further_card_key(key: str) -> bool:
    return key in _FURTHER_CARD_KEYS or key.startswith("extra_gated_")


def read_metadata(document: Mapping[str, Any]) -> Members:
    """Read a metadata file of the original HuggingNERSC as record fields.

    Keys of ``datacard_tags`` that the Hub's cards know but the record does not go to ``card_data``; others keep their
    name, so that validation reports them as unknown.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    faults: list[FieldError] = []
    sections: list[Mapping[str, Any]] = []
    for name in ("datacard_tags", "other_info"):
        section = document.get(name, {})
        if not isinstance(section, Mapping):
            faults.append(FieldError(f"/{name}", "type", f"{name} should be an object, {{…}}."))
        sections.append(section if isinstance(section, Mapping) else {})
    tags, other = sections
    for key, value in tags.items():
        if _is_further_card_key(key):
            values.setdefault("card_data", {})[key] = value
            origins["card_data"] = "/datacard_tags"
            continue
        values[key], origins[key] = _list_of_one(key, value), json_pointer("datacard_tags", key)
    for key, value in other.items():
        member = _OTHER_INFO.get(key, key)
        if member in values:
            faults.append(
                FieldError(json_pointer("other_info", key), "duplicate", f"'{key}' is also in datacard_tags.")
            )
        values[member], origins[member] = _list_of_one(member, value), json_pointer("other_info", key)
    for key in document.keys() - {"datacard_tags", "other_info"}:
        values[key], origins[key] = document[key], json_pointer(key)
    texts = {**tags, **{_OTHER_INFO.get(key, key): value for key, value in other.items()}}
    bare = frozenset(member for member, value in texts.items() if member in _lists() and isinstance(value, str))
    return Members(values, origins, bare, _missing(), tuple(faults))


def _missing() -> dict[str, str]:
    places = {}
    for member, its in form_schema()["properties"].items():
        if its.get("x-section") in ("about", "where"):  # scripts are given separately
            section = "datacard_tags" if member in _CARD_MEMBERS else "other_info"
            places[member] = f"/{section}/{member}"
    return places | {"name": "/other_info/nickname"}


@cache
def _lists() -> frozenset[str]:
    """Fields that are lists of strings."""
    properties = record_schema()["properties"].items()
    return frozenset(name for name, its in properties if its.get("items", {}).get("type") == "string")


def _list_of_one(member: str, value: object) -> object:
    if member in _lists() and isinstance(value, str):
        return [value]
    if member == "license" and isinstance(value, list) and len(value) == 1:
        return value[0]
    return value


def is_info(document: Mapping[str, Any]) -> bool:
    """Whether ``document`` is a catalog entry (``*_info.json``) of the original HuggingNERSC."""
    return {"nickname", "official_name"} <= document.keys()


def read_info(document: Mapping[str, Any]) -> Members:
    """Read a catalog entry of the original HuggingNERSC as record fields.

    ``data_dir`` is the data path; ``hf_dir`` is the Hub repository (a URL or ``ORG/NAME``); ``nersc_dir``, the catalog
    folder itself, is dropped, since the folder moves with its catalog.
    """
    metadata = document.get("metadata")
    members = read_metadata(metadata if isinstance(metadata, Mapping) else {})
    values = dict(members.values)
    origins = _below_metadata(members.origins)
    missing = _below_metadata(members.missing) | {member: f"/{key}" for member, key in _INFO_KEYS.items()}
    faults = tuple(replace(fault, pointer=f"/metadata{fault.pointer}") for fault in members.faults)
    values |= {"name": document["nickname"], "pretty_name": document["official_name"]}
    origins |= {"name": "/nickname", "pretty_name": "/official_name"}
    if data_dir := document.get("data_dir"):
        values["data_path"], origins["data_path"] = data_dir, "/data_dir"
    if isinstance(hf_dir := document.get("hf_dir"), str) and "/" in hf_dir:
        values["repo_id"], origins["repo_id"] = "/".join(hf_dir.rstrip("/").split("/")[-2:]), "/hf_dir"
    return Members(values, origins, members.bare, missing, faults)


def _below_metadata(places: Mapping[str, str]) -> dict[str, str]:
    return {member: f"/metadata{pointer}" for member, pointer in places.items()}
