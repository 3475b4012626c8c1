"""What is only on the Hub is found and brought into the catalog on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import HfApi

from tests.cli.conftest import IRIS, Run, commits, on_hub
from tests.practice_hub import FaultyHub

REPO = "NERSC/sky"
CARD = (
    "---\nlicense: mit\npretty_name: Sky maps\nsize_categories: [n<1K]\n---\n# The sky\n\nMaps.\n\n## Thanks\n\nAll.\n"
)


@pytest.fixture(autouse=True)
def sky(practice_hub: FaultyHub) -> None:
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    api.create_repo(REPO, repo_type="dataset")
    api.upload_file(path_or_fileobj=CARD.encode(), path_in_repo="README.md", repo_id=REPO, repo_type="dataset")


def test_it_is_found_and_adopted(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    found = run("search", "source:hub", "--json").json
    assert [item["name"] for item in found["records"]] == ["sky"]
    assert run("search", "maps").out.split()[-1] == "Hub"
    done = run("adopt", "sky", "--data-path", ".", "--loader", "load_iris.py", "--set", "license=cc-by-4.0")
    assert done.code == 0, done.err
    assert "Kept from the Hub: Thanks" in done.plain
    assert commits(practice_hub, REPO)[0] == "Catalog sky"
    record = run("inspect-dataset", "sky", "--json").json["record"]
    assert (record["repo_id"], record["license"], record["loader"]) == (REPO, "cc-by-4.0", "load_iris.py")
    assert "All." in (practice_root / "sky" / "README.md").read_text()
    assert run("search", "source:hub", "--json").json["total"] == 0
    assert run("search", "maps", "--json").json["records"][0]["source"] == "both"
    again = run("adopt", "sky", "--json")
    assert (again.code, again.problem["code"]) == (5, "conflict")


def test_a_dry_run_makes_nothing(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    shown = run("adopt", "sky", "--dry-run", "--json").json
    assert f"Change {REPO}, which is already on the Hub" in shown["actions"][0]
    assert commits(practice_hub, REPO)[0] != "Catalog sky"
    assert list(practice_root.iterdir()) == []


@pytest.mark.parametrize("name", ["none", "NERSC/sky", "..", ""])
def test_what_is_not_there(name: str, run: Run) -> None:
    result = run("adopt", name, "--json")
    assert (result.code, result.problem["code"]) == (4, "not_found")


def test_a_taken_name_leads_to_adopting(run: Run, practice_hub: FaultyHub) -> None:
    result = run("catalog-new-dataset", "Sky", "sky", *IRIS[2:], "--data-path", ".")
    assert (result.code, "'huggingnersc adopt sky'" in result.plain) == (5, True)
    assert on_hub(practice_hub) == [REPO]


def test_without_the_hub_the_catalog_is_searched(run: Run, practice_hub: FaultyHub) -> None:
    assert run("catalog-new-dataset", *IRIS, "--data-path", ".").code == 0
    practice_hub.faults.add("server_error", path="/api/datasets", count=None)
    assert [item["name"] for item in run("search", "iris", "--json").json["records"]] == ["iris"]
    result = run("search", "iris")
    assert "Datasets that are only on the Hub are not shown." in result.plain
