"""``--detach``: the commands that publish, change and remove, as jobs that go on when the program has ended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog, Unfinished
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.private_files import own_folder
from tests.cli.conftest import IRIS, Run, on_hub
from tests.practice_hub import FaultyHub

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

Detached = Callable[..., dict[str, Any]]
WaitFor = Callable[[Callable[[], object]], None]


@pytest.fixture
def detached(spawn: Run, wait_for: WaitFor) -> Detached:
    """Runs a command with ``--detach``, and gives its job once that has ended."""

    def run(*arguments: str, **environment: str) -> dict[str, Any]:
        begun = spawn(*arguments, "--detach", "--json", **environment)
        assert begun.code == 0, begun.err
        assert begun.json["state"] == "queued"
        folder = JobFolder(own_folder("jobs") / begun.json["id"])
        wait_for(lambda: folder.read().has_ended)
        return folder.read().to_dict()

    return run


@pytest.fixture(autouse=True)
def _jobs_are_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "hf"))


def test_a_dataset_is_cataloged(detached: Detached, practice_hub: FaultyHub, practice_root: Path) -> None:
    job = detached("catalog-new-dataset", *IRIS, "--data-path", ".", "--private")
    assert (job["kind"], job["name"], job["state"]) == ("publish", "iris", "succeeded"), job
    assert on_hub(practice_hub) == ["NERSC/iris"]
    record = json.loads((practice_root / "iris" / "record.json").read_text())
    assert (record["private"], record["data_path"], record["loader"]) == (True, str(Path.cwd()), "load_iris.py")


def test_a_person_is_told_how_to_follow_it(spawn: Run, run: Run, practice_hub: FaultyHub) -> None:
    begun = spawn("catalog-new-dataset", *IRIS, "--detach")
    assert begun.code == 0, begun.err
    (job,) = run("job", "list", "--json").json["jobs"]
    short = job["id"][:8]
    assert begun.out.startswith(f"Started job {short}: publish iris.")
    assert f"'huggingnersc job follow {short}'" in begun.out
    followed = spawn("job", "follow", short)
    assert followed.code == 0, followed.err
    assert "✓ Entry 'iris' added to the catalog" in followed.err


def test_faults_are_told_before_anything_is_begun(run: Run, write: Any, nothing_made: Callable[[], None]) -> None:
    write("metadata.json", {"datacard_tags": {"license": "no-such"}})
    refused = run("catalog-new-dataset", *IRIS, "--detach", "--json")
    assert refused.code == 3
    assert run("job", "list", "--json").json["jobs"] == []
    nothing_made()


def test_a_dry_run_begins_nothing(run: Run, nothing_made: Callable[[], None]) -> None:
    assert run("catalog-new-dataset", *IRIS, "--dry-run", "--detach").code == 0
    assert run("job", "list", "--json").json["jobs"] == []
    nothing_made()


@pytest.fixture
def _cataloged(run: Run, practice_hub: FaultyHub) -> None:
    assert run("catalog-new-dataset", *IRIS).code == 0


@pytest.mark.usefixtures("_cataloged")
def test_an_entry_is_changed_and_the_rest_of_it_stays(detached: Detached, practice_root: Path, write: Any) -> None:
    before = json.loads((practice_root / "iris" / "record.json").read_text())
    loader = write("other.py", "print('other')\n")
    job = detached("update", "iris", "--set", "license=mit", "--set", "tags=", "--loader", loader)
    assert (job["kind"], job["state"]) == ("update", "succeeded"), job
    after = json.loads((practice_root / "iris" / "record.json").read_text())
    assert (after["license"], after["loader"], "tags" in after) == ("mit", "other.py", False)
    assert after["pretty_name"] == before["pretty_name"]
    assert after["papers"] == before["papers"]


@pytest.mark.usefixtures("_cataloged")
@pytest.mark.parametrize("hub", [True, False])
def test_an_entry_is_retired(detached: Detached, practice_hub: FaultyHub, practice_root: Path, hub: bool) -> None:
    job = detached("retire", "iris", *(["--hub"] if hub else []))
    assert (job["kind"], job["state"]) == ("retire", "succeeded"), job
    assert list(practice_root.iterdir()) == []
    assert on_hub(practice_hub) == ([] if hub else ["NERSC/iris"])


@pytest.mark.usefixtures("_cataloged")
def test_a_repository_is_adopted(detached: Detached, run: Run, practice_hub: FaultyHub, practice_root: Path) -> None:
    assert run("retire", "iris").code == 0
    job = detached("adopt", "iris", "--set", "license=mit", "--loader", "load_iris.py")
    assert (job["kind"], job["state"]) == ("adopt", "succeeded"), job
    assert json.loads((practice_root / "iris" / "record.json").read_text())["license"] == "mit"
    assert on_hub(practice_hub) == ["NERSC/iris"]


@pytest.fixture
def stopped(detached: Detached, practice_hub: FaultyHub) -> None:
    """An unfinished publication of this person's."""
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    job = detached("catalog-new-dataset", *IRIS)
    assert (job["state"], job["kept"]) == ("failed", True), job
    practice_hub.faults.clear()


