"""Arguments of jobs as written by version 0.1.0: one flat object with the fields of all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from huggingnersc_lab.jobs import JobSpec

_SITE = ("site", "catalog_root", "hub_url", "organization")
_DRAFT = ("draft_id", "draft_etag", "drafts_folder")
_CHANGE = ("values", "loader", "batch_script", "private", "create_pr", "from_hub", "confirmed", "etag")
_ALL = frozenset({*_SITE, *_DRAFT, *_CHANGE, "adopting", "take_over"})


def is_first_form(arguments: Mapping[str, Any]) -> bool:
    """Whether arguments are of that version: it always wrote ``from_hub``, which is no longer used."""
    return arguments.keys() <= _ALL and "from_hub" in arguments


def with_change(spec: JobSpec) -> JobSpec:
    """The spec of a job that carries out a change, in the current form."""
    given = spec.arguments
    if not is_first_form(given):
        return spec
    adopting = given.get("adopting")
    kind = "adopt" if spec.kind == "publish" and adopting else spec.kind
    change = {key: given[key] for key in _CHANGE if given.get(key) is not None}
    change |= {"kind": kind, "name": spec.dataset} | ({"repo_id": adopting} if kind == "adopt" else {})
    kept = {key: given[key] for key in (*_SITE, *_DRAFT) if given.get(key) is not None}
    whole = {"replaces_all": True} if spec.kind == "update" else {}
    return replace(spec, arguments={**kept, **whole, "change": change})


def without_change(spec: JobSpec) -> JobSpec:
    """The spec of a job about an unfinished publication, in the current form.

    In that version, agreeing to take over a publication did not record what was seen, so the user is asked again.
    """
    given = spec.arguments
    if not is_first_form(given):
        return spec
    kept = {key: given[key] for key in (*_SITE, *_DRAFT) if given.get(key) is not None}
    if isinstance(given.get("take_over"), str):
        kept["take_over"] = given["take_over"]
    if spec.kind == "undo":
        kept = {key: value for key, value in kept.items() if key not in _DRAFT}
    return replace(spec, arguments=kept)
