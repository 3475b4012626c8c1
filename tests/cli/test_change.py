"""Changing and removing entries."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run, commits, on_hub

Write = Callable[[str, Any], str]


@pytest.fixture(autouse=True)
def iris(practice_hub: FaultyHub, run: Run) -> None:
    assert run("catalog-new-dataset", *IRIS, "--data-path", ".").code == 0


def record(run: Run) -> dict[str, Any]:
    found: dict[str, Any] = run("inspect-dataset", "iris", "--json").json["record"]
    return found


@pytest.mark.parametrize(
    ("change", "member", "value"),
    [
        ("license=mit", "license", "mit"),
        ('tags=["biology", "csv"]', "tags", ["biology", "csv"]),
        ("tags=biology", "tags", ["biology"]),
        ("papers=2106.09685", "papers", ["2106.09685"]),
        ("pretty_name=1936", "pretty_name", "1936"),
        ("is_distributed=true", "is_distributed", True),
        ('authors=[{"name": "R. A. Fisher"}]', "authors", [{"name": "R. A. Fisher"}]),
        ('card_data={"configs": []}', "card_data", {"configs": []}),
        ("papers=", "papers", None),
        ("verified_at=2026-01-31", "verification", {"status": "passed", "at": "2026-01-31"}),
        ("download_link=s3://bucket/iris", "distributions", [{"channel": "link", "url": "s3://bucket/iris"}]),
        (
            'distributions=[{"channel": "torrent", "url": "https://t.org/1"}]',
            "distributions",
            [{"channel": "torrent", "url": "https://t.org/1"}],
        ),
        ('funding=[{"funder": "NSF", "award_number": "1"}]', "funding", [{"funder": "NSF", "award_number": "1"}]),
        ('funding={"funder": "NSF"}', "funding", [{"funder": "NSF"}]),
        ("code=https://github.com/example/iris", "code", ["https://github.com/example/iris"]),
        ("description=a=b", "description", "a=b"),
    ],
)
def test_set_changes_one_member(run: Run, practice_hub: FaultyHub, change: str, member: str, value: object) -> None:
    before = record(run)
    result = run("update", "iris", "--set", change)
    assert result.code == 0, result.err
    after = record(run)
    assert after.get(member) == value
    changed = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert changed <= {member, "revision", "publish_id", "updated_at", "batch_script"}
    assert commits(practice_hub, "NERSC/iris")[0] == "Update iris"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ("license=apache2", "/license"),
        ("verified_at=2026-02-30", "/verified_at"),
        ("verified_at=9999-01-01", "/verified_at"),
        ("licence=mit", "/licence"),
        ("download_link=file:///etc/passwd", "/download_link"),
        ("distributions=https://example.org", "/distributions"),
        ('distributions=[{"channel": "torrent"}]', "/distributions/0/url"),
        ('distributions=[{"channel": "torrent"', "/distributions"),
        ("funding=NSF", "/funding"),
        ('funding=[{"funder": "NSF", "number": "1"}]', "/funding/0/number"),
        ("tags={}", "/tags"),
        ("name=other", None),
        ("repo_id=Else/iris", None),
        ("license", ""),
        ("=x", ""),
    ],
)
def test_a_change_that_will_not_do_changes_nothing(
    run: Run, practice_hub: FaultyHub, change: str, pointer: str | None
) -> None:
    before, history = record(run), commits(practice_hub, "NERSC/iris")
    result = run("update", "iris", "--set", change, "--json")
    if change.startswith("repo_id"):
        assert result.code in (0, 3)
        assert record(run)["repo_id"] == "NERSC/iris"
        return
    assert result.code == 3
    assert [error["pointer"] for error in result.problem["errors"]] == ([pointer] if pointer is not None else [])
    assert record(run) == before
    assert commits(practice_hub, "NERSC/iris") == history


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ('distributions=[{"channel": "torrent"', "The value of 'distributions' is not JSON at line 1, column 23."),
        ("distributions=https://a.org", 'should be a list, such as [{"channel": "link", "url": "https://example.org/'),
        ("funding=NSF", 'Funding should be a list, such as [{"funder": "U.S. Department of Energy", "award_number":'),
    ],
)
def test_what_is_no_list_of_objects_is_told_what_would_be(run: Run, change: str, words: str) -> None:
    (error,) = run("update", "iris", "--set", change, "--json").problem["errors"]
    assert words in error["detail"]


def test_a_metadata_file_with_a_link_leaves_the_other_distributions(run: Run, write: Write) -> None:
    torrent = {"channel": "torrent", "url": "https://t.org/1"}
    assert run("update", "iris", "--set", f"distributions={json.dumps([torrent])}").code == 0
    write("new.json", {"download_link": "https://a.org"})
    assert run("update", "iris", "--metadata", "new.json").code == 0
    assert record(run)["distributions"] == [torrent, {"channel": "link", "url": "https://a.org"}]
    assert run("update", "iris", "--download-link", "https://b.org").code == 0
    assert record(run)["distributions"] == [torrent, {"channel": "link", "url": "https://b.org"}]


def test_a_metadata_file_replaces_what_stands_in_it(run: Run, write: Write) -> None:
    before = record(run)
    write("new.json", {"datacard_tags": {"license": "mit", "tags": "biology"}})
    assert run("update", "iris", "--metadata", "new.json").code == 0
    after = record(run)
    assert (after["license"], after["tags"]) == ("mit", ["biology"])
    assert (after["pretty_name"], after["description"]) == (before["pretty_name"], before["description"])


def test_faults_of_a_metadata_file_point_into_it(run: Run, write: Write) -> None:
    write("new.json", {"datacard_tags": {"license": "apache2"}})
    result = run("update", "iris", "--metadata", "new.json", "--json")
    assert (result.code, result.problem["errors"][0]["pointer"]) == (3, "/datacard_tags/license")


def test_another_loader_and_another_title(run: Run, write: Write, practice_root: Path) -> None:
    write("better.py", "iris = []\n")
    result = run("update", "iris", "--loader", "better.py", "--official-name", "Fisher's iris")
    assert result.code == 0, result.err
    assert (practice_root / "iris" / "better.py").read_text() == "iris = []\n"
    assert not (practice_root / "iris" / "load_iris.py").exists()
    assert record(run)["pretty_name"] == "Fisher's iris"


def test_what_people_wrote_on_the_hub_is_kept_and_told(run: Run, practice_hub: FaultyHub) -> None:
    from huggingface_hub import HfApi

    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["write"])
    path = api.hf_hub_download("NERSC/iris", "README.md", repo_type="dataset")
    card = Path(path).read_text() + "\n## By hand\n\nKept.\n"
    api.upload_file(path_or_fileobj=card.encode(), path_in_repo="README.md", repo_id="NERSC/iris", repo_type="dataset")
    result = run("update", "iris", "--set", "license=mit")
    assert result.code == 0
    assert "Kept from the Hub: " in result.err
    assert "By hand" in result.err


def test_who_sees_it(run: Run, practice_hub: FaultyHub) -> None:
    assert run("update", "iris", "--private").code == 0
    assert record(run)["private"] is True
    assert run("update", "iris", "--public").code == 0
    assert "private" not in record(run)


def test_retire_leaves_the_repository(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    result = run("retire", "iris")
    assert result.code == 0
    assert "Its repository NERSC/iris is still on the Hub" in result.out
    assert list(practice_root.iterdir()) == []
    assert on_hub(practice_hub) == ["NERSC/iris"]


def test_retire_from_the_hub_too(run: Run, practice_hub: FaultyHub, practice_root: Path, folder: Path) -> None:
    data = {path.name: path.read_bytes() for path in folder.iterdir()}
    result = run("retire", "iris", "--hub", "--json")
    assert result.json == {"site": result.json["site"], "retired": "iris", "repo_id": "NERSC/iris", "from_hub": True}
    assert list(practice_root.iterdir()) == []
    assert on_hub(practice_hub) == []
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == data


def test_who_may_not_delete_keeps_the_entry(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    result = run("retire", "iris", "--hub", HF_TOKEN=practice_hub.tokens["read"])
    assert result.code == 6
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    assert json.loads((practice_root / "iris" / "record.json").read_text())["name"] == "iris"
