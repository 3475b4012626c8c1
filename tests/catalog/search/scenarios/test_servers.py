"""Several servers on one catalog and one index while two processes publish."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[4] / "benchmarks" / "servers.py"


def test_servers_do_not_hinder_each_other_and_nothing_is_lost() -> None:
    environment = os.environ | {"SERVERS": "6", "SECONDS": "4"}
    found = json.loads(subprocess.check_output([sys.executable, str(PROGRAM), "--json"], env=environment, timeout=100))
    assert (found["errors"], found["lost"], found["too_many"]) == (0, 0, 0), found
    assert found["published"] > 4
    assert found["searches"] > 12
    assert found["longest_search"] < 1
