"""What is only on the Hub, over HTTP: its card, and bringing it into the catalog by a job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub

REPO = "NERSC/sky"
CARD = (
    "---\nlicense: mit\npretty_name: Sky maps\nsize_categories: [n<1K]\ntags: [fits]\nmine: 1\n---\n"
    "# The sky\n\nMaps of it.\n\n## Thanks\n\nTo the night.\n"
)


@pytest.fixture
def api(hub: FaultyHub) -> HfApi:
    api = HfApi(endpoint=hub.url, token=hub.tokens["admin"])
    api.create_repo(REPO, repo_type="dataset")
    api.upload_file(path_or_fileobj=CARD.encode(), path_in_repo="README.md", repo_id=REPO, repo_type="dataset")
    return api


def record_of(root: Path, name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((root / name / "record.json").read_text())
    return record


def names_in(root: Path) -> list[str]:
    return [path.name for path in root.iterdir()]


async def test_everything_known_of_a_repository(ask: Any, api: HfApi) -> None:
    found = (await ask("GET", "/hub/datasets/sky")).data
    assert (found["repo_id"], found["pretty_name"], found["license"]) == (REPO, "Sky maps", "mit")
    assert (found["card"], found["private"], found["gated"], found["tags"]) == (CARD, False, False, ["fits"])
    assert found["repo_url"] == f"{api.endpoint}/datasets/{REPO}"


ODD = ["none", "..", ".", "%2e%2e", "a%2Fb", "NERSC%2Fsky", "..%2F..%2Fwhoami-v2", "%00", "a--b", "x" * 200, "%20"]


@pytest.mark.parametrize("name", ODD)
async def test_what_is_no_repository_of_the_organization_s(name: str, ask: Any, api: HfApi, hub: FaultyHub) -> None:
    hub.clear_requests()
    for method, path in (("GET", f"/hub/datasets/{name}"), ("POST", f"/hub/datasets/{name}/drafts")):
        answer = await ask(method, path, {} if method == "POST" else None)
        assert (answer.status, answer.code) == (404, "not_found")
    assert {request.path for request in hub.requests} <= {"/api/datasets/NERSC/none"}


async def test_a_private_one_is_not_shown_to_others(
    ask: Any, api: HfApi, hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.update_repo_settings(REPO, repo_type="dataset", private=True)
    assert (await ask("GET", "/hub/datasets/sky")).data["private"] is True
    monkeypatch.setenv("HF_TOKEN", hub.tokens["outsider"])
    assert (await ask("GET", "/hub/datasets/sky")).status == 404


async def test_a_hub_in_trouble_is_told(ask: Any, api: HfApi, hub: FaultyHub) -> None:
    for kind in ("server_error", "garbage", "drop_before"):
        hub.faults.clear()
        hub.faults.add(kind, path="/api/datasets/*", count=None)  # type: ignore[arg-type]
        answer = await ask("GET", "/hub/datasets/sky")
        assert (answer.status, answer.code) == (502, "upstream")


async def test_adopting_ends_in_one_record(ask: Any, api: HfApi, root: Path, settled: Any) -> None:
    made = await ask("POST", "/hub/datasets/sky/drafts")
    assert made.status == 201
    draft = made.data
    content = draft["content"]
    assert (content["adopting"], content["title"], content["values"]["description"]) == (
        REPO,
        "Sky maps",
        "Maps of it.",
    )
    content["values"] |= {"data_path": "/data/sky"}
    del content["adopting"]  # as somebody saves it who does not know of it
    saved = await ask("PUT", f"/drafts/{draft['id']}", content, headers={"If-Match": f'"{draft["etag"]}"'})
    assert saved.data["content"]["adopting"] == REPO
    shown = (await ask("POST", f"/drafts/{draft['id']}/preview", {})).data
    assert f"Change {REPO}, which is already on the Hub" in shown["actions"][0]
    job = await settled((await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})).data)
    assert (job["kind"], job["state"]) == ("adopt", "succeeded"), job
    assert any("Thanks" in note for note in job["result"]["notes"])
    assert names_in(root) == ["sky"]
    record = record_of(root, "sky")
    assert (record["repo_id"], record["data_path"], record["card_data"]) == (REPO, "/data/sky", {"mine": 1})
    card = (root / "sky" / "README.md").read_text()
    assert "To the night." in card
    again = await ask("POST", "/hub/datasets/sky/drafts")
    assert (again.status, again.code) == (409, "conflict")


async def test_a_draft_cannot_take_a_repository_of_others(ask: Any, api: HfApi, root: Path, settled: Any) -> None:
    values = {"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"]}
    draft = (await ask("POST", "/drafts", {"values": values, "adopting": "someone/sky"})).data
    job = await settled((await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})).data)
    assert (job["state"], job["error"]["code"], job["kept"]) == ("failed", "invalid_record", False)
    assert names_in(root) == []


async def test_a_script_of_the_repository_is_offered_as_loader(ask: Any, api: HfApi, root: Path, settled: Any) -> None:
    for path in ("load.py", "fetch.sh", "src/part.py"):
        api.upload_file(path_or_fileobj=b"stars = 1\n", path_in_repo=path, repo_id=REPO, repo_type="dataset")
    draft = (await ask("POST", "/hub/datasets/sky/drafts")).data
    content = draft["content"]
    assert sorted(content["repository_scripts"]) == ["fetch.sh", "load.py"]
    assert content["loader_in_repository"] is None
    content["loader_in_repository"] = "load.py"
    del content["repository_scripts"]  # as somebody saves it who does not know of them
    saved = (await ask("PUT", f"/drafts/{draft['id']}", content)).data
    assert sorted(saved["content"]["repository_scripts"]) == ["fetch.sh", "load.py"]
    shown = (await ask("POST", f"/drafts/{draft['id']}/preview", {})).data
    assert (shown["record"]["loader"], "stars = 1" in shown["card"]) == ("load.py", True)
    job = await settled((await ask("POST", "/jobs", {"kind": "adopt", "draft_id": draft["id"]})).data)
    assert job["state"] == "succeeded", job
    assert record_of(root, "sky")["loader"] == "load.py"
    assert (root / "sky" / "load.py").read_text() == "stars = 1\n"


async def test_a_loader_that_is_picked_wins_over_one_of_the_repository(ask: Any, api: HfApi, root: Path) -> None:
    api.upload_file(path_or_fileobj=b"theirs = 1\n", path_in_repo="load.py", repo_id=REPO, repo_type="dataset")
    content = (await ask("POST", "/hub/datasets/sky/drafts")).data["content"]
    content |= {"loader_in_repository": "gone.py"}
    draft = (await ask("POST", "/drafts", content)).data
    refused = await ask("POST", f"/drafts/{draft['id']}/preview", {})
    assert (refused.status, refused.code) == (422, "invalid_record")
    assert [(its["pointer"], its["suggestion"]) for its in refused.data["errors"]] == [("/loader", "load.py")]
    wrong = await ask("POST", "/drafts", {**content, "repository_scripts": [1]})
    assert [its["pointer"] for its in wrong.data["errors"]] == ["/repository_scripts"]
