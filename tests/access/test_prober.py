"""Looking at many paths by worker processes: what hangs, dies or is too much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.access import prober
from huggingnersc_lab.access.prober import Prober, check_access, owner_group
from huggingnersc_lab.workers import batch, pool, worker
from huggingnersc_lab.workers.calls import Workers

PATIENCE = 30


@pytest.fixture
def looking() -> Iterator[Prober]:
    found = Prober(Workers(), seconds=0.5)
    yield found
    found.workers.close()


def pid_of(looking: Prober) -> int:
    (idle,) = looking.workers.pool._idle
    return idle.process.pid


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


def wait_until(condition: Any) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_many_paths_by_one_process_that_stays(looking: Prober, tmp_path: Path) -> None:
    names = ["ä\udcff", "with space", "line\nbreak", '"', "a" * 250]
    for name in names:
        (tmp_path / name).write_text("")
    paths = [str(tmp_path / name) for name in names] + [str(tmp_path / f"gone {number}") for number in range(500)]
    found = looking.look(paths, at_once=1)
    assert list(found) == paths
    assert [found[path].status for path in paths] == ["readable"] * 5 + ["missing"] * 500
    assert found[paths[7]].blocked_at == paths[7]
    pid = pid_of(looking)
    looking.look(paths[:1])
    assert pid_of(looking) == pid


def test_odd_paths_are_answered(looking: Prober) -> None:
    odd = ["", "relative", "/a\0b", "/\ud800", "/" + "x" * 5000, "/tmp/../..", "/dev/null", "/" + "ä/" * 2000]
    assert {looking.look(odd)[path].status for path in odd} == {"missing", "readable"}
    assert looking.look([]) == {}


def test_nothing_is_started_before_there_is_work() -> None:
    code = (
        "import sys, os\n"
        "from huggingnersc_lab.access.prober import Prober, prober\n"
        "prober()\n"
        "print([m for m in ('huggingface_hub', 'jupyter_server', 'asyncio') if m in sys.modules])\n"
        "print(open(f'/proc/self/task/{os.getpid()}/children').read())\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[:2] == ["[]", ""]


def test_one_that_hangs_is_replaced_and_its_path_left_alone(looking: Prober, tmp_path: Path) -> None:
    (tmp_path / "b").write_text("")
    looking.look([str(tmp_path)])
    pid = pid_of(looking)
    os.kill(pid, signal.SIGSTOP)
    begin = time.monotonic()
    found = looking.look([str(tmp_path / "a"), str(tmp_path / "b")])
    assert 0.5 <= time.monotonic() - begin < 5
    assert found[str(tmp_path / "a")].status == "unknown"
    assert "did not respond" in str(found[str(tmp_path / "a")].detail)
    assert found[str(tmp_path / "b")].status == "readable"  # its own turn is another process's
    wait_until(lambda: is_gone(pid))
    begin = time.monotonic()
    again = looking.look([str(tmp_path / "a"), str(tmp_path / "a" / "below")])
    assert time.monotonic() - begin < 0.4
    assert {access.status for access in again.values()} == {"unknown"}


def test_what_hung_is_looked_at_again_after_a_while(tmp_path: Path) -> None:
    looking = Prober(Workers(hung_seconds=0.2), seconds=0.3)
    looking.look([str(tmp_path)])
    os.kill(pid_of(looking), signal.SIGSTOP)
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "unknown"
    wait_until(lambda: looking.look([str(tmp_path)])[str(tmp_path)].status == "readable")
    looking.workers.close()


def test_one_that_is_killed_is_replaced(looking: Prober, tmp_path: Path) -> None:
    looking.look([str(tmp_path)])
    os.kill(pid_of(looking), signal.SIGKILL)
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "readable"


def test_a_path_that_kills_whoever_looks_is_unknown(
    looking: Prober, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = f"import sys; sys.path.append({str(Path(worker.__file__).parents[2])!r}); "
    deadly = (
        "import os; from huggingnersc_lab.access import access; from huggingnersc_lab.workers import child; "
        "look = access.Walk.look; "
        "access.Walk.look = lambda self, path: os._exit(1) if path == '/deadly' else look(self, path); "
        f"child.main({str(Path(worker.__file__).parents[2])!r})"
    )
    monkeypatch.setattr(worker, "command", lambda: [sys.executable, "-I", "-S", "-c", begin + deadly])
    found = looking.look([str(tmp_path), "/deadly", str(tmp_path / "gone")])
    assert [access.status for access in found.values()].count("unknown") == 1
    assert (found["/deadly"].status, found["/deadly"].detail) == ("unknown", "the checking process died")
    assert found[str(tmp_path / "gone")].status == "missing"


def test_the_time_of_one_call_is_limited(looking: Prober, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "command", lambda: [sys.executable, "-c", "import time; time.sleep(60)"])
    begin = time.monotonic()
    found = looking.look([str(tmp_path), "/x"], budget=0.3)
    assert time.monotonic() - begin < 5
    assert {access.status for access in found.values()} == {"unknown"}
    assert {access.detail for access in found.values()} == {"there was no time left to check"}


def test_where_no_process_can_be_started_nothing_is_known(
    looking: Prober, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "command", lambda: [str(tmp_path / "no python")])
    found = looking.look([str(tmp_path)])[str(tmp_path)]
    assert (found.status, found.detail) == ("unknown", "no process could be started for the check")


def test_nobody_is_sent_after_too_many_that_are_held(
    looking: Prober, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Held:
        def poll(self) -> int | None:
            return None

    monkeypatch.setattr(looking.workers.pool, "_killed", [Held()] * pool.MOST_HELD)
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "unknown"
    monkeypatch.setattr(looking.workers.pool, "_killed", [])
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "readable"


def test_an_order_that_is_longer_than_a_pipe(looking: Prober, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "CHUNK", 200)
    paths = [f"/{number}/" + "ä" * 100 + "/" + "b" * 3000 for number in range(200)]
    found = looking.look(paths, at_once=1)
    assert {access.status for access in found.values()} == {"missing"}
    assert len(found) == 200


def test_several_threads_share_a_few_processes(looking: Prober, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / str(number)).write_text("")
    paths = [str(tmp_path / str(number)) for number in range(300)]
    statuses: list[set[str]] = []

    def look() -> None:
        statuses.append({access.status for access in looking.look(paths, budget=PATIENCE).values()})

    threads = [threading.Thread(target=look) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [{"readable"}] * 8
    assert 1 <= len(looking.workers.pool._idle) <= pool.AT_ONCE - pool.FOR_CALLS


def test_a_worker_gets_no_token_and_takes_no_module_from_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "huggingnersc_lab.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('taken from here')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "json.py"))
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    monkeypatch.setenv("JUPYTERHUB_API_TOKEN", "secret")
    looking = Prober(Workers())
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "readable"
    environment = Path(f"/proc/{pid_of(looking)}/environ").read_bytes()
    assert b"secret" not in environment
    assert b"TOKEN" not in environment
    looking.workers.close()


@pytest.mark.parametrize("options", [["-P"], ["-I"], ["-S"], ["-O"]])
def test_it_works_however_python_was_started(options: list[str], tmp_path: Path) -> None:
    if options == ["-P"] and sys.version_info < (3, 11):
        pytest.skip("Python 3.10 knows no -P")
    home = str(Path(prober.__file__).parents[2])
    code = (
        f"import sys; sys.path.insert(0, {home!r}); from huggingnersc_lab.access.prober import check_access; "
        f"print(check_access({str(tmp_path)!r}).status)"
    )
    done = subprocess.run([sys.executable, *options, "-c", code], capture_output=True, text=True, cwd="/", check=True)
    assert (done.stdout, done.stderr) == ("readable\n", "")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM, None])
def test_workers_end_with_whoever_started_them(end: signal.Signals | None, tmp_path: Path) -> None:
    home = str(Path(prober.__file__).parents[2])
    code = (
        f"import sys; sys.path.insert(0, {home!r}); from huggingnersc_lab.access import prober\n"
        f"prober.check_access({str(tmp_path)!r})\n"
        "print(prober.prober().workers.pool._idle[0].process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        assert server.stdout is not None
        pid = int(server.stdout.readline())
        assert not is_gone(pid)
        if end is not None:
            server.send_signal(end)
    wait_until(lambda: is_gone(pid))


def test_a_worker_without_work_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin = f"import sys; sys.path.append({str(Path(worker.__file__).parents[2])!r}); "
    home = str(Path(worker.__file__).parents[2])
    quick = f"from huggingnersc_lab.workers import child; child.IDLE_SECONDS = 0.05; child.main({home!r})"
    monkeypatch.setattr(worker, "command", lambda: [sys.executable, "-I", "-S", "-c", begin + quick])
    looking = Prober(Workers())
    looking.look([str(tmp_path)])
    pid = pid_of(looking)
    wait_until(lambda: is_gone(pid))
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "readable"
    looking.workers.close()


def test_a_fork_uses_no_worker_of_its_parent(looking: Prober, tmp_path: Path) -> None:
    looking.look([str(tmp_path)])
    pid = pid_of(looking)
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            found = looking.look([str(tmp_path)])[str(tmp_path)]
            os.write(write, f"{found.status} {pid_of(looking) != pid}".encode())
            looking.workers.close()
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert os.read(read, 100) == b"readable True"
    os.close(read)
    os.close(write)
    assert looking.look([str(tmp_path)])[str(tmp_path)].status == "readable"
    assert pid_of(looking) == pid


def test_one_is_shared_by_all_of_the_process() -> None:
    assert prober.prober() is prober.prober()


def test_who_owns_it(tmp_path: Path) -> None:
    assert check_access(str(tmp_path)).status == "readable"
    assert owner_group(str(tmp_path / "none")) is None
    assert owner_group(str(tmp_path)) == check_access(str(tmp_path)).owning_group


def test_the_locale_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "ä").write_text("")
    home = str(Path(prober.__file__).parents[2])
    code = (
        f"import os, sys; sys.path.insert(0, {home!r}); from huggingnersc_lab.access.prober import prober; "
        "names = [sys.argv[1], sys.argv[1] + '\\u4e2d', '/\\ud800']; "
        "print([access.status for access in prober().look(names).values()])"
    )
    environment = os.environ | {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    command = [sys.executable, "-c", code, str(tmp_path / "ä")]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=True)
    assert done.stdout == "['readable', 'missing', 'missing']\n"
