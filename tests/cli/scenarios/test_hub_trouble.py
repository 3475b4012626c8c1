"""A Hub that is down, slow, broken or unwilling: clear words, the right exit code, nothing left behind."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import IRIS, Run, commits, on_hub
from tests.practice_hub import FaultyHub

Check = Callable[[], None]
CREATE, COMMIT = "/api/repos/create", "*/commit/*"


def test_a_wrong_token(practice_hub: FaultyHub, run: Run, nothing_made: Check) -> None:
    result = run("catalog-new-dataset", *IRIS, HF_TOKEN="hf_practice_wrong")
    assert result.code == 6
    assert "does not accept your token" in result.plain
    assert "Nothing was left behind." in result.plain
    assert "hf_practice_wrong" not in result.err
    nothing_made()


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("read_scope", "can only read NERSC: create one with the 'write' role"),
        ("read", "publish as a pull request (--create-pr)"),
        ("outsider", "publish as a pull request (--create-pr)"),
    ],
)
def test_a_token_that_may_not_write(
    practice_hub: FaultyHub, run: Run, nothing_made: Check, role: str, words: str
) -> None:
    result = run("catalog-new-dataset", *IRIS, "--json", HF_TOKEN=practice_hub.tokens[role])
    assert (result.code, result.problem["code"]) == (6, "forbidden")
    assert words in result.problem["detail"]
    nothing_made()


def test_no_token_for_another_hub(run: Run, practice_hub: FaultyHub, nothing_made: Check) -> None:
    result = run("catalog-new-dataset", *IRIS, "--hub-url", practice_hub.url)
    assert result.code == 6
    assert f"There is no access token for {practice_hub.url}. Nothing was created." in result.plain
    nothing_made()


def test_a_practice_token_goes_to_no_real_hub(run: Run, practice_hub: FaultyHub) -> None:
    token = practice_hub.tokens["admin"]
    result = run("catalog-new-dataset", *IRIS, HF_ENDPOINT="https://hub.invalid", HF_TOKEN=token)
    assert (result.code, "There is no access token" in result.plain) == (6, True)


def test_a_hub_that_is_down(run: Run, nothing_made: Check) -> None:
    with socket.socket() as taken:  # bound and not listening
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        result = run("catalog-new-dataset", *IRIS, HF_ENDPOINT=url, HF_TOKEN="hf_x")
    assert result.code == 7
    assert f"no connection to {url}" in result.plain
    assert "Nothing was left behind." in result.plain
    nothing_made()


def test_a_hub_that_is_too_slow(run: Run, practice_hub: FaultyHub, nothing_made: Check) -> None:
    practice_hub.faults.add("slow", path="/api/datasets/*", method="GET", seconds=1.5, count=None)
    result = run("catalog-new-dataset", *IRIS, HUGGINGNERSC_HUB_TIMEOUT="1")
    assert result.code == 7
    assert "did not respond in time" in result.plain
    assert "'huggingnersc resume iris' to finish it" in result.plain
    practice_hub.faults.clear()
    assert run("undo", "iris").code == 0
    nothing_made()


def test_an_answer_that_comes_too_late_is_found_out_about(run: Run, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("slow", path=CREATE, seconds=1.5, count=None)
    result = run("catalog-new-dataset", *IRIS, HUGGINGNERSC_HUB_TIMEOUT="1")
    assert result.code == 0, result.err


def test_a_hub_that_is_slow_but_answers(run: Run, practice_hub: FaultyHub) -> None:
    practice_hub.faults.latency = 0.2
    assert run("catalog-new-dataset", *IRIS).code == 0


@pytest.mark.parametrize("path", [CREATE, COMMIT])
@pytest.mark.parametrize("kind", ["server_error", "too_many_requests", "drop_before", "drop_after"])
def test_a_failure_that_passes_is_not_even_told(
    run: Run, practice_hub: FaultyHub, practice_root: Path, kind: str, path: str
) -> None:
    practice_hub.faults.add(kind, path=path, count=1, method="POST")  # type: ignore[arg-type]
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 0, result.err
    assert on_hub(practice_hub) == ["NERSC/iris"]
    assert [path.name for path in practice_root.iterdir()] == ["iris"]
    assert len(commits(practice_hub, "NERSC/iris")) == 2  # the Hub's own first one, and ours


@pytest.mark.parametrize("path", [CREATE, COMMIT])
def test_a_failure_that_stays_takes_everything_back(
    run: Run, practice_hub: FaultyHub, nothing_made: Check, path: str
) -> None:
    practice_hub.faults.add("server_error", path=path, count=None, method="POST")
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 7
    assert "responded with status 500" in result.plain
    assert "Try again later." in result.plain
    nothing_made()


def test_too_many_requests_for_long(run: Run, practice_hub: FaultyHub, nothing_made: Check) -> None:
    practice_hub.faults.add("too_many_requests", path=CREATE, count=None, retry_after=300)
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 7
    assert "Try again in 300 seconds." in result.plain
    nothing_made()


def test_when_nothing_can_be_taken_back_the_way_out_is_named(
    run: Run, practice_hub: FaultyHub, nothing_made: Check
) -> None:
    practice_hub.faults.add("server_error", path=COMMIT, count=None, method="POST")
    practice_hub.faults.add("server_error", path="/api/repos/delete", count=None)
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 7
    assert "Run 'huggingnersc resume iris' to finish it, or 'huggingnersc undo iris' to remove it" in result.plain
    practice_hub.faults.clear()
    undone = run("undo", "iris")
    assert undone.code == 0, undone.err
    nothing_made()


def test_a_repository_that_is_somebody_elses(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    from huggingface_hub import HfApi

    api = HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["write"])
    api.create_repo("NERSC/iris", repo_type="dataset")
    api.upload_file(path_or_fileobj=b"theirs", path_in_repo="data.txt", repo_id="NERSC/iris", repo_type="dataset")
    before = api.dataset_info("NERSC/iris").sha
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 5
    assert "is already on the Hub and does not belong to this catalog" in result.plain
    assert "Choose another nickname" in result.plain
    assert api.dataset_info("NERSC/iris").sha == before
    assert list(practice_root.iterdir()) == []


def test_a_name_that_is_taken_in_the_catalog(run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    assert run("catalog-new-dataset", *IRIS).code == 0
    before = (practice_root / "iris" / "record.json").read_bytes()
    result = run("catalog-new-dataset", *IRIS)
    assert result.code == 5
    assert (
        "'iris' is already in the catalog. Nothing was changed. Run 'huggingnersc update iris' to change it"
        in result.plain
    )
    assert (practice_root / "iris" / "record.json").read_bytes() == before


def test_without_a_repository_there_is_nothing_to_propose_to(
    run: Run, practice_hub: FaultyHub, nothing_made: Check
) -> None:
    result = run("catalog-new-dataset", *IRIS, "--create-pr", HF_TOKEN=practice_hub.tokens["read"])
    assert result.code == 6
    assert "no pull request can be opened" in result.plain
    assert "Ask an administrator" in result.plain
    nothing_made()


def test_those_who_may_not_write_can_propose(run: Run, practice_hub: FaultyHub) -> None:
    assert run("catalog-new-dataset", *IRIS).code == 0
    token = practice_hub.tokens["read"]
    result = run("update", "iris", "--set", "license=mit", "--create-pr", "--json", HF_TOKEN=token)
    assert result.code == 0, result.err
    assert result.json["pull_request_url"].endswith("/datasets/NERSC/iris/discussions/1")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a file system takes root")
def test_a_catalog_whose_disk_is_full(run: Run, practice_hub: FaultyHub, tmp_path: Path, nothing_made: Check) -> None:
    root = tmp_path / "small"
    root.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16k", "none", root], check=False, capture_output=True)
    if mounted.returncode:
        pytest.skip("this machine does not let root mount a tmpfs")
    try:
        result = run("catalog-new-dataset", *IRIS, "--catalog-root", str(root))
        assert result.code == 10
        assert "No space left on device" in result.plain
        assert "free some space" in result.plain.lower()
        assert list(root.iterdir()) == []
    finally:
        subprocess.run(["umount", root], check=True)
    nothing_made()


def test_a_catalog_that_nobody_may_write(
    run: Run, practice_hub: FaultyHub, tmp_path: Path, nothing_made: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "readonly"
    root.mkdir(0o555)
    if os.geteuid() == 0:  # whom no permission stops
        real = os.access
        monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != root and real(path, mode))
    result = run("catalog-new-dataset", *IRIS, "--catalog-root", str(root))
    assert result.code == 6
    assert "You do not have write permission for the catalog" in result.plain
    assert list(root.iterdir()) == []
    nothing_made()
