"""``croissant.json`` (http://mlcommons.org/croissant/1.0) and RO-Crates (https://w3id.org/ro/crate), of schema.org."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import json_object, text_at
from huggingnersc_lab.inspection.prefill.sources.schema_org import suggestions_of
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, UnreadableSourceError

_DEPTH = 2


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What the description of a schema.org ``Dataset`` says about the data."""
    del name
    document = json_object(content)
    graph = document.get("@graph")
    if isinstance(graph, list):
        yield from suggestions_of(_root_of(graph))
    elif text_at(document, "@type") in ("Dataset", "sc:Dataset", "schema:Dataset"):
        yield from suggestions_of(document)
    else:
        raise UnreadableSourceError("does not describe a schema.org Dataset")


def _root_of(graph: list[Any]) -> dict[str, Any]:
    """The root data entity of an RO-Crate, with the entities it refers to in place."""
    nodes = {text_at(node, "@id"): node for node in graph if isinstance(node, Mapping)}
    about = nodes.get("ro-crate-metadata.json", {}).get("about")
    root = nodes.get(text_at(about, "@id") or "./")
    if root is None:
        raise UnreadableSourceError("does not describe a schema.org Dataset")
    return {key: _inlined(value, nodes, _DEPTH) for key, value in root.items()}


def _inlined(value: object, nodes: Mapping[str, Mapping[str, Any]], depth: int) -> object:
    if isinstance(value, list):
        return [_inlined(one, nodes, depth) for one in value]
    if isinstance(value, Mapping) and value.keys() == {"@id"} and depth > 0:
        node = nodes.get(text_at(value, "@id"))
        if node is not None:
            return {key: _inlined(one, nodes, depth - 1) for key, one in node.items()}
    return value


SOURCE = Source(re.compile(r"(?i)(?:.*[-_.])?croissant(?:[-_.]metadata)?\.json|ro-crate-metadata\.json"), read)
