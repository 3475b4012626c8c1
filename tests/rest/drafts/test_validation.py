from __future__ import annotations

from typing import Any

import pytest


async def test_every_fault_at_once_and_still_an_answer(ask: Any) -> None:
    found = (await ask("POST", "/validate", {"values": {"name": "a--b", "licence": "mit", "license": "mitt"}})).data
    assert {(error["pointer"], error["code"]) for error in found["errors"]} == {
        ("/licence", "unknown_field"),
        ("/license", "unknown_value"),
        ("/name", "pattern"),
        ("/pretty_name", "required"),
        ("/size_categories", "required"),
    }


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": None},
        {"name": 7, "tags": "a", "authors": [1], "card_data": []},
        {"pretty_name": "\ud800"},
        {"tags": ["x"] * 5000},
        {"datacard_tags": 7},
        {"datacard_tags": {"pretty_name": "A"}, "other_info": None},
        {"nickname": [], "metadata": 1},
        {"schema_version": "1"},
        {"": {"": {"": 1}}},
    ],
)
async def test_nothing_that_is_typed_breaks_it(values: dict[str, Any], ask: Any) -> None:
    answer = await ask("POST", "/validate", {"values": values})
    assert answer.status == 200
    assert answer.data["errors"]
