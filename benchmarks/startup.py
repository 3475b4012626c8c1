"""How long the command line takes to start, next to importing the libraries that it cannot do without."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from measure import Figure, in_turns, median, show

ROUNDS = 11


def run(*command: str, environment: dict[str, str]) -> None:
    subprocess.run(command, check=True, capture_output=True, env=environment)


def main() -> None:
    huggingnersc = str(Path(sys.executable).with_name("huggingnersc"))
    with tempfile.TemporaryDirectory() as folder:
        # As an installed program runs: with its bytecode cached.
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        environment |= {"HUGGINGNERSC_PRACTICE_DIR": f"{folder}/practice", "PYTHONPYCACHEPREFIX": f"{folder}/cache"}
        run(huggingnersc, "demo", "--dir", f"{folder}/demo", environment=environment)
        environment["HUGGINGNERSC_PRACTICE_DIR"] = f"{folder}/demo/practice"
        libraries = [sys.executable, "-c", "import huggingface_hub, typer, jsonschema"]
        commands = [
            libraries,
            [huggingnersc, "--help"],
            [huggingnersc, "inspect-dataset", "iris"],
            [sys.executable, "-c", "pass"],
            [sys.executable, "-c", "import huggingnersc_lab"],
        ]
        for command in commands:
            run(*command, environment=environment)
        times = in_turns(
            ROUNDS, *(lambda command=command: run(*command, environment=environment) for command in commands)
        )
        peer, help_, inspect, bare, package = (1000 * median(values) for values in times)
    name = "import huggingface_hub, typer, jsonschema"
    show(
        "Start of the command line",
        "python benchmarks/startup.py",
        [
            Figure("huggingnersc --help", help_, peer, name, "ms", 1.5),
            Figure("huggingnersc inspect-dataset", inspect, peer, name, "ms", 1.5),
            Figure("import huggingnersc_lab", package, bare, "bare Python", "ms"),
            Figure("  of which ours (aim: under 30 ms)", max(package - bare, 0.1), 30, "the aim", "ms", 1.0),
        ],
    )


if __name__ == "__main__":
    main()
