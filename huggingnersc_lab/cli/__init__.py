"""The command line: ``huggingnersc``."""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run the command line and exit with its exit code."""
    # Set before huggingface_hub is imported; this process runs nothing else. Otherwise the first request may wait
    # seconds for the telemetry service.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal without UTF-8 gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        from huggingnersc_lab.cli.commands import app

        if "--json" in sys.argv:
            sys.exit(_run_for_a_program())
        app(prog_name="huggingnersc")
    except KeyboardInterrupt:  # before any command has started
        sys.exit(130)


def _run_for_a_program() -> int:
    """Return the exit code; usage errors, which typer would print in a box, are reported as JSON like all errors."""
    from huggingnersc_lab.cli.commands import app

    try:
        code = app(prog_name="huggingnersc", standalone_mode=False)
    except Exception as err:
        # Detected by its method: the module of the class depends on typer's version.
        if not hasattr(err, "format_message"):
            raise
        import json

        problem = {"site": {}, "code": "usage", "detail": err.format_message(), "errors": []}
        sys.stderr.write(json.dumps(problem, indent=2) + "\n")
        return 2
    return code if isinstance(code, int) else 0
