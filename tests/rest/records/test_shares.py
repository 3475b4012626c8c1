from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.channel_example import installed
from tests.rest.conftest import put


@pytest.fixture
def jp_server_config(tmp_path: Path, root: Path) -> Iterator[dict[str, Any]]:
    """A server whose site offers the example channel."""
    file = tmp_path / "site.toml"
    file.write_text(
        'name = "sandbox"\ntitle = "the practice site"\norganization = "NERSC"\nhub_url = "practice"\n'
        f'[channels.mirror]\nfolder = "{tmp_path}"\nurl = "https://data.example.org/"\n'
    )
    chosen = {"site": str(file), "catalog_root": str(root)}
    with installed(tmp_path / "lib"):
        yield {"ServerApp": {"jpserver_extensions": {"huggingnersc_lab": True}}, "HuggingNERSC": chosen}


async def test_what_can_be_done_at_each_channel(ask: Any, root: Path) -> None:
    put(root, "sky")
    (share,) = (await ask("GET", "/records/sky/shares")).data["shares"]
    (action,) = share.pop("actions")
    assert share == {
        "channel": "mirror",
        "title": "Web server",
        "summary": "A copy that everybody can get from the centre's web server.",
        "state": "none",
        "keys": [],
    }
    assert (action["name"], action["title"], action["final"], action["heavy"]) == (
        "copy",
        "Copy to the web server",
        False,
        True,
    )
    assert action["question"] == "Make the data of '{name}' public on the web server?"
    (option,) = action["options"]
    assert option == {
        "name": "replace",
        "help": "Replace a copy that is there.",
        "schema": {"type": "boolean"},
        "required": False,
    }


async def test_what_is_shared_is_told(ask: Any, root: Path) -> None:
    way = {"channel": "mirror", "url": "https://data.example.org/sky/", "created_at": "2026-11-01T10:00:00Z"}
    put(root, "sky", distributions=[way], data_path=None)
    (share,) = (await ask("GET", "/records/sky/shares")).data["shares"]
    assert (share["state"], share["url"], share["at"]) == ("shared", way["url"], way["created_at"])
    missing = {action["name"]: [one["pointer"] for one in action["missing"]] for action in share["actions"]}
    assert missing == {"copy": ["/data_path"], "withdraw": []}


async def test_a_dataset_that_is_not_there(ask: Any, root: Path) -> None:
    assert (await ask("GET", "/records/nobody/shares")).status == 404
