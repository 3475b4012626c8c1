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


def put(practice_hub: FaultyHub, **files: bytes) -> None:
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    for path, content in files.items():
        name = path.replace("_dot_", ".")
        api.upload_file(path_or_fileobj=content, path_in_repo=name, repo_id=REPO, repo_type="dataset")


def test_a_script_of_the_repository_is_offered_and_taken(
    run: Run, practice_hub: FaultyHub, practice_root: Path
) -> None:
    put(practice_hub, load_dot_py=b"stars = [1]\r\n", setup_dot_py=b"1\n", fetch_dot_sh=b"wget x\n")
    plain = run("adopt", "sky", "--dry-run")
    assert "If 'load.py' loads the data, add --loader-from-repo load.py." in plain.plain
    assert "--loader-from-repo fetch.sh" in plain.plain
    assert "setup.py" not in plain.plain
    shown = run("adopt", "sky", "--loader-from-repo", "load.py", "--dry-run", "--json").json
    assert shown["record"]["loader"] == "load.py"
    done = run("adopt", "sky", "--data-path", ".", "--loader-from-repo", "load.py")
    assert done.code == 0, done.err
    assert "The loader 'load.py' in the repository is used." in done.plain
    assert "add --loader-from-repo" not in done.plain
    assert (practice_root / "sky" / "load.py").read_text() == "stars = [1]\n"
    assert "stars = [1]" in (practice_root / "sky" / "sky_loader.ipynb").read_text()


def test_a_script_called_like_the_dataset_gets_another_name(
    run: Run, practice_hub: FaultyHub, practice_root: Path
) -> None:
    put(practice_hub, sky_dot_py=b"stars = (\n")
    done = run("adopt", "sky", "--data-path", ".", "--loader-from-repo", "sky.py", "--json")
    assert done.json["record"]["loader"] == "load_sky.py"
    assert ("/loader", "syntax") in [(warning["pointer"], warning["code"]) for warning in done.json["warnings"]]
    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])
    assert {"sky.py", "load_sky.py"} <= set(api.list_repo_files(REPO, repo_type="dataset"))


@pytest.mark.parametrize("name", ["none.py", "README.md", "../load.py", "blank.py", ""])
def test_what_is_no_script_of_the_repository(name: str, run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    put(practice_hub, load_dot_py=b"x = 1\n", blank_dot_py=b"\n")
    result = run("adopt", "sky", "--data-path", ".", "--loader-from-repo", name, "--json")
    assert (result.code, result.problem["code"]) == (3, "invalid_record")
    assert [field["pointer"] for field in result.problem["errors"]] == ["/loader"]
    assert list(practice_root.iterdir()) == []
