"""The list over HTTP with a Hub beside the catalog: in trouble, slow, out of reach, and as other accounts see it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from tests.practice_hub import FaultyHub
from tests.rest.conftest import put, unmount

LIST = "/api/datasets"


async def listed(ask: Any, query: str = "?sort=name") -> Any:
    """The list, once nothing newer is on its way; no answer takes long."""
    for _ in range(200):
        began = time.monotonic()
        page = (await ask("GET", f"/datasets{query}")).data
        assert time.monotonic() - began < 4
        if not page["is_refreshing"]:
            return page
        query = query.replace("refresh=1", "refresh=0")
        await asyncio.sleep(0.05)
    raise AssertionError("it goes on and on")


def sources(page: Any) -> dict[str, str]:
    (counted,) = (item["values"] for item in page["facets"] if item["facet"] == "source")
    found = {dataset["id"]: dataset["source"] for dataset in page["datasets"]}
    assert {value["value"]: value["count"] for value in counted} == {
        source: list(found.values()).count(source) for source in set(found.values())
    }
    return found


async def test_both_here_and_hub(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "sky", revision="1" * 40, repo_id="NERSC/sky")
    put(root, "iris")
    hub.odd_rows += [{"id": "NERSC/sky"}, {"id": "NERSC/sea", "cardData": {"pretty_name": "The sea", "license": "mit"}}]
    await ask("GET", "/session")  # which tells where the practice Hub is
    page = await listed(ask)
    assert sources(page) == {"iris": "here", "sky": "both", "NERSC/sea": "hub"}
    sea = next(dataset for dataset in page["datasets"] if dataset["source"] == "hub")
    assert (sea["name"], sea["pretty_name"], sea["license"], sea["etag"]) == ("sea", "The sea", "mit", "")
    assert sea["repo_url"] == f"{hub.url}/datasets/NERSC/sea"
    assert page["hub"]["as_of"].endswith("Z")
    assert "problem" not in page["hub"]
    assert sources(await listed(ask, "?q=source:hub"))["NERSC/sea"] == "hub"


async def test_a_newer_list_comes_when_asked_for(ask: Any, root: Path, hub: FaultyHub) -> None:
    assert sources(await listed(ask)) == {}
    hub.odd_rows.append({"id": "NERSC/sea"})
    assert sources(await listed(ask)) == {}
    assert sources(await listed(ask, "?refresh=1")) == {"NERSC/sea": "hub"}
    answer = await ask("GET", "/datasets?refresh=please")
    assert (answer.status, answer.pointers) == (422, ["/refresh"])


async def test_a_slow_hub_keeps_nobody_waiting(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "iris")
    await ask("GET", "/session")
    hub.faults.add("slow", path=LIST, seconds=6, count=None)
    began = time.monotonic()
    page = (await ask("GET", "/datasets")).data
    assert time.monotonic() - began < 3
    assert page["is_refreshing"]
    assert "as_of" not in page["hub"]


@pytest.mark.parametrize("kind", ["server_error", "garbage", "drop_before", "too_many_requests"])
async def test_a_hub_in_trouble_is_told_beside_what_is_known(kind: Any, ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "iris")
    hub.odd_rows.append({"id": "NERSC/sea"})
    before = await listed(ask)
    hub.faults.add(kind, path=LIST, count=None, retry_after=120)
    page = await listed(ask, "?sort=name&refresh=1")
    assert sources(page) == {"iris": "here", "NERSC/sea": "hub"}
    assert page["hub"]["as_of"] == before["hub"]["as_of"]
    assert page["hub"]["problem"].startswith("Could not list the datasets of NERSC")
    assert "problem" not in page["catalog"]


async def test_a_hub_that_was_never_reached(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "iris", revision="1" * 40, repo_id="NERSC/iris")
    hub.faults.add("drop_before", path=LIST, count=None)
    page = await listed(ask)
    assert sources(page) == {"iris": "both"}
    assert "as_of" not in page["hub"]
    assert page["hub"]["problem"]


async def test_an_unmounted_catalog_leaves_the_hub(ask: Any, root: Path, hub: FaultyHub) -> None:
    put(root, "iris")
    hub.odd_rows.append({"id": "NERSC/sea"})
    await listed(ask)
    unmount(root)
    hub.odd_rows.append({"id": "NERSC/sky"})
    page = await listed(ask, "?sort=name&refresh=1")
    assert sources(page) == {"iris": "here", "NERSC/sea": "hub", "NERSC/sky": "hub"}
    assert (page["catalog"]["writable"], "is not a folder" in page["catalog"]["problem"]) == (False, True)
    assert "problem" not in page["hub"]


async def test_a_site_without_a_catalog_shows_the_hub(
    ask: Any, hub: FaultyHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site.toml"
    site.write_text(f'name = "hubonly"\ntitle = "Hub only"\norganization = "NERSC"\nhub_url = "{hub.url}"\n')
    monkeypatch.setenv("HUGGINGNERSC_SITE", str(site))
    hub.odd_rows += [{"id": "NERSC/sea"}, {"id": "NERSC/sky", "cardData": {"license": "mit"}}]
    page = await listed(ask)
    assert sources(page) == {"NERSC/sea": "hub", "NERSC/sky": "hub"}
    assert (page["catalog"]["root"], page["catalog"]["writable"]) == ("", False)
    assert "There is no catalog" in page["catalog"]["problem"]
    assert (await listed(ask, "?q=sky&license=mit"))["total"] == 1
    assert (await ask("GET", "/facets/license?contains=MIT")).data["values"] == [{"value": "mit", "count": 1}]
    answer = await ask("GET", "/records/sky")
    assert (answer.status, answer.code) == (404, "not_found")
    assert (await ask("GET", "/access?name=sky")).status == 404


async def test_another_account_sees_only_its_own(
    ask: Any, root: Path, hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    HfApi(endpoint=hub.url, token=hub.tokens["admin"]).create_repo("NERSC/secret", repo_type="dataset", private=True)
    assert sources(await listed(ask)) == {"NERSC/secret": "hub"}
    monkeypatch.setenv("HF_TOKEN", hub.tokens["outsider"])
    page = (await ask("GET", "/datasets")).data
    assert page["datasets"] == []
    assert sources(await listed(ask)) == {}
    monkeypatch.delenv("HF_TOKEN")
    assert sources(await listed(ask)) == {"NERSC/secret": "hub"}


async def test_a_token_that_the_hub_does_not_know(
    ask: Any, root: Path, hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(root, "iris")
    monkeypatch.setenv("HF_TOKEN", "hf_practice_secret_wrong")
    page = await listed(ask)
    assert sources(page) == {"iris": "here"}
    assert "does not accept your token" in page["hub"]["problem"]


async def test_ten_thousand_datasets_of_the_hub_and_a_broken_card(ask: Any, root: Path, hub: FaultyHub) -> None:
    hub.odd_rows += [{"id": f"NERSC/d{number:05}", "cardData": {"license": "mit"}} for number in range(10_000)]
    hub.odd_rows.insert(5000, {"id": "NERSC/broken", "cardData": {"self": 1, "tags": 7}, "lastModified": "never"})
    hub.odd_rows.insert(5001, None)
    page = await listed(ask, "?limit=1")
    assert page["total"] == 10_001
    assert (await listed(ask, "?q=broken"))["total"] == 1
    assert (await listed(ask, "?license=mit&limit=1"))["total"] == 10_000
