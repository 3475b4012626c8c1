"""HuggingNERSC's own files, as its first version wrote them, read as records.

Its metadata file is ``{"datacard_tags": {…}, "other_info": {…}}`` where a bare string may stand for a list of one;
its catalog has a ``<nickname>_info.json`` for every dataset with the keys nickname, official_name, hf_dir, data_dir,
nersc_dir and metadata.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_LISTS = frozenset(
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
        "papers",
    }
)
_OTHER_INFO = {"nickname": "name"}
_FURTHER_CARD_KEYS = frozenset({"configs", "dataset_info", "viewer", "train-eval-index", "paperswithcode_id"})


@dataclass(frozen=True)
class Members:
    """Members of a record, and where each stood in the document that a person wrote.

    Attributes:
        values: record member → value.
        origins: record member → JSON pointer in the source document.
        section: JSON pointer under which a missing member is missed.
    """

    values: dict[str, Any]
    origins: dict[str, str] = field(default_factory=dict)
    section: str = ""


def is_metadata(document: Mapping[str, Any]) -> bool:
    """Whether ``document`` is a metadata file of the first version."""
    return "datacard_tags" in document or "other_info" in document


def _is_further_card_key(key: str) -> bool:
    return key in _FURTHER_CARD_KEYS or key.startswith("extra_gated_")


def read_metadata(document: Mapping[str, Any]) -> Members:
    """A metadata file of the first version as members of a record.

    Keys of ``datacard_tags`` that the Hub's card knows and the record does not go to ``card_data``; any other is
    kept under its own name, so that validation names it as unknown.
    """
    values: dict[str, Any] = {}
    origins: dict[str, str] = {}
    tags = document.get("datacard_tags", {})
    other = document.get("other_info", {})
    if not isinstance(tags, Mapping):
        values["datacard_tags"], tags = tags, {}
    if not isinstance(other, Mapping):
        values["other_info"], other = other, {}
    for key, value in tags.items():
        pointer = f"/datacard_tags/{key}"
        if _is_further_card_key(key):
            values.setdefault("card_data", {})[key] = value
            origins["card_data"] = "/datacard_tags"
            continue
        values[key], origins[key] = _list_of_one(key, value), pointer
    for key, value in other.items():
        member = _OTHER_INFO.get(key, key)
        values[member], origins[member] = _list_of_one(member, value), f"/other_info/{key}"
    for key in document.keys() - {"datacard_tags", "other_info"}:
        values[key], origins[key] = document[key], f"/{key}"
    return Members(values, origins, section="/datacard_tags")


def _list_of_one(member: str, value: object) -> object:
    if member in _LISTS and isinstance(value, str):
        return [value]
    if member == "license" and isinstance(value, list) and len(value) == 1:
        return value[0]
    return value


def is_info(document: Mapping[str, Any]) -> bool:
    """Whether ``document`` is a catalog entry (``*_info.json``) of the first version."""
    return {"nickname", "official_name"} <= document.keys()


def read_info(document: Mapping[str, Any]) -> Members:
    """A catalog entry of the first version as members of a record.

    ``data_dir`` is where the data lies; ``hf_dir`` is the Hub repository (an address or ``ORG/NAME``); ``nersc_dir``,
    the catalog folder itself, is not kept: the folder moves with its catalog.
    """
    metadata = document.get("metadata")
    members = read_metadata(metadata) if isinstance(metadata, Mapping) else Members({})
    values = dict(members.values)
    origins = {member: f"/metadata{pointer}" for member, pointer in members.origins.items()}
    values |= {"name": document["nickname"], "pretty_name": document["official_name"]}
    origins |= {"name": "/nickname", "pretty_name": "/official_name"}
    if data_dir := document.get("data_dir"):
        values["data_path"], origins["data_path"] = data_dir, "/data_dir"
    if isinstance(hf_dir := document.get("hf_dir"), str) and "/" in hf_dir:
        values["repo_id"], origins["repo_id"] = "/".join(hf_dir.rstrip("/").split("/")[-2:]), "/hf_dir"
    return Members(values, origins, section="/metadata/datacard_tags")
