from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.record.metadata.shorthands import shorthands as shorthands_of_today
from huggingnersc_lab.record.model import SCHEMA_VERSION
from huggingnersc_lab.record.schema import record_schema
from huggingnersc_lab.record.vocabulary import load_vocabulary


async def test_the_schema_is_the_records_with_the_short_forms_among_its_members(ask: Any) -> None:
    answer = (await ask("GET", "/schema")).data
    record, shorthands = record_schema(), shorthands_of_today()
    assert answer["version"] == SCHEMA_VERSION == record["properties"]["schema_version"]["const"]
    assert answer["schema"] == {**record, "properties": {**record["properties"], **shorthands}}
    assert shorthands.keys() == {"download_link", "verified_at"}
    # The form has no field for when the loader ran: a run of it says so.
    sections = {name: its.get("x-section") for name, its in answer["schema"]["properties"].items()}
    assert (sections["download_link"], sections["verified_at"], sections["verification"]) == ("where", None, None)


@pytest.mark.parametrize("path", ["/schema", "/vocabulary/licenses", "/vocabulary/languages"])
async def test_what_has_not_changed_is_not_sent_again(path: str, ask: Any) -> None:
    etag = (await ask("GET", path)).headers["ETag"]
    again = await ask("GET", path, headers={"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")
    assert (await ask("GET", path, headers={"If-None-Match": '"other"'})).status == 200


@pytest.mark.parametrize("name", ["licenses", "known_tags", "task_ids", "languages"])
async def test_a_vocabulary_has_all_its_terms(name: str, ask: Any) -> None:
    answer = (await ask("GET", f"/vocabulary/{name}")).data
    assert answer["list"] == name
    assert [term["id"] for term in answer["terms"]] == [term.id for term in load_vocabulary().terms(name)]


@pytest.mark.parametrize("name", ["colours", "..%2f..%2fetc", "%00"])
async def test_there_is_no_other_vocabulary(name: str, ask: Any) -> None:
    assert (await ask("GET", f"/vocabulary/{name}")).code == "not_found"
