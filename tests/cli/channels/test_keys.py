from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run


def test_keys_go_in_and_never_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.channels import Key, channels

    channel = channels()["torrent"]
    key = Key("toy", "a toy service", "TOY_KEY", "https://example.org/keys")
    monkeypatch.setattr(type(channel), "keys", (key,))
    saved = run("key", "set", "toy", text="s3cret-key\n")
    assert saved.code == 0, saved.err
    listed = run("--json", "key", "list")
    assert {"name": "toy", "title": "a toy service", "source": "file"} in listed.json["keys"]
    assert "s3cret-key" not in saved.out + saved.err + listed.out + run("key", "list").out
    assert run("key", "remove", "toy").code == 0
    assert {"name": "toy", "title": "a toy service", "source": None} in json.loads(run("--json", "key", "list").out)[
        "keys"
    ]
    wrong: Any = run("--json", "key", "set", "other", text="x")
    assert (wrong.code, wrong.problem["code"]) == (4, "not_found")
