"""Server configuration for the browser tests: the site that `make demo` makes.

Never use it for anything else: it switches off Jupyter's protections and exposes JupyterLab's
application object in the browser's window.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

sys.path.append(str(Path(__file__).parents[1]))
from tests.practice_hub import FaultyHub

c = get_config()  # noqa: F821
configure_jupyter_server(c)

# A test that restarts its server names the folder, to find everything again.
_folder = Path(os.environ.get("UI_TESTS_SITE") or tempfile.mkdtemp(prefix="huggingnersc-ui-tests-"))
if "UI_TESTS_SITE" not in os.environ:
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)

subprocess.run(
    [sys.executable, "-m", "huggingnersc_lab", "demo", "--dir", str(_folder)],
    check=True,
    stdout=subprocess.DEVNULL,
)
# The extension finds it running and uses it: the tests make it fail, and ask what was asked of it.
_hub = FaultyHub(_folder / "practice" / "hub")
_hub.start()
atexit.register(_hub.stop)

os.environ["HUGGINGNERSC_SITE"] = "sandbox"
os.environ["HUGGINGNERSC_PRACTICE_DIR"] = str(_folder / "practice")
# Drafts, jobs and tokens of its own; nobody's real ones are seen or changed.
os.environ["XDG_DATA_HOME"] = str(_folder / "data")
os.environ["XDG_CONFIG_HOME"] = str(_folder / "config")
os.environ.pop("HF_TOKEN", None)
# A slow answer of the practice Hub holds a job for as long as a test looks at it.
os.environ["HUGGINGNERSC_HUB_TIMEOUT"] = "120"

c.Application.log_level = "ERROR"
c.LabApp.extension_manager = "readonly"
c.JupyterNotebookApp.expose_app_in_browser = True
c.ServerApp.allow_root = os.geteuid() == 0
c.ServerApp.base_url = os.environ.get("UI_TESTS_BASE_URL", "/")
c.ServerApp.port = int(os.environ["UI_TESTS_PORT"])
c.ServerApp.port_retries = 0
c.ServerApp.root_dir = str(_folder / "home")
