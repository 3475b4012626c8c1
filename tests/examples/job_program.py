"""The program of a job's process with the kinds beside this file, as if they came with the package."""

from __future__ import annotations

import sys
from pathlib import Path

from huggingnersc_lab.cli import main
from huggingnersc_lab.workspace import tasks

if __name__ == "__main__":
    tasks.__path__.append(str(Path(__file__).with_name("kinds")))
    sys.argv[1:1] = ["job", "run"]
    main()
