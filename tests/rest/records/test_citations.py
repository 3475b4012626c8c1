from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rest.conftest import put


async def test_a_datasets_citations(ask: Any, root: Path) -> None:
    put(root, "sky", authors=[{"name": "Doe, Jane"}], published_at="2026-02-03T04:05:06Z")
    answer = await ask("GET", "/records/sky/citations")
    found = {citation["format"]: citation for citation in answer.data["citations"]}
    assert (answer.status, list(found)) == (200, ["bibtex", "apa", "cff", "datacite"])
    assert found["apa"]["text"] == "Doe, J. (2026). Sky [Dataset]. NERSC.\n"
    assert found["cff"]["file_name"] == "CITATION.cff"


async def test_formats_that_cannot_be_had_are_left_out(ask: Any, root: Path) -> None:
    put(root, "sky")
    found = (await ask("GET", "/records/sky/citations")).data["citations"]
    assert [citation["format"] for citation in found] == ["bibtex", "apa", "cff"]


async def test_croissant_is_a_file_to_save(ask: Any, root: Path) -> None:
    put(root, "sky", data_path="/data/sky")
    answer = await ask("GET", "/records/sky/croissant")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="croissant.json"'
    assert (answer.data["name"], answer.data["conformsTo"]) == ("sky", "http://mlcommons.org/croissant/1.0")


@pytest.mark.parametrize("resource", ["citations", "croissant"])
@pytest.mark.parametrize("name", ["nothing", "..%2Fsky", ".hidden", "%00", "a%20b"])
async def test_a_name_that_is_none(ask: Any, root: Path, name: str, resource: str) -> None:
    put(root, "sky")
    answer = await ask("GET", f"/records/{name}/{resource}")
    assert (answer.status, answer.code) == (404, "not_found")


@pytest.mark.parametrize("resource", ["citations", "croissant"])
async def test_a_damaged_entry(ask: Any, root: Path, resource: str) -> None:
    (put(root, "sky") / "record.json").write_text("{")
    answer = await ask("GET", f"/records/sky/{resource}")
    assert (answer.status, answer.code) == (422, "invalid_record")