@pytest.mark.parametrize("names", [["iris"], []])
def test_what_was_stopped_is_finished(
    detached: Detached, stopped: None, practice_hub: FaultyHub, names: list[str]
) -> None:
    job = detached("resume", *names)
    assert (job["kind"], job["state"]) == ("resume", "succeeded"), job
    assert on_hub(practice_hub) == ["NERSC/iris"]


def test_what_was_stopped_is_undone(
    detached: Detached, stopped: None, practice_hub: FaultyHub, practice_root: Path
) -> None:
    job = detached("undo", "iris")
    assert (job["kind"], job["state"]) == ("undo", "succeeded"), job
    assert (on_hub(practice_hub), list(practice_root.iterdir())) == ([], [])


@pytest.mark.parametrize("way", ["resume", "undo"])
@pytest.mark.parametrize(("options", "yes"), [([], None), (["--take-over"], "e1")])
def test_a_job_takes_over_what_a_person_has_seen(
    run: Run, practice_root: Path, monkeypatch: pytest.MonkeyPatch, way: str, options: list[str], yes: str | None
) -> None:
    theirs = Unfinished("iris", account="mallory", etag="e1", resume=("Send README.md",), undo=("Remove it",))
    monkeypatch.setattr(Catalog, "unfinished_publication", lambda *_: theirs)
    (practice_root / ".iris.staging").mkdir(parents=True)
    begun = run(way, "iris", *options, "--detach", "--json")
    assert begun.code == 0, begun.err
    spec = JobFolder(own_folder("jobs") / begun.json["id"]).spec
    assert (spec.kind, spec.dataset, spec.arguments.get("take_over")) == (way, "iris", yes)
    assert run("job", "follow", begun.json["id"]).code != 0  # there is nothing in it


def test_where_nothing_is_unfinished_no_job_is_begun(run: Run, practice_root: Path) -> None:
    practice_root.mkdir(parents=True)
    assert run("resume", "--detach").out == "You have no unfinished publications.\n"
    assert run("undo", "iris", "--detach", "--json").problem["code"] == "not_found"
    assert run("job", "list", "--json").json["jobs"] == []


def test_paths_that_were_given_are_the_same_in_the_job(
    detached: Detached, practice_hub: FaultyHub, write: Any, tmp_path: Path
) -> None:
    """The job's process works in another folder."""
    write("here.toml", f'name = "here"\ntitle = "here"\norganization = "NERSC"\nhub_url = "{practice_hub.url}"\n')
    Path("catalog").mkdir()
    job = detached(
        *("catalog-new-dataset", *IRIS, "--site", "here.toml", "--catalog-root", "catalog"),
        HF_TOKEN=practice_hub.tokens["admin"],
    )
    assert job["state"] == "succeeded", job
    assert (Path("catalog") / "iris" / "record.json").is_file()
    other = detached(
        *("retire", "iris", "--catalog-root", "catalog"),
        HF_TOKEN=practice_hub.tokens["admin"],
        HUGGINGNERSC_SITE="here.toml",
    )
    assert other["state"] == "succeeded", other
