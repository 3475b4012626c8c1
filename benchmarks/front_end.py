"""What the front end costs a start of JupyterLab, in Chromium, next to two labextensions that others use.

The peers' packages are unpacked into a scratch folder and served from there: their files alone, without the server
part of theirs. Sizes are those of the bodies that the browser was given, compressed with gzip. The time is what the
entry takes to run and its plugins' ``activate`` functions to return; what they leave for later is not in it.
"""

from __future__ import annotations

import gzip
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from measure import Figure, median, show

ROOT = Path(__file__).parents[1]
PEERS_FOLDER = ROOT / ".benchmarks" / "peers"
OURS = "huggingnersc-lab"
PEERS = {"rucio-jupyterlab": "rucio-jupyterlab==41.0.0", "@jupyterlab/git": "jupyterlab-git-core==0.55.0"}
RELOADS = 15
KILO = 1000  # bytes of a kB


def main() -> None:
    extensions = unpack_peers()
    folders = {name: extensions / name for name in PEERS}
    folders[OURS] = ROOT / "huggingnersc_lab" / "labextension"
    with tempfile.TemporaryDirectory() as folder, jupyter_lab(Path(folder), extensions) as url:
        script = ROOT / "ui-tests" / "measure-start.mjs"
        done = subprocess.run(["node", script, url, str(RELOADS), *folders], stdout=subprocess.PIPE, check=True)
    starts: dict[str, dict[str, Any]] = json.loads(done.stdout)
    at_start = {name: sum(compressed(file) for file in loaded(folders[name], starts[name])) for name in folders}
    in_all = {name: sum(compressed(file) for file in programs(folder)) for name, folder in folders.items()}
    times = {name: median(starts[name]["milliseconds"]) for name in folders}
    figures = []
    for what, ours, unit, aim in (
        ("loaded with JupyterLab, gzip", at_start, "kB", 15),
        ("all of it, gzip", in_all, "kB", 250),
        (f"activation, median of {RELOADS} reloads", times, "ms", 10),
    ):
        figures += [Figure(what, ours[OURS], ours[peer], peer, unit) for peer in PEERS]
        figures.append(Figure(f"  next to the aim of {aim} {unit}", ours[OURS], aim, "the aim", unit, 1.0))
    show("Front end at the start of JupyterLab", "python benchmarks/front_end.py", figures)


def unpack_peers() -> Path:
    """Get the peers' packages once, and lay out their labextensions as Jupyter wants them."""
    target = PEERS_FOLDER / "labextensions"
    for name, requirement in PEERS.items():
        if (target / name / "package.json").is_file():
            continue
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(PEERS_FOLDER)]
        subprocess.run([*pip, requirement], check=True, stderr=subprocess.PIPE)
        project, version = requirement.replace("-", "_").split("==")
        with zipfile.ZipFile(next(PEERS_FOLDER.glob(f"{project}-{version}-*.whl"))) as wheel:
            mark = f"/share/jupyter/labextensions/{name}/"
            for member in wheel.namelist():
                if mark in member:
                    file = target / name / member.split(mark)[1]
                    file.parent.mkdir(parents=True, exist_ok=True)
                    file.write_bytes(wheel.read(member))
    return target


@contextmanager
def jupyter_lab(folder: Path, extensions: Path) -> Iterator[str]:
    """A JupyterLab with nobody's settings, that also has the peers."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    environment = os.environ | {
        "HUGGINGNERSC_SITE": "sandbox",
        "HUGGINGNERSC_PRACTICE_DIR": str(folder / "practice"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        "XDG_CONFIG_HOME": str(folder / "user"),
        "XDG_DATA_HOME": str(folder / "data"),
    }
    options = ["--no-browser", "--Application.log_level=ERROR"]
    options += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    options += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder}"]
    options += ["--LabApp.expose_app_in_browser=True", f"--LabApp.extra_labextensions_path={extensions}"]
    if os.geteuid() == 0:
        options.append("--allow-root")
    server = subprocess.Popen([Path(sys.executable).with_name("jupyter"), "lab", *options], env=environment)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/api", timeout=5).close()
                break
            except OSError:
                if server.poll() is not None:
                    raise SystemExit("JupyterLab did not start.") from None
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/lab?token={token}"
    finally:
        server.terminate()
        server.wait()


def loaded(folder: Path, start: dict[str, Any]) -> list[Path]:
    """The files of an extension that were asked for before anything of it was opened."""
    files = [folder / "static" / path for path in start["files"]]
    if not files:
        raise SystemExit(f"JupyterLab did not load {folder}.")
    return files


def programs(folder: Path) -> list[Path]:
    """What a browser may be given of an extension: no source maps, no lists of licences."""
    return [file for file in (folder / "static").rglob("*") if file.is_file() and file.suffix not in (".map", ".json")]


def compressed(file: Path) -> float:
    """kB of a file, compressed as a server would."""
    return len(gzip.compress(file.read_bytes(), 6)) / KILO


if __name__ == "__main__":
    main()
