"""Ctrl-C, and a batch system's SIGTERM, at any time: nothing is left behind, or the way out is named."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.cli.conftest import IRIS, PROGRAM, Run, on_hub, surroundings
from tests.practice_hub import FaultyHub

# Many programs are started one after the other, each of which takes its time on a busy machine.
pytestmark = pytest.mark.timeout(900)

PATIENCE = 300
"""Seconds after which something will never happen; no test depends on how long it takes."""

Check = Callable[[], None]
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    """A command that goes on while the test does something to it."""
    begun: list[subprocess.Popen[str]] = []

    def begin(*arguments: str, **environment: str) -> subprocess.Popen[str]:
        begun.append(
            subprocess.Popen(
                [*PROGRAM, *arguments],
                env=surroundings({"HUGGINGNERSC_HUB_TIMEOUT": "60", **environment}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
            )
        )
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "what was waited for did not happen"
        time.sleep(0.005)


def answered(hub: FaultyHub, path: str) -> bool:
    """Whether the Hub has carried out a POST to such a path."""
    return any(request.method == "POST" and fnmatch(request.path, path) for request in hub.requests)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("path", ["/api/repos/create", "*/preupload/*", "*/commit/*"])
def test_a_stop_while_the_hub_is_asked_takes_everything_back(
    start: Start, practice_hub: FaultyHub, nothing_made: Check, path: str, number: signal.Signals
) -> None:
    practice_hub.faults.add("hold", path=path, method="POST")
    process = start("catalog-new-dataset", *IRIS)
    wait_for(lambda: practice_hub.faults.held)
    before = len(practice_hub.requests)
    process.send_signal(number)
    wait_for(lambda: len(practice_hub.requests) > before or process.poll() is not None)  # it has begun to undo
    practice_hub.faults.release()
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    assert "Error: Stopped; the steps already done were undone. Nothing was left behind." in err
    wait_for(lambda: answered(practice_hub, path))  # it is carried out even though nobody waits for its answer
    nothing_made()


@pytest.mark.timeout(600)  # one whole run for each of the answers
def test_a_stop_at_any_moment(start: Start, practice_hub: FaultyHub, practice_root: Path, run: Run) -> None:
    """After each of the Hub's answers, and when the entry is there: it ends in all, in nothing, or undo removes it."""
    assert start("catalog-new-dataset", *IRIS).wait(timeout=PATIENCE) == 0
    answers = len(practice_hub.requests)
    assert run("retire", "iris", "--hub").code == 0
    outcomes = set()
    for moment in (*range(answers + 1), None):
        practice_hub.clear_requests()
        process = start("catalog-new-dataset", *IRIS)

        def has_come(moment: int | None = moment, process: subprocess.Popen[str] = process) -> bool:
            if moment is None:
                return (practice_root / "iris").exists() or process.poll() is not None
            return len(practice_hub.requests) >= moment or process.poll() is not None

        wait_for(has_come)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=PATIENCE)
        if "resume iris" in err:
            assert run("undo", "iris").code == 0
        if (practice_root / "iris").exists():
            outcomes.add("made")
            assert "added to the catalog" in err or "is published" in err, err
            assert on_hub(practice_hub) == ["NERSC/iris"]
            assert run("retire", "iris", "--hub").code == 0
        else:
            outcomes.add("nothing")
            assert process.returncode in (130, -signal.SIGINT), err
        assert on_hub(practice_hub) == []
        left = list(practice_root.iterdir()) if practice_root.exists() else []
        assert left == [], (moment, err)
    assert "nothing" in outcomes


def test_a_second_stop_while_it_takes_back_names_the_way_out(
    start: Start, practice_hub: FaultyHub, run: Run, nothing_made: Check
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    practice_hub.faults.add("hold", path="/api/repos/delete")
    process = start("catalog-new-dataset", *IRIS)
    wait_for(lambda: practice_hub.faults.held)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130, err
    assert "'huggingnersc undo iris' to remove it" in err
    practice_hub.faults.clear()
    assert run("undo", "iris").code == 0
    nothing_made()


def test_a_stop_while_it_asks(practice_hub: FaultyHub, nothing_made: Check) -> None:
    """The question comes only in a terminal, and only before a real Hub is written to."""
    for answer in ("\x03", "\x04", "n\n"):
        session = {"HF_ENDPOINT": practice_hub.url, "HF_TOKEN": practice_hub.tokens["admin"]}
        leader, follower = pty.openpty()
        child = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n" + PROGRAM[-1]
        process = subprocess.Popen(
            [sys.executable, "-c", child, "catalog-new-dataset", *IRIS],
            env=surroundings(session),
            stdin=follower,
            stdout=follower,
            stderr=follower,
            start_new_session=True,
        )
        os.close(follower)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(leader, 1024)
        assert f"Publish 'iris' to NERSC on {practice_hub.url}?".encode() in b" ".join(said.split())
        said = _answered(leader, process, answer.encode())
        assert process.wait(timeout=PATIENCE) == 130
        assert b"Stopped. Nothing was changed." in said
        os.close(leader)
    nothing_made()


def _answered(leader: int, process: subprocess.Popen[bytes], answer: bytes) -> bytes:
    """What is said after an answer, which is given again: a terminal may drop it until somebody reads."""
    said = b""
    while process.poll() is None:
        try:
            os.write(leader, answer)
            while select.select([leader], [], [], 2)[0] and (more := os.read(leader, 1024)):
                said += more
        except OSError:  # the other end is closed
            process.wait(timeout=PATIENCE)
    return said
