"""``dataset_description.json`` of BIDS: https://bids-specification.readthedocs.io, version 1.10."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huggingnersc_lab.inspection.prefill.documents import as_list, json_object, text_at
from huggingnersc_lab.inspection.prefill.licenses import license_of
from huggingnersc_lab.inspection.prefill.papers import paper_of
from huggingnersc_lab.inspection.prefill.persons import author, given_first
from huggingnersc_lab.inspection.prefill.suggestion import (
    Source,
    Suggestion,
    UnreadableSourceError,
    one_line,
    passage_of,
)
from huggingnersc_lab.record.identifiers import checked_doi


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What a BIDS dataset says about itself."""
    del name
    found = json_object(content)
    if "BIDSVersion" not in found:
        raise UnreadableSourceError("has no BIDSVersion")
    if title := text_at(found, "Name"):
        yield Suggestion("pretty_name", title, passage_of(f"Name: {title}"))
    names = [one_line(one) for one in as_list(found.get("Authors")) if isinstance(one, str) and one_line(one)]
    if names:
        yield Suggestion(
            "authors", [author(given_first(one)) for one in names], passage_of("Authors: " + "; ".join(names))
        )
    if license_id := license_of(text_at(found, "License")):
        yield Suggestion("license", license_id, passage_of(f"License: {text_at(found, 'License')}"))
    if doi := checked_doi(text_at(found, "DatasetDOI")):
        yield Suggestion("doi", doi, passage_of(f"DatasetDOI: {doi}"))
    links = [one for one in as_list(found.get("ReferencesAndLinks")) if isinstance(one, str)]
    if papers := [paper for one in links if (paper := paper_of(one))]:
        yield Suggestion("papers", papers, passage_of("ReferencesAndLinks: " + ", ".join(links)))
    yield Suggestion("tags", ["bids"], passage_of(f"BIDSVersion: {found['BIDSVersion']}"))


SOURCE = Source(re.compile(r"dataset_description\.json"), read)
