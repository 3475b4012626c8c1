"""Server configuration for the browser tests.

Never use it for anything else: it switches off Jupyter's protections and exposes JupyterLab's
application object in the browser's window.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from jupyterlab.galata import configure_jupyter_server

c = get_config()  # noqa: F821
configure_jupyter_server(c)

c.Application.log_level = "ERROR"
c.LabApp.extension_manager = "readonly"
c.ServerApp.allow_root = os.geteuid() == 0
c.ServerApp.port = int(os.environ["UI_TESTS_PORT"])

# Everything that the tests publish goes to a practice Hub of their own.
_practice = tempfile.mkdtemp(prefix="huggingnersc-ui-tests-")
os.environ["HUGGINGNERSC_SITE"] = "sandbox"
os.environ["HUGGINGNERSC_PRACTICE_DIR"] = _practice
os.environ["XDG_DATA_HOME"] = str(Path(_practice, "data"))
