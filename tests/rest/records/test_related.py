"""What is like a dataset, over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.rest.conftest import put


async def test_the_likest_five_as_a_list_shows_them(ask: Any, root: Path) -> None:
    put(root, "sky", tags=["astronomy", "fits"], papers=["https://arxiv.org/abs/1706.03762"])
    put(root, "paper", papers=["https://arxiv.org/abs/1706.03762"], description="x" * 1000)
    for number in range(6):
        put(root, f"other{number}", tags=["astronomy"])
    put(root, "iris", tags=["biology"])
    found = (await ask("GET", "/records/sky/related")).data["datasets"]
    names = [dataset["name"] for dataset in found]
    assert (names[0], len(names), len(found[0]["description"])) == ("paper", 5, 400)
    assert all(name.startswith("other") for name in names[1:])
    assert found[0]["id"] == "paper"


async def test_nothing_is_like_what_is_alone(ask: Any, root: Path) -> None:
    put(root, "sky")
    assert (await ask("GET", "/records/sky/related")).data == {"datasets": []}


async def test_an_unfinished_one_is_marked_and_a_broken_one_does_not_disturb(ask: Any, root: Path) -> None:
    put(root, "sky", tags=["astronomy"])
    put(root, "sea", tags=["astronomy"])
    (root / ".sea.staging").mkdir()
    put(root, "cut")
    (root / "cut" / "record.json").write_text("{")
    (found,) = (await ask("GET", "/records/sky/related")).data["datasets"]
    assert (found["name"], found["unfinished"]) == ("sea", True)
    answer = await ask("GET", "/records/cut/related")
    assert (answer.status, answer.code) == (422, "invalid_record")


@pytest.mark.parametrize("name", ["nobody-knows", "..", "%2e%2e%2f", "%00", "x" * 5000])
async def test_what_is_no_dataset(name: str, ask: Any, root: Path) -> None:
    put(root, "sky")
    answer = await ask("GET", f"/records/{name}/related")
    assert (answer.status, answer.code) == (404, "not_found")
