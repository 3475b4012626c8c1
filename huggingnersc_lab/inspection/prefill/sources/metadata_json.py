"""``metadata.json`` of HuggingNERSC, and records of this catalog."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from huggingnersc_lab.inspection.prefill.documents import json_object
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, UnreadableSourceError, passage_of
from huggingnersc_lab.record.metadata import legacy
from huggingnersc_lab.record.metadata.document import read_metadata

_NOT_OURS = {"schema_version", "repo_id", "data_path", "loader", "batch_script", "companions"}
"""Fields about another copy of the data, or files that this draft has not."""


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What a metadata file of HuggingNERSC, or a record, says about the data."""
    del name
    document = json_object(content)
    is_record = "schema_version" in document and "pretty_name" in document
    if not (legacy.is_metadata(document) or legacy.is_info(document) or is_record):
        raise UnreadableSourceError("is not a metadata file of HuggingNERSC")
    for member, value in read_metadata(document).values.items():
        if member not in _NOT_OURS and value is not None:
            yield Suggestion(member, value, passage_of(f"{member}: {json.dumps(value, ensure_ascii=False)}"))


SOURCE = Source(re.compile(r"(?i)metadata\.json|record\.json|[a-z0-9._-]+_info\.json"), read)
