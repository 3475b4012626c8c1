"""What is read of a batch script's options, held against what the sbatch of this machine reads."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.batch import check_batch, render_batch
from huggingnersc_lab.render.entry import Entry

pytestmark = [
    pytest.mark.slurm,
    pytest.mark.skipif(shutil.which("sbatch") is None, reason="sbatch is not here: apt-get install slurm-wlm"),
]

CONFIGURATION = """\
ClusterName=one
SlurmctldHost={host}(127.0.0.1)
AuthType=auth/munge
NodeName={host} NodeAddr=127.0.0.1 CPUs=1 State=UNKNOWN
PartitionName=debug Nodes=ALL Default=YES
"""
END = "end of defined options"


def read_by_sbatch(text: str, folder: Path) -> dict[str, str] | None:
    """The options that sbatch reads; None where it refuses the script. No Slurm has to run for that."""
    host = socket.gethostname().split(".")[0]
    (folder / "slurm.conf").write_text(CONFIGURATION.format(host=host))
    (folder / "run.sh").write_bytes(text.encode())
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SBATCH_")}
    process = subprocess.Popen(
        ["sbatch", "-v", "--test-only", "run.sh"],
        cwd=folder,
        env=environ | {"SLURM_CONF": str(folder / "slurm.conf")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    found: dict[str, str] = {}
    is_read = False
    with process:
        for line in process.stderr:
            name, colon, value = line.removeprefix("sbatch: ").partition(":")
            if colon and not line.startswith("sbatch: error: "):
                found[name.strip()] = value.strip()
            if is_read := END in line:
                break
        process.kill()  # it would look for the controller now
    return {name: value for name, value in found.items() if name not in ("test-only", "verbose")} if is_read else None


def script(directives: str) -> str:
    return f"#!/bin/bash\n{directives}\nsrun python load.py\n"


def codes(text: str) -> set[str]:
    found = {finding.code for finding in check_batch(Script("run.sh", text))}
    return found - {"no_time", "no_size"}


@pytest.mark.parametrize(
    ("options", "read"),
    [
        ('--job-name="Big simulation"', {"job-name": "Big simulation"}),
        ("--job-name='Big simulation' -N 2", {"job-name": "Big simulation", "nodes": "2"}),
        ("-N 2 # why two", {"nodes": "2"}),
        ("-N2 -n 4", {"nodes": "2", "ntasks": "4"}),
        ("--nodes 2 --qos=debug", {"nodes": "2", "qos": "debug"}),
        ("--comment=a#b", {"comment": "a"}),
        ('--comment="a # b"', {"comment": "a # b"}),
        ('--comment="a\\"b"', {"comment": 'a"b'}),
        ("--comment=two'three four'five", {"comment": "twothree fourfive"}),
        ('--comment="$HOME"', {"comment": "$HOME"}),
        ("-q debug #SBATCH -N 3", {"qos": "debug"}),
        ("--exclusive -N 2", {"exclusive": "exclusive", "nodes": "2"}),
        ("-HN 2", {"hold": "set", "nodes": "2"}),
        ("-k -N 1", {"no-kill": "set", "nodes": "1"}),
    ],
)
def test_what_sbatch_takes_is_found_good(options: str, read: dict[str, str], tmp_path: Path) -> None:
    text = script(f"#SBATCH {options}")
    assert read_by_sbatch(text, tmp_path) == read
    assert codes(text) == set()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ("--job-name=Big simulation", "passed_over"),
        ("--job-name=Big\\ simulation", "passed_over"),
        ("-J Big simulation", "passed_over"),
        ("--exclusive user", "passed_over"),
        ("--nice 5", "passed_over"),
        ("-q = debug", "passed_over"),
        ("-HN 2 3", "passed_over"),
        ("-", "passed_over"),
        ("--time=half-an-hour", "bad_time"),
        ("-t=30:00", "bad_time"),
    ],
)
def test_what_sbatch_refuses_is_found(options: str, code: str, tmp_path: Path) -> None:
    text = script(f"#SBATCH {options}")
    assert read_by_sbatch(text, tmp_path) is None
    assert code in codes(text)


@pytest.mark.parametrize(
    ("text", "read", "code"),
    [
        (script("") + "#SBATCH -N 2\n", {}, "late_directive"),
        (script("set -e\n#SBATCH -N 2"), {}, "late_directive"),
        (script("# SBATCH -N 2"), {}, "not_read"),
        (script("#sbatch -N 2"), {}, "not_read"),
        (script("##SBATCH -N 2"), {}, None),
        (script("\n\n# a comment\n#SBATCH -N 2"), {"nodes": "2"}, None),
        (script("#SBATCH -N 1\n#SBATCH -N 2"), {"nodes": "2"}, None),
        ("#SBATCH -N 2\nsrun x\n", None, "no_shebang"),
    ],
)
def test_lines_that_sbatch_does_not_read_are_found(
    text: str, read: dict[str, str] | None, code: str | None, tmp_path: Path
) -> None:
    assert read_by_sbatch(text, tmp_path) == read
    assert codes(text) - {"no_directives"} == ({code} if code else set())


def test_what_is_made_is_read_whole(entry: Entry, tmp_path: Path) -> None:
    if entry.loader is None:
        return
    made = render_batch(entry).text
    read = read_by_sbatch(made, tmp_path)
    assert read is not None
    wanted = {line.split("=", 1)[0][10:]: line.split("=", 1)[1] for line in made.splitlines() if "#SBATCH --" in line}
    assert read == wanted
