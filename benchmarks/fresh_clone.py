"""A fresh clone to the end of ``make demo LAB=0`` with cold caches, next to installing JupyterLab alone.

Takes minutes and needs the network, so ``make bench`` runs it last and ``make bench FRESH=0`` leaves it out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from measure import Figure, show

ROOT = Path(__file__).parents[1]


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        inherited = {key: value for key, value in os.environ.items() if key not in ("VIRTUAL_ENV", "MAKEFLAGS")}
        own = str(Path(sys.executable).parent)
        inherited["PATH"] = os.pathsep.join(p for p in inherited["PATH"].split(os.pathsep) if p != own)
        cold = inherited | {
            "PIP_NO_CACHE_DIR": "1",
            "XDG_CACHE_HOME": f"{folder}/cache",
            "YARN_GLOBAL_FOLDER": f"{folder}/yarn",
            "YARN_ENABLE_GLOBAL_CACHE": "false",
            "npm_config_cache": f"{folder}/npm",
        }

        def timed(*command: str) -> float:
            start = time.monotonic()
            subprocess.run(command, cwd=clone, env=cold, check=True, stdin=subprocess.DEVNULL)
            return time.monotonic() - start

        ours = timed("make", "demo", "LAB=0")
        again = timed("make", "demo", "LAB=0")
        subprocess.run([sys.executable, "-m", "venv", f"{folder}/peer"], check=True)
        peer = timed(f"{folder}/peer/bin/pip", "install", "-q", "jupyterlab")
    show(
        "A fresh clone, cold caches",
        "python benchmarks/fresh_clone.py",
        [
            Figure("clone to the end of make demo LAB=0", ours, peer, "pip install jupyterlab", "s"),
            Figure("  next to the aim of 5 minutes", ours, 300, "the aim", "s", 1.0),
            Figure("make demo LAB=0 again", again, ours, "the first time", "s"),
        ],
    )


if __name__ == "__main__":
    main()
