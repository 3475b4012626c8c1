"""``codemeta.json``: https://codemeta.github.io/terms/, versions 2 and 3."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huggingnersc_lab.inspection.prefill.documents import json_object
from huggingnersc_lab.inspection.prefill.sources.schema_org import suggestions_of
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What a ``codemeta.json`` says about the data."""
    del name
    yield from suggestions_of(json_object(content))


SOURCE = Source(re.compile(r"(?i)codemeta\.json"), read)
