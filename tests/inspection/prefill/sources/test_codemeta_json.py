"""Only objects are read."""

from __future__ import annotations

import pytest

from huggingnersc_lab.inspection.prefill.sources.codemeta_json import SOURCE, read
from huggingnersc_lab.inspection.prefill.suggestion import UnreadableSourceError


def test_names_and_forms() -> None:
    assert SOURCE.file_name.fullmatch("codemeta.json")
    assert [one.value for one in read("", b'{"name": "Tracks"}')] == ["Tracks"]
    with pytest.raises(UnreadableSourceError):
        list(read("", b'["Tracks"]'))
