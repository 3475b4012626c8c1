"""Calls by worker processes: what they answer, and what hangs, dies or is too much."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workers import calls, pool, worker
from huggingnersc_lab.workers.calls import UnansweredError, Workers
from huggingnersc_lab.workers.registry import OPERATIONS

from .conftest import PATIENCE, is_gone, wait_until

HOME = str(Path(worker.__file__).parents[2])


def pid_of(workers: Workers) -> int:
    (idle,) = workers.pool._idle
    return idle.process.pid


def test_one_process_answers_one_call_after_the_other(workers: Workers) -> None:
    values = [None, True, 1, 1.5, "ä\udcff\n", ["a", {"b": [None]}], {"0": "bytes"}]
    assert [workers.call("echo", value, path="/tmp") for value in values] == values
    pid = pid_of(workers)
    assert workers.call("echo", b"\0\n[1]\xff" * 1000, path="/tmp") == b"\0\n[1]\xff" * 1000
    assert pid_of(workers) == pid


def test_what_is_larger_than_a_pipe(workers: Workers) -> None:
    content = os.urandom(3_000_000)
    assert workers.call("echo", content, path="/tmp", seconds=PATIENCE) == content
    names = [f"{number}-ä\udc80" for number in range(100_000)]
    assert workers.call("echo", names, path="/tmp", seconds=PATIENCE) == names


def test_what_an_operation_raises_is_raised(workers: Workers, tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    with pytest.raises(FileNotFoundError) as missing:
        workers.call("read_file", gone, 10, path=gone)
    assert missing.value.strerror == "No such file or directory"
    with pytest.raises(ValueError, match="embedded null"):
        workers.call("look", "/a\0b", path="/a")
    with pytest.raises(ValueError, match="surrogates not allowed"):
        workers.call("look", "/\ud800", path="/")
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        workers.call("divide", 1, 0, path="/")
    OPERATIONS["echo"] = "nowhere:x"
    with pytest.raises(RuntimeError, match="No module named 'nowhere'"):
        workers.call("echo", 1, path="/")
    assert pid_of(workers)  # none of them has ended the process


def test_one_that_hangs_is_killed_and_its_path_left_alone(workers: Workers) -> None:
    workers.call("echo", 1, path="/hung")
    pid, begin = pid_of(workers), time.monotonic()
    with pytest.raises(UnansweredError) as late:
        workers.call("sleep", 600, path="/hung", seconds=0.5, kept="It may be done later.")
    assert 0.5 <= time.monotonic() - begin < 5
    assert late.value.code == "storage"
    expected = "'/hung' did not respond within 0.5 seconds: its file system may be down. It may be done later."
    assert late.value.detail == f"{expected} Try again in a minute."
    wait_until(lambda: is_gone(pid))
    begin = time.monotonic()
    for path in ("/hung", "/hung/below"):
        with pytest.raises(UnansweredError, match=r"has not responded recently.*Nothing was changed"):
            workers.call("echo", 1, path=path)
    assert time.monotonic() - begin < 0.4
    assert workers.call("echo", 1, path="/hung-not") == 1


def test_what_hung_is_asked_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "sleep", "time:sleep")
    workers = Workers(hung_seconds=0.2)
    with pytest.raises(UnansweredError):
        workers.call("sleep", 600, path="/hung", seconds=0.1)

    def answers() -> bool:
        try:
            workers.call("sleep", 0, path="/hung")
        except UnansweredError:
            return False
        return True

    assert not answers()
    wait_until(answers)
    workers.close()


def test_of_many_calls_to_what_hangs_few_wait(workers: Workers) -> None:
    begin = time.monotonic()
    failures: list[str] = []

    def call() -> None:
        try:
            workers.call("sleep", 600, path="/hung", seconds=0.5)
        except UnansweredError as err:
            failures.append(err.detail)

    threads = [threading.Thread(target=call) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - begin < 5  # and not 50 waits
    assert len(failures) == 50
    assert 1 <= sum("within 0.5 seconds" in failure for failure in failures) <= pool.AT_ONCE
    assert workers.call("echo", 1, path="/other") == 1


def test_a_call_waits_for_a_worker_no_longer_than_it_may(workers: Workers) -> None:
    assert workers.pool.reserve(pool.AT_ONCE, 0) == pool.AT_ONCE
    begin = time.monotonic()
    with pytest.raises(UnansweredError, match="4 other file system calls"):
        workers.call("echo", 1, path="/tmp", wait=0.2)
    assert 0.2 <= time.monotonic() - begin < 5
    threading.Timer(0.2, workers.pool.release, [pool.AT_ONCE]).start()
    assert workers.call("echo", 1, path="/tmp", wait=PATIENCE) == 1


def test_batches_leave_a_worker_to_calls(workers: Workers, tmp_path: Path) -> None:
    workers.call("echo", 1, path="/tmp")
    taken = workers.pool.reserve(pool.AT_ONCE, 0, spare=pool.FOR_CALLS)
    assert taken == pool.AT_ONCE - pool.FOR_CALLS
    assert workers.batch("access", [str(tmp_path)], budget=0.1).failed == {str(tmp_path): "no_time"}
    assert workers.call("echo", 1, path="/tmp", wait=0) == 1
    workers.pool.release(taken)


def test_a_batch_is_given_more_than_its_paths(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "zip", "builtins:zip")
    found = workers.batch("zip", ["/a", "/b"], ["x", "y"]).found
    assert found == {"/a": ("/a", "x"), "/b": ("/b", "y")}
    with pytest.raises(RuntimeError, match="StopIteration"):  # there is no answer for the second one
        workers.batch("zip", ["/a", "/b"], ["x"])
    assert workers.call("echo", 1, path="/") == 1


def test_an_operation_that_ends_its_process_is_not_repeated(workers: Workers) -> None:
    with pytest.raises(UnansweredError, match="ended unexpectedly"):
        workers.call("end", 1, path="/tmp")
    assert workers.call("echo", 1, path="/tmp") == 1


def test_one_that_is_gone_before_it_has_begun_is_replaced(workers: Workers) -> None:
    workers.call("echo", 1, path="/tmp")
    (idle,) = workers.pool._idle
    os.kill(idle.process.pid, signal.SIGSTOP)  # so that it is seen to live while it is given work
    killer = threading.Timer(0.3, os.kill, [idle.process.pid, signal.SIGKILL])
    killer.start()
    assert workers.call("echo", 2, path="/tmp", seconds=PATIENCE) == 2
    assert pid_of(workers) != idle.process.pid


def test_one_that_does_not_start_says_nothing_of_the_file_system(
    workers: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    real = worker.command
    monkeypatch.setattr(worker, "START_SECONDS", 0.2)
    for command, words in (
        ([sys.executable, "-c", "import time; time.sleep(600)"], "did not start in time"),
        ([sys.executable, "-c", ""], "ended unexpectedly"),
        ([str(tmp_path / "no python")], "no process could be started"),
    ):
        monkeypatch.setattr(worker, "command", lambda command=command: command)
        with pytest.raises(UnansweredError, match=words):
            workers.call("echo", 1, path="/tmp")
    monkeypatch.setattr(worker, "START_SECONDS", PATIENCE)
    monkeypatch.setattr(worker, "command", real)
    assert workers.call("echo", 1, path="/tmp") == 1


def test_a_call_that_is_interrupted_leaves_no_worker_that_answers_late(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(worker.Worker, "wait", interrupt)
        with pytest.raises(KeyboardInterrupt):
            workers.call("echo", 1, path="/tmp")
    assert workers.call("echo", 2, path="/tmp") == 2
    assert workers.pool._taken == 0


def test_it_imports_only_what_the_operation_needs(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "eval", "builtins:eval")

    def modules() -> set[str]:
        found = workers.call("eval", "sorted(__import__('sys').modules)", path="/tmp")
        assert isinstance(found, list)
        return set(found)

    workers.call("look", "/tmp", path="/tmp")
    heavy = {"typing", "dataclasses", "subprocess", "pathlib", "platformdirs", "huggingface_hub", "jupyter_server"}
    assert modules() & (heavy | {"huggingnersc_lab.errors", "huggingnersc_lab.workers.calls"}) == set()
    assert workers.call("eval", "__import__('sys').modules['huggingnersc_lab'].__path__", path="/") == [
        f"{HOME}/huggingnersc_lab"
    ]
    workers.batch("access", ["/tmp"])
    assert modules() & heavy == {"typing", "dataclasses"}


def test_every_operation_is_there() -> None:
    for target in OPERATIONS.values():
        code = f"import sys; sys.path.append({HOME!r}); from huggingnersc_lab.workers import child; "
        code += f"child._skip_inits({target!r}, {HOME!r}); print(callable(child._function({target!r})))"
        done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == "True\n"


def test_an_error_of_ours_arrives_as_it_was(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(OPERATIONS, "names", "huggingnersc_lab.errors:json_pointer")
    assert workers.call("names", "tags", 0, path="/") == "/tags/0"  # its module is known to the worker now
    monkeypatch.setitem(OPERATIONS, "exec", "builtins:exec")
    code = "from huggingnersc_lab.errors import CatalogError as E, FieldError as F\n"
    code += "raise E('conflict', 'ä', [F('/a', 'b', 'c', 'd')])"
    with pytest.raises(CatalogError) as told:
        workers.call("exec", code, path="/")
    assert told.value.to_dict() == {
        "code": "conflict",
        "detail": "ä",
        "errors": [{"pointer": "/a", "code": "b", "detail": "c", "suggestion": "d"}],
    }


@pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/dev/fuse").exists() or shutil.which("unshare") is None,
    reason="only root can mount a file system that hangs, where the kernel has FUSE",
)
def test_a_mount_that_hangs_costs_one_wait(tmp_path: Path) -> None:
    script = Path(__file__).with_name("dead_mount.py")
    command = ["unshare", "-m", "--propagation", "private", sys.executable, str(script), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    if "Operation not permitted" in done.stderr:
        pytest.skip("nothing can be mounted here")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["statuses"] == ["readable"] + ["unknown"] * 201
    assert told["first"] < 5  # and not 201 waits
    assert told["second"] < 0.5
    assert told["link"]["code"] == "storage"
    assert "did not respond within 0.5 seconds" in told["link"]["detail"]
    for other in ("beside", "written"):  # on the mount that the link leads to
        assert "has not responded recently" in told[other]["detail"]
        assert told[other]["seconds"] < 0.4
    assert told["alive"] == "a"
    assert told["back"] == "ENOTCONN"
    assert told["closed"] < 5


def test_the_shared_ones_are_ended_with_the_program(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {HOME!r}); from huggingnersc_lab.workers.calls import workers\n"
        "workers().call('look', '/tmp', path='/tmp')\n"
        "print(workers().pool._idle[0].process.pid, flush=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    wait_until(lambda: is_gone(int(done.stdout)))
    assert done.stderr == ""
    assert calls.workers() is calls.workers()
