from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from jupyter_server.serverapp import ServerApp
from jupyter_server.utils import JupyterServerAuthWarning

from huggingnersc_lab.app import HuggingNERSC

TRAITS = {
    "site": "nersc",
    "catalog_root": "/global/catalog",
    "hub_url": "https://hub.example.org",
    "organization": "NERSC",
}


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {
        "ServerApp": {"jpserver_extensions": {"huggingnersc_lab": True}},
        "HuggingNERSC": TRAITS,
    }


def test_reads_its_traits_from_the_server_config(jp_serverapp: ServerApp) -> None:
    (app,) = jp_serverapp.extension_manager.extension_apps["huggingnersc_lab"]
    assert isinstance(app, HuggingNERSC)
    assert {name: getattr(app, name) for name in TRAITS} == TRAITS


def test_every_route_asks_for_authentication(recwarn: pytest.WarningsRecorder) -> None:
    server = ServerApp(
        allow_unauthenticated_access=False,
        jpserver_extensions={"huggingnersc_lab": True},
        reraise_server_extension_failures=True,
    )
    server.initialize(argv=[], find_extensions=False, new_httpserver=False)
    assert [str(w.message) for w in recwarn if w.category is JupyterServerAuthWarning] == []


def test_the_load_leaves_heavy_imports_for_later() -> None:
    code = (
        "import sys\n"
        "from jupyter_server.serverapp import ServerApp\n"
        "app = ServerApp(jpserver_extensions={'huggingnersc_lab': True},\n"
        "                reraise_server_extension_failures=True)\n"
        "app.initialize(argv=[], find_extensions=False, new_httpserver=False)\n"
        "assert 'huggingnersc_lab.app' in sys.modules\n"
        "print([m for m in ('huggingface_hub', 'dulwich', 'typer') if m in sys.modules])\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_practice_hub_is_served_while_the_server_runs(tmp_path: Path) -> None:
    environment = os.environ | {"HUGGINGNERSC_SITE": "sandbox", "HUGGINGNERSC_PRACTICE_DIR": str(tmp_path / "practice")}
    command = [
        *(sys.executable, "-m", "jupyter_server", "--no-browser", "--port=0", f"--ServerApp.root_dir={tmp_path}"),
        *("--ServerApp.jpserver_extensions={'huggingnersc_lab': True}", "--allow-root"),
    ]
    server = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert server.stderr is not None
        url = next(line for line in server.stderr if "practice Hub is at" in line).split()[-1]
        with urllib.request.urlopen(url, timeout=10) as page:
            assert b"Practice Hub" in page.read()
    finally:
        server.terminate()
        server.communicate(timeout=30)
    assert not (tmp_path / "practice" / "hub" / "hub.json").exists()
