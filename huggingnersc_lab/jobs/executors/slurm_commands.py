"""Slurm's commands, each with a timeout and in an environment without secrets."""

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
"""Error output of a command is cut to this number of characters."""

PASSED_ON = (
    *("HOME", "USER", "LOGNAME", "SHELL", "PATH", "LANG", "LC_*", "TZ", "XDG_*"),
    *("PYTHONPATH", "PYTHONUSERBASE", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "CONDA_PREFIX", "CONDA_DEFAULT_ENV"),
    *("HF_HOME", "HF_ENDPOINT", "HF_TOKEN_PATH", "HF_HUB_*", "HUGGINGNERSC_*"),
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "http_proxy", "https_proxy", "no_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "SLURM_CONF"),
)
"""Names of the environment variables that Slurm's commands, and so the jobs, get. Slurm's controller writes a job's
environment to its disk, so all others are dropped; so is ``SBATCH_*``, which would override the script."""

_SECRET = re.compile(r"TOKEN$|SECRET|PASS$|PASSWORD|PASSWD|PASSKEY|CREDENTIAL|(^|_)KEY$", re.IGNORECASE)
_USER_IN_ADDRESS = re.compile(r"://[^/\s]*@")
_PREFIX = re.compile(r"^(?:sbatch|squeue|sacct|scancel|sinfo): (?:error: |fatal: )?", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True)
class Answer:
    """Output of a command.

    Attributes:
        worked: whether it succeeded.
        out: its standard output.
        words: its error output in one line; or that it was not found or did not respond.
    """

    worked: bool
    out: str
    words: str = ""


def is_installed() -> bool:
    """Whether this machine has Slurm's commands; a controller may still not respond."""
    return shutil.which("sbatch") is not None


def run(command: Sequence[str], *, seconds: float, folder: Path | None = None) -> Answer:
    """Run a Slurm command.

    Args:
        command: the command, without a shell.
        seconds: timeout, after which it is killed.
        folder: its working directory; the current one if omitted.
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
        return Answer(False, "", f"'{command[0]}' did not respond within {seconds:g} seconds")
    except OSError as err:
        return Answer(False, "", f"'{command[0]}' cannot be run on this machine: {err.strerror or err}")
    return Answer(done.returncode == 0, done.stdout.decode("utf-8", "replace"), _in_one_line(done.stderr))


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The variables to pass on: those in :data:`PASSED_ON` that do not look like secrets."""
    return {
        name: value
        for name, value in environ.items()
        if any(fnmatchcase(name, pattern) for pattern in PASSED_ON)
        and not _SECRET.search(name)
        and not _has_password(name, value)
    }


def _has_password(name: str, value: str) -> bool:
    """Whether it may contain a URL with user name and password; a proxy's URL may lack the scheme."""
    return bool(_USER_IN_ADDRESS.search(value)) or (name.lower().endswith("_proxy") and "@" in value)


def _in_one_line(complaint: bytes) -> str:
    text = _PREFIX.sub("", complaint.decode("utf-8", "replace")).strip()
    return _CONTROL.sub("; ", text)[:MOST_WORDS]
