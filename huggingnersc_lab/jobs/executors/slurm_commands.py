"""Slurm's commands: each within a time, in an environment that holds no secret."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

MOST_WORDS = 500
"""So many characters of what a command complains of are passed on."""

PASSED_ON = (
    *("HOME", "USER", "LOGNAME", "SHELL", "PATH", "LANG", "LC_*", "TZ", "XDG_*"),
    *("PYTHONPATH", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV"),
    *("HF_HOME", "HF_ENDPOINT", "HF_TOKEN_PATH", "HF_HUB_*", "HUGGINGNERSC_*"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "http_proxy", "https_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SLURM_CONF"),
)
"""Names of the variables that Slurm's commands, and so the jobs, get. Slurm's controller keeps a job's environment on
its disk, so everything else stays behind. ``SBATCH_*`` does, too: it would win over what stands in the script."""

_SECRET = re.compile(r"TOKEN$|SECRET|PASS$|PASSWORD|PASSWD|PASSKEY|CREDENTIAL|(^|_)KEY$", re.IGNORECASE)
_USER_IN_ADDRESS = re.compile(r"://[^/\s]*@")
_PREFIX = re.compile(r"^(?:sbatch|squeue|sacct|scancel|sinfo): (?:error: |fatal: )?", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Answer:
    """What a command said.

    Attributes:
        worked: whether it ended well.
        out: what it printed.
        words: what it complained of, in one line; or that it was not there or did not answer.
    """

    worked: bool
    out: str
    words: str = ""


def is_installed() -> bool:
    """Whether this machine has Slurm's commands; whether a controller answers them is another question."""
    return shutil.which("sbatch") is not None


def run(command: Sequence[str], *, seconds: float, folder: Path | None = None) -> Answer:
    """Run a command of Slurm's.

    Args:
        command: the command, without a shell.
        seconds: how long it may take; one that takes longer is killed.
        folder: where it is run; here when left out.
    """
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        return Answer(False, "", f"'{command[0]}' did not answer within {seconds:g} seconds")
    except OSError as err:
        return Answer(False, "", f"'{command[0]}' cannot be run on this machine: {err.strerror or err}")
    return Answer(done.returncode == 0, done.stdout.decode("utf-8", "replace"), _in_one_line(done.stderr))


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables that are passed on: those of :data:`PASSED_ON` that look like no secret."""
    return {
        name: value
        for name, value in environ.items()
        if any(fnmatchcase(name, pattern) for pattern in PASSED_ON)
        and not _SECRET.search(name)
        and not _has_password(name, value)
    }


def _has_password(name: str, value: str) -> bool:
    """Whether an address in it may hold a user's name and password; a proxy's may stand there without its scheme."""
    return bool(_USER_IN_ADDRESS.search(value)) or (name.lower().endswith("_proxy") and "@" in value)


def _in_one_line(complaint: bytes) -> str:
    text = _PREFIX.sub("", complaint.decode("utf-8", "replace")).strip()
    return _CONTROL.sub("; ", text)[:MOST_WORDS]
