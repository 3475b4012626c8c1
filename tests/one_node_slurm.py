"""A one-node Slurm of the tests' own, which keeps no accounts; tests speak to it by ``SLURM_CONF``."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NEEDED = ("sbatch", "srun", "squeue", "scancel", "sinfo", "munged", "slurmctld", "slurmd")
MISSING = [name for name in NEEDED if shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin") is None]
on_a_real_slurm = pytest.mark.skipif(
    bool(MISSING) or os.geteuid() != 0,
    reason=f"a Slurm of one's own needs root and these programs: {', '.join(MISSING) or 'all are here'}",
)
CONFIGURATION = """\
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={folder}/munge.sock
SlurmctldPort={ports[0]}
SlurmdPort={ports[1]}
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SelectType=select/cons_tres
ReturnToService=2
KillWait=2
JobAcctGatherType=jobacct_gather/none
JobCompType=jobcomp/none
AccountingStorageType=accounting_storage/none
NodeName={host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=debug Nodes={host} Default=YES MaxTime=INFINITE State=UP
"""


def _free_ports(count: int) -> list[int]:
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(one.getsockname()[1]) for one in sockets]
    for one in sockets:
        one.close()
    return ports


def _start(folder: Path, environ: dict[str, str]) -> list[subprocess.Popen[bytes]]:
    (folder / "munge.key").write_bytes(os.urandom(128))
    (folder / "munge.key").chmod(0o400)
    host = socket.gethostname().split(".")[0]
    text = CONFIGURATION.format(folder=folder, host=host, ports=_free_ports(2), cpus=os.cpu_count())
    Path(environ["SLURM_CONF"]).write_text(text)
    for name in ("state", "spool"):
        (folder / name).mkdir()
    files = {"key-file": "munge.key", "socket": "munge.sock", "pid-file": "munge.pid", "seed-file": "munge.seed"}
    munge = ["munged", "--foreground", "--force", *(f"--{name}={folder / file}" for name, file in files.items())]
    commands = [munge, ["slurmctld", "-D"], ["slurmd", "-D", "-N", host]]
    with (folder / "daemons.log").open("wb") as log:
        daemons = []
        for command in commands:
            daemons.append(subprocess.Popen(command, env=environ, stdout=log, stderr=log, start_new_session=True))
            if command is munge:
                _wait_until((folder / "munge.sock").exists, folder)
    _wait_until(lambda: _sinfo(environ) == "idle", folder)
    return daemons


def _sinfo(environ: dict[str, str]) -> str:
    command = ["sinfo", "--noheader", "--format=%T"]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False).stdout.strip()


def _wait_until(is_so: Callable[[], bool], folder: Path) -> None:
    end = time.monotonic() + 30
    while not is_so():
        if time.monotonic() > end:
            logs = "\n".join(path.read_text(errors="replace")[-3000:] for path in folder.glob("*.log"))
            pytest.fail(f"Slurm did not start:\n{logs}")
        time.sleep(0.1)


@contextmanager
def one_node_slurm() -> Iterator[dict[str, str]]:
    """The environment in which Slurm's commands speak to a Slurm that goes on within."""
    # A socket's path has 107 bytes at most, and jobs need folders that others may enter.
    folder = Path(tempfile.mkdtemp(prefix="slurm-", dir="/tmp"))
    folder.chmod(0o755)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin"
    environ = {**os.environ, "SLURM_CONF": str(folder / "slurm.conf"), "PATH": path}
    daemons: list[subprocess.Popen[bytes]] = []
    try:
        daemons = _start(folder, environ)
        yield environ
    finally:
        if daemons:
            subprocess.run(["scancel", "--full", "--signal=KILL", "--user=root"], env=environ, timeout=20, check=False)
        for daemon in reversed(daemons):
            daemon.terminate()
            try:
                daemon.wait(20)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        shutil.rmtree(folder, ignore_errors=True)
