"""Records of earlier versions, as today's."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.migrations import SCHEMA_VERSION, STEPS, migrate, newer
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.validation import validate

V1 = Path(__file__).parents[1] / "compat" / "v1" / "catalog"


def test_steps_lead_from_every_version_to_todays() -> None:
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))
    document = {"schema_version": SCHEMA_VERSION, "name": "a"}
    assert migrate(document) == document
    assert migrate(document) is not document
    assert migrate({"name": "a"}) == {"name": "a", "schema_version": SCHEMA_VERSION}
    assert migrate({"schema_version": "1"}) == {"schema_version": "1"}


def test_a_newer_one_is_left_alone() -> None:
    reason = f"This record has schema version 3; this program knows up to {SCHEMA_VERSION}."
    assert (newer({"schema_version": 3}) or "").startswith(reason)
    assert [newer({"schema_version": version}) for version in (1, 2, True, "3", None)] == [None] * 5
    with pytest.raises(CatalogError, match="Update huggingnersc_lab to change it"):
        migrate({"schema_version": 3})


@pytest.mark.parametrize("name", ["ocean", "moon", "sky"])
def test_a_record_that_version_1_wrote_is_one_of_today(name: str) -> None:
    written = json.loads((V1 / name / "record.json").read_text())
    before = copy.deepcopy(written)
    found = migrate(written)
    assert written == before
    assert validate({k: v for k, v in found.items() if v is not None}).errors == ()
    same = before.keys() - {"schema_version", "download_link", "verified_at"}
    assert {member: found[member] for member in same} == {member: before[member] for member in same}
    assert DatasetRecord.from_dict(written) == DatasetRecord.from_dict(found)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"download_link": "s3://a/b"}, {"distributions": [{"channel": "link", "url": "s3://a/b"}]}),
        ({"verified_at": "2026-01-31"}, {"verification": {"status": "passed", "at": "2026-01-31"}}),
        ({"download_link": None, "verified_at": None}, {}),
        # Names that version 1 did not know, as somebody may have used them: what has today's form is taken for it.
        ({"code": ["https://a.org"]}, {"code": ["https://a.org"]}),
        ({"code": "https://a.org"}, {"code_v1": "https://a.org"}),
        ({"funding": [{"funder": 3}]}, {"funding_v1": [{"funder": 3}]}),
        ({"verification": "yes", "verified_at": "2026-01-31"}, {
            "verification_v1": "yes",
            "verification": {"status": "passed", "at": "2026-01-31"},
        }),
        ({"distributions": {}, "download_link": "s3://a/b"}, {
            "distributions_v1": {},
            "distributions": [{"channel": "link", "url": "s3://a/b"}],
        }),
    ],
)  # fmt: skip
def test_version_1(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert migrate({"schema_version": 1, **before}) == {"schema_version": 2, **after}
    assert migrate(before) == {"schema_version": 2, **after}
