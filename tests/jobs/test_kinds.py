"""The registry of kinds; and a kind that was added to it alone, from its order to its end in a real process."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import Jobs, JobSpec, Kinds, Progress
from huggingnersc_lab.jobs.folder import JobFolder
from huggingnersc_lab.jobs.kinds import shown_arguments

from .conftest import Gone, Nothing, Play, Settle, WaitFor

# Real processes, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)


def test_kinds_are_known_by_their_names() -> None:
    play, gone = Play(), Gone()
    kinds = Kinds[Any](play)
    kinds.register(gone)
    assert list(kinds) == [play, gone]
    assert (kinds.find("play"), kinds.get("gone"), kinds.find("other")) == (play, gone, None)
    with pytest.raises(ValueError, match="already a kind 'play'"):
        kinds.register(Play())


@pytest.mark.parametrize(
    ("name", "code"),
    [("other", "unknown_value"), (["play"], "unknown_value"), ("", "unknown_value"), (None, "required")],
)
def test_a_kind_that_is_unknown_is_refused_at_its_place(name: object, code: str) -> None:
    with pytest.raises(CatalogError, match="'kind' should be one of play, gone") as refused:
        Kinds[Any](Play(), Gone()).get(name)
    assert [(fault.pointer, fault.code) for fault in refused.value.fields] == [("/kind", code)]


def test_a_kind_leaves_and_shows_nothing_unless_it_says_so(tmp_path: Path) -> None:
    folder = JobFolder.create(tmp_path / ("0" * 32), JobSpec("gone", "iris"))
    assert not super(Play, Play()).leftovers(folder, lambda _: True)
    assert super(Play, Play()).advice("iris") == "Its work on 'iris' so far was kept."
    assert shown_arguments(Play(), {"draft_id": "0", "etag": "x"}) == {"draft_id": "0"}
    assert shown_arguments(None, {"draft_id": "0"}) == {}


def test_the_arguments_of_a_job_are_those_that_its_kind_declares() -> None:
    assert Play().read_arguments(JobSpec("play", "iris", {"draft_id": "0"})) == Nothing("0")
    with pytest.raises(CatalogError):
        Play().read_arguments(JobSpec("play", "iris", {"from_hub": True}))


class TestAKindThatWasAdded:
    def test_runs_to_its_end_and_tells_how_far_it_is(
        self, jobs: Jobs, toy_spec: Any, settle: Settle, wait_for: WaitFor, folder: Path
    ) -> None:
        begun = jobs.start(toy_spec(waits=True))
        assert (begun.state, begun.kind, begun.dataset, begun.shown) == ("queued", "toy", "iris", {})
        wait_for(lambda: (jobs.read(begun.id).progress or Progress()).fraction == 0.5)
        half = jobs.read(begun.id)
        assert (half.state, half.steps[0].detail) == ("running", "Writing 10 bytes")
        assert half.progress is not None
        assert (half.progress.text, half.progress.bytes, half.progress.total_bytes) == ("Writing", 5, 10)
        (folder / begun.id / "go").touch()
        done = settle(begun)
        assert (done.state, done.result, done.kept) == ("succeeded", {"bytes": 10}, False)
        assert [(step.name, step.phase) for step in done.steps] == [("write", "begin"), ("write", "done")]
        assert "The job" in (folder / begun.id / "log").read_text()

    def test_takes_back_what_it_began_when_it_is_cancelled(
        self, jobs: Jobs, toy_spec: Any, settle: Settle, wait_for: WaitFor, folder: Path
    ) -> None:
        begun = jobs.start(toy_spec(waits=True))
        wait_for((folder / begun.id / "part").exists)
        jobs.cancel(begun.id)
        done = settle(begun)
        assert (done.state, done.error, done.kept) == ("cancelled", None, False)
        assert not (folder / begun.id / "part").exists()

    def test_keeps_what_it_could_not_take_back_as_long_as_it_is_there(
        self, jobs: Jobs, toy_spec: Any, settle: Settle, wait_for: WaitFor, folder: Path
    ) -> None:
        begun = jobs.start(toy_spec(waits=True, stays=True))
        part = folder / begun.id / "part"
        wait_for(part.exists)
        jobs.cancel(begun.id)
        done = settle(begun)
        assert done.error is not None
        assert (done.state, done.error["detail"], done.kept) == ("cancelled", "The part cannot be removed.", True)
        part.unlink()
        assert not jobs.read(begun.id).kept

    def test_leaves_something_when_its_process_is_killed(
        self, jobs: Jobs, toy_spec: Any, settle: Settle, wait_for: WaitFor, folder: Path
    ) -> None:
        begun = jobs.start(toy_spec(waits=True))
        wait_for((folder / begun.id / "part").exists)
        process = JobFolder(folder / begun.id).process()
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        done = settle(begun)
        assert done.error is not None
        assert (done.state, done.kept) == ("failed", True)
        assert done.error["detail"].endswith("The part of 'iris' is kept.")

    def test_is_listed_where_it_is_not_known(self, jobs: Jobs, toy_spec: Any, settle: Settle, folder: Path) -> None:
        done = settle(jobs.start(toy_spec()))
        (seen,) = Jobs(folder, Kinds(), lambda _: True).list()
        assert (seen.id, seen.kind, seen.state, seen.result, seen.shown) == (
            done.id,
            "toy",
            "succeeded",
            {"bytes": 10},
            {},
        )
