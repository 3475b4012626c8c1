from __future__ import annotations

import subprocess
import sys
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
