"""The practice Hub in the foreground, and the demo."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyterlab_server.workspaces_handler import WorkspacesManager

from huggingnersc_lab.cli.practice import PANEL_ID, _workspaces_at_panel

from .conftest import IRIS, PROGRAM, Run, surroundings


@pytest.fixture
def sandbox() -> Iterator[subprocess.Popen[str]]:
    """The practice Hub as a process of its own, that has said what it has to say."""
    process = subprocess.Popen(
        [*PROGRAM, "sandbox", "--json"],
        env=surroundings({}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    yield process
    process.kill()
    process.communicate()


def said(process: subprocess.Popen[str]) -> dict[str, str]:
    """The JSON object that it prints when it is ready."""
    assert process.stdout is not None
    text = ""
    while not text.endswith("\n}\n"):
        text += process.stdout.readline()
    found: dict[str, str] = json.loads(text)
    return found


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(sandbox: subprocess.Popen[str], spawn: Run, run: Run, number: int) -> None:
    hub = said(sandbox)
    assert hub.keys() == {"site", "url", "organization", "token", "tokens"}
    made = spawn("catalog-new-dataset", *IRIS, "--json")
    assert made.code == 0, made.err
    assert made.json["repo_url"] == f"{hub['url']}/datasets/NERSC/iris"
    second = spawn("sandbox")
    assert second.code == 5
    assert f"is already running at {hub['url']}" in second.plain
    sandbox.send_signal(number)
    assert sandbox.wait(timeout=20) == 0
    assert sandbox.stderr is not None
    assert sandbox.stderr.read() == ""
    assert run("doctor").code == 0  # the next one is found or started as before


def test_what_it_prints_can_be_used_as_it_stands(sandbox: subprocess.Popen[str], spawn: Run) -> None:
    hub = said(sandbox)
    made = spawn("catalog-new-dataset", *IRIS, HF_ENDPOINT=hub["url"], HF_TOKEN=hub["token"])
    assert made.code == 0, made.err


def test_for_people_it_prints_address_and_tokens(tmp_path: Path) -> None:
    command = [*PROGRAM, "sandbox", "--dir", str(tmp_path / "own")]
    with subprocess.Popen(
        command, env=surroundings({}), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as hub:
        assert hub.stdout is not None
        assert hub.stderr is not None
        lines = []
        while not lines or not lines[-1].startswith("To use it"):
            lines.append(hub.stdout.readline())
        hub.send_signal(signal.SIGINT)
        assert hub.wait(timeout=20) == 0
        err = hub.stderr.read()
    assert lines[0].startswith("Practice Hub ")
    assert any(line.startswith("Token (read_scope) ") for line in lines)
    assert "export HF_ENDPOINT=http://127.0.0.1:" in lines[-1]
    assert err == "Practice site: nothing leaves this machine (use --site for a real one).\n"


def test_a_site_without_a_practice_hub(run: Run) -> None:
    result = run("sandbox", "--site", "nersc")
    assert (result.code, "has no practice Hub: choose a folder with --dir" in result.plain) == (4, True)


def test_the_demo_may_be_run_twice(spawn: Run, folder: Path) -> None:
    first = spawn("demo", "--dir", "made", "--json", HUGGINGNERSC_SITE="nersc")
    assert first.code == 0, first.err
    assert first.json["made"] is True
    assert first.json["site"]["practice"] is True
    assert Path(first.json["folder"]).is_relative_to(folder / "made")
    second = spawn("demo", "--dir", "made")
    assert second.code == 0, second.err
    assert "Iris (iris), cataloged before" in second.out
    assert second.err.startswith("Practice site: ")


def test_the_demo_says_how_to_try_slurm_where_that_answers(spawn: Run, folder: Path) -> None:
    commands = folder / "commands"
    commands.mkdir()
    for name, script in {"sbatch": "", "sinfo": "echo 'debug|up'", "sacct": ""}.items():
        (commands / name).write_text(f"#!/bin/sh\n{script}\n")
        (commands / name).chmod(0o755)
    shown = spawn("demo", "--dir", "made", PATH=f"{commands}:{os.environ['PATH']}")
    assert shown.code == 0, shown.err
    assert "huggingnersc update iris --set doi=10.24432/C56C76 --executor slurm" in " ".join(shown.out.split())
    (commands / "sinfo").write_text("#!/bin/sh\nexit 1\n")
    assert "--executor" not in spawn("demo", "--dir", "made", PATH=f"{commands}:{os.environ['PATH']}").out


def test_the_demo_s_lab_shows_the_panel_until_it_is_left_otherwise(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "src" / "plugins" / "CatalogPanel.ts"
    assert f"this.id = '{PANEL_ID}'" in source.read_text()
    folder = _workspaces_at_panel(tmp_path / "workspaces")
    manager = WorkspacesManager(str(folder))
    left = manager.load("default")["data"]["layout-restorer:data"]["left"]
    assert (left["current"], left["collapsed"], left["visible"]) == (PANEL_ID, False, True)
    other = {"data": {}, "metadata": {"id": "default"}}
    manager.save("default", json.dumps(other))
    assert _workspaces_at_panel(folder) == folder
    assert manager.load("default")["data"] == {}
