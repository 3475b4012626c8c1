from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_asks_for_no_newer_jupyterlab_than_it_is_written_for() -> None:
    # Left to itself the bundler asks for the JupyterLab it was built with, and older ones complain.
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    ranges = {name: wanted for name, wanted in package["dependencies"].items() if name.startswith("@jupyterlab/")}
    shared = package["jupyterlab"]["sharedPackages"]
    assert {name: share["requiredVersion"] for name, share in shared.items()} == ranges
