"""Server configuration for the browser tests of accounts: a centre with a Hub of its own and an empty catalog.

The Hub is a practice Hub that the site file names by its address, so that nobody is signed in at first.
Never use it for anything else: it switches off Jupyter's protections.
"""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821
configure_jupyter_server(c)

_folder = Path(os.environ["UI_TESTS_SITE"])
_hub = subprocess.Popen(
    [sys.executable, "-m", "huggingnersc_lab", "--json", "sandbox", "--dir", str(_folder / "hub")],
    stdout=subprocess.PIPE,
    text=True,
)
atexit.register(_hub.terminate)
assert _hub.stdout is not None  # noqa: S101
# It answers in one JSON object, and goes on.
_url = json.loads("".join(iter(_hub.stdout.readline, "}\n")) + "}")["url"]

(_folder / "home").mkdir()
(_folder / "catalog").mkdir()
(_folder / "site.toml").write_text(
    f"""name = "example"
title = "Example Centre"
organization = "NERSC"
hub_url = "{_url}"
catalog_root = "{_folder / "catalog"}"
"""
)
os.environ.pop("HF_TOKEN", None)
os.environ["HF_HOME"] = str(_folder / "huggingface")
os.environ["HUGGINGNERSC_SITE"] = str(_folder / "site.toml")
# Tokens, drafts and jobs.
os.environ["XDG_CONFIG_HOME"] = str(_folder / "config")
os.environ["XDG_DATA_HOME"] = str(_folder / "data")

c.Application.log_level = "ERROR"
c.LabApp.extension_manager = "readonly"
c.ServerApp.allow_root = os.geteuid() == 0
c.ServerApp.port = int(os.environ["UI_TESTS_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.root_dir = str(_folder / "home")
