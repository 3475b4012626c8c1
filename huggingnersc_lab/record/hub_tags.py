"""The Hub's own list of tags, as terms of the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.term import Term

LIST_OF_TYPE = {
    "annotations_creators": "annotations_creators",
    "format": "formats",
    "language": "languages",
    "language_creators": "language_creators",
    "library": "libraries",
    "license": "licenses",
    "modality": "modalities",
    "multilinguality": "multilinguality",
    "size_categories": "size_categories",
    "task_categories": "task_categories",
    "task_ids": "task_ids",
}
"""Types of the Hub's tags that we use, with the corresponding list of the vocabulary."""

_MAX_LENGTH = 200


def terms_of_reply(tags_by_type: object) -> dict[str, tuple[Term, ...]]:
    """The terms in a response to ``GET /api/datasets-tags-by-type``, by list of the vocabulary.

    Args:
        tags_by_type: the response as JSON values:
            ``{"license": [{"id": "license:mit", "label": "mit", "type": "license"}, …], …}``. Types
            that we do not use are ignored, and so are entries without a usable identifier.

    Raises:
        CatalogError: ``upstream`` if the response contains no list of a type that we use.
    """
    if not isinstance(tags_by_type, Mapping) or not any(
        isinstance(tags_by_type.get(kind), list) for kind in LIST_OF_TYPE
    ):
        raise CatalogError(
            "upstream",
            "The Hub's list of tags has an unexpected form. The vocabulary was not changed; "
            "try again later or with a newer version of huggingnersc_lab.",
        )
    found = {name: _terms(kind, tags_by_type.get(kind)) for kind, name in LIST_OF_TYPE.items()}
    return {name: tuple({term.id: term for term in terms}.values()) for name, terms in found.items()}


def tags_of_terms(terms_by_list: Mapping[str, tuple[Term, ...]]) -> dict[str, list[dict[str, str]]]:
    """The terms in the form of such a response: the inverse of :func:`terms_of_reply`."""
    return {
        kind: [{"id": f"{kind}:{term.id}", "label": term.label, "type": kind} for term in terms_by_list.get(name, ())]
        for kind, name in LIST_OF_TYPE.items()
    }


def _terms(kind: str, entries: object) -> Iterator[Term]:
    for entry in entries if isinstance(entries, list) else ():
        identifier = entry.get("id") if isinstance(entry, Mapping) else None
        if not isinstance(identifier, str):
            continue
        identifier = identifier.removeprefix(f"{kind}:")
        label = entry.get("label")
        if _is_usable(identifier):
            yield Term(identifier, label if isinstance(label, str) and _is_usable(label) else identifier)


def _is_usable(text: str) -> bool:
    # The words end up in cards, forms and terminals: no line breaks, no control characters.
    return 0 < len(text) <= _MAX_LENGTH and text.isprintable() and text == text.strip()
