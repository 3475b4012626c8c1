"""The notebook of a distributed loader, on a real one-node Slurm that keeps no accounts."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook
from huggingnersc_lab.sites import load_site
from tests.one_node_slurm import on_a_real_slurm, one_node_slurm


@pytest.fixture(scope="module")
def slurm() -> Iterator[dict[str, str]]:
    """The environment in which Slurm's commands speak to a Slurm of this test's own."""
    with one_node_slurm() as environ:
        yield environ


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of the test's own; no scratch, no account."""
    for name in ("SCRATCH", "SBATCH_ACCOUNT", "SLURM_CONF"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def on_slurm(slurm: dict[str, str], home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("SLURM_CONF", "PATH"):
        monkeypatch.setenv(name, slurm[name])
    return home


def _entry(data: Path, loader: str, batch: str | None = None) -> Entry:
    record = DatasetRecord("sky", "Sky", ("n<1K",), data_path=str(data), loader="load_sky.py", is_distributed=True)
    site = load_site("sandbox", environ={})
    return Entry(record, site, Script("load_sky.py", loader), Script("sky.sh", batch) if batch else None)


def _client(entry: Entry, **options: Any) -> NotebookClient:
    notebook = nbformat.reads(render_notebook(entry), as_version=4)
    return NotebookClient(notebook, timeout=90, kernel_name="python3", **options)


def _printed(client: NotebookClient) -> dict[str, str]:
    return {
        cell.id: "".join(output.get("text", "") for output in cell.outputs)
        for cell in client.nb.cells
        if cell.cell_type == "code"
    }


@pytest.mark.slurm
@on_a_real_slurm
def test_the_job_runs_and_its_output_shows(on_slurm: Path) -> None:
    loader = "import os\nprint('sky from', os.environ['DATA_PATH'], 'on', os.environ['SLURM_NNODES'])\n"
    client = _client(_entry(on_slurm / "data", loader))
    client.execute()
    printed = _printed(client)
    work = on_slurm / "huggingnersc" / "sky"
    assert printed["work"] == f"Working in {work}\n"
    assert printed["submit"].startswith("Submitted as job ")
    job = printed["submit"].split()[3].rstrip(";")
    assert f"Job {job}: COMPLETED" in printed["follow"]
    assert printed["output"] == f"output-{job}.txt:\nsky from {on_slurm / 'data'} on 1\n"
    assert sorted(path.name for path in work.iterdir()) == ["load_sky.py", f"output-{job}.txt", "run_sky.sh"]


@pytest.mark.slurm
@on_a_real_slurm
def test_a_nasty_loader_reaches_the_job_byte_for_byte(on_slurm: Path, entry_named: Callable[[str], Entry]) -> None:
    loader = entry_named("hostile").loader
    assert loader is not None
    batch = (
        "#!/bin/bash\n#SBATCH --nodes=1 --time=1 --output=/nowhere/%j\n# {x} $x %x\n"
        "sha256sum load_sky.py; echo 'a' \"\\\\b\" '''\n'''\n"
    )
    client = _client(_entry(on_slurm / "data", loader.text, batch))
    client.execute()
    work = on_slurm / "huggingnersc" / "sky"
    assert (work / "load_sky.py").read_text("utf-8") == loader.text + "\n"
    assert (work / "sky.sh").read_text("utf-8") == batch
    assert "load_sky.py" in _printed(client)["output"]


@pytest.mark.slurm
@on_a_real_slurm
def test_a_job_that_fails_says_so(on_slurm: Path) -> None:
    client = _client(_entry(on_slurm / "data", "raise SystemExit('no sky today')\n"))
    client.execute()
    assert ": FAILED" in _printed(client)["follow"]
    assert "no sky today" in _printed(client)["output"]


@pytest.mark.slurm
@on_a_real_slurm
def test_what_slurm_refuses_is_shown_in_its_words(on_slurm: Path) -> None:
    batch = "#!/bin/bash\n#SBATCH --nodes=1 --partition=nothing\ntrue\n"
    client = _client(_entry(on_slurm / "data", "pass\n", batch))
    client.execute()
    printed = _printed(client)
    assert printed["submit"].startswith("Slurm rejected the job: sbatch: error: invalid partition specified: nothing")
    assert "set ACCOUNT above" in printed["submit"]
    assert printed["follow"] == printed["output"] == ""


@pytest.mark.slurm
@on_a_real_slurm
def test_watching_may_be_interrupted_while_the_job_goes_on(on_slurm: Path, slurm: dict[str, str]) -> None:
    client = _client(_entry(on_slurm / "data", "import time\ntime.sleep(60)\n"))

    def interrupt(cell: Any, **_: Any) -> None:
        if cell.id == "follow":
            threading.Timer(4, lambda: os.kill(client.km.provisioner.pid, signal.SIGINT)).start()

    client.on_cell_start = interrupt
    client.execute()
    printed = _printed(client)
    job = printed["submit"].split()[3].rstrip(";")
    assert f"Job {job}: RUNNING" in printed["follow"]
    assert "Stopped watching. The job continues" in printed["follow"]
    command = ["squeue", "--noheader", f"--jobs={job}", "--format=%T"]
    assert subprocess.run(command, env=slurm, capture_output=True, text=True, check=True).stdout == "RUNNING\n"
    subprocess.run(["scancel", job], env=slurm, check=True)


def test_without_sbatch_it_says_where_to_go(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    client = _client(_entry(home / "data", "pass\n"))
    client.execute()
    printed = _printed(client)
    assert printed["submit"] == (
        "sbatch is not available here: run this notebook on a machine that can submit batch jobs.\n"
    )
    assert printed["follow"] == printed["output"] == ""


def test_the_account_comes_from_the_environment_or_the_site(entry_named: Callable[[str], Entry]) -> None:
    entry = entry_named("distributed")
    site = replace(entry.site, slurm=replace(entry.site.slurm, account="m1"))
    assert (
        "ACCOUNT = os.environ.get('SBATCH_ACCOUNT', 'm1')"
        in nbformat.reads(render_notebook(replace(entry, site=site)), as_version=4).cells[8].source
    )
