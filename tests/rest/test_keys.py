from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.channels import Key, Keys
from huggingnersc_lab.rest import keys as rest_keys

SECRET = "s3cret-key-of-mine"


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    known = (
        Key("toy", "a toy service", "TOY_KEY", "https://example.org/keys"),
        Key("pair", "another", "PAIR_KEY", "https://example.org/pair", has_user=True),
    )
    monkeypatch.setattr(rest_keys, "_keys", lambda: Keys(known))


async def test_keys_go_in_and_never_out(ask: Any) -> None:
    listed = (await ask("GET", "/keys")).data["keys"]
    toy = {"name": "toy", "title": "a toy service", "help_url": "https://example.org/keys", "has_user": False}
    assert listed[0] == toy
    saved = await ask("PUT", "/keys/toy", {"key": SECRET})
    assert saved.status == 200
    assert saved.data["keys"][0] == {**toy, "source": "file"}
    assert SECRET.encode() not in saved.body + (await ask("GET", "/keys")).body
    assert Keys((Key("toy", "", "TOY_KEY", ""),)).find("toy") == SECRET
    removed = await ask("DELETE", "/keys/toy")
    assert removed.data["keys"][0] == toy


async def test_one_of_the_environment_wins(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOY_KEY", SECRET)
    assert (await ask("GET", "/keys")).data["keys"][0]["source"] == "environment"


@pytest.mark.parametrize(
    ("name", "body", "status", "pointers"),
    [
        ("toy", {}, 422, ["/key"]),
        ("toy", {"key": 5}, 422, ["/key"]),
        ("toy", {"key": "two words"}, 422, ["/key"]),
        ("pair", {"key": "no-user"}, 422, ["/key"]),
        ("other", {"key": SECRET}, 404, []),
        ("..%2Ftoy", {"key": SECRET}, 404, []),
    ],
)
async def test_what_is_no_key_is_refused(ask: Any, name: str, body: Any, status: int, pointers: list[str]) -> None:
    answer = await ask("PUT", f"/keys/{name}", body)
    assert (answer.status, answer.pointers) == (status, pointers)
    assert SECRET.encode() not in answer.body
