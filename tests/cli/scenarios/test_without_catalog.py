"""What is on the Hub and not in the catalog, also where a site names no folder for a catalog."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.practice_hub import FaultyHub

SITE = 'name = "hubonly"\ntitle = "Hub only"\norganization = "NERSC"\nhub_url = "{url}"\n'
CARD = "---\npretty_name: Sky maps\nlicense: mit\ntags: [fits]\n---\n\n# Sky\n\nMaps of the **sky**.\n"


@pytest.fixture
def site(practice_hub: FaultyHub, write: Callable[[str, Any], str]) -> str:
    """The site file; the organization has one dataset."""
    from huggingface_hub import HfApi

    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.create_repo("NERSC/sky", repo_type="dataset")
    api.upload_file(path_or_fileobj=CARD.encode(), path_in_repo="README.md", repo_id="NERSC/sky", repo_type="dataset")
    return write("site.toml", SITE.format(url=practice_hub.url))


@pytest.mark.parametrize("command", [("list",), ("search", "maps")], ids=" ".join)
def test_what_is_on_the_hub_is_found(run: Run, site: str, command: tuple[str, ...]) -> None:
    result = run(*command, "--site", site)
    assert result.code == 0, result.err
    _, row = result.out.splitlines()
    assert row.split() == ["sky", "Sky", "maps", "mit", "Hub"]
    assert "There is no catalog: the site 'hubonly' does not configure a catalog folder." in result.plain
    assert "Showing only what is on the Hub." in result.plain
    (record,) = run(*command, "--site", site, "--json").json["records"]
    assert (record["repo_id"], record["source"]) == ("NERSC/sky", "hub")


def test_show_tells_what_the_hub_knows(run: Run, site: str, practice_hub: FaultyHub) -> None:
    result = run("show", "sky", "--site", site, "--card")
    out = " ".join(result.out.split())
    assert out.startswith("Sky maps (sky)")
    assert f"On the Hub {practice_hub.url}/datasets/NERSC/sky" in out
    assert 'load_dataset("NERSC/sky")' in out
    assert "Maps of the **sky**." in out[out.index("Card ") :]
    assert "It is only on the Hub. There is no catalog" in result.plain
    shown = run("show", "sky", "--site", site, "--json").json
    assert (shown["repo_id"], shown["source"], "card" in shown) == ("NERSC/sky", "hub", False)


def test_what_is_on_neither_is_told_so(run: Run, site: str) -> None:
    result = run("show", "sea", "--site", site)
    assert result.code == 4
    assert "no 'sea' on the Hub either" in result.plain


def test_without_a_hub_nothing_is_known(run: Run, write: Callable[[str, Any], str]) -> None:
    site = write("site.toml", SITE.format(url="http://127.0.0.1:9"))
    result = run("list", "--site", site)
    assert result.code == 4
    assert "There is no catalog" in result.plain


def test_a_dataset_beside_the_catalog_is_shown(run: Run, site: str, practice_hub: FaultyHub) -> None:
    assert practice_hub.url
    result = run("show", "sky")
    assert result.code == 0
    assert "It is only on the Hub. There is no dataset 'sky' in" in result.plain
    assert "sky" not in run("list").out  # which is of the catalog
    assert "Sky maps" in run("search", "sky").out


def test_list_tells_where_a_dataset_is_by_catalog_and_hub(run: Run, site: str, practice_root: Path) -> None:
    (practice_root / "sky").mkdir(parents=True)
    record = {"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"]}  # which says nothing of the Hub
    (practice_root / "sky" / "record.json").write_text(json.dumps(record))
    assert [item["source"] for item in run("list", "--json").json["records"]] == ["here"]
    assert run("search", "sky").code == 0  # asks the Hub
    assert [item["source"] for item in run("list", "--json").json["records"]] == ["both"]
    assert "catalog, Hub" in run("list").out
