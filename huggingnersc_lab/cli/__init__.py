"""The command line: ``huggingnersc``."""

from __future__ import annotations

import io
import os
import sys


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    # Set before huggingface_hub is imported; this process is ours alone. Without it the first request may wait
    # seconds for a service that only counts users.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no UTF-8 gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        from huggingnersc_lab.cli.commands import app

        if "--json" in sys.argv:
            sys.exit(_run_for_a_program())
        app(prog_name="huggingnersc")
    except KeyboardInterrupt:  # before any command had begun
        sys.exit(130)


def _run_for_a_program() -> int:
    """The exit code; a wrong call, which typer would draw in a box, is told as JSON like every other error."""
    from huggingnersc_lab.cli.commands import app

    try:
        code = app(prog_name="huggingnersc", standalone_mode=False)
    except Exception as err:
        # By its method: where the class lives depends on typer's release.
        if not hasattr(err, "format_message"):
            raise
        import json

        problem = {"site": {}, "code": "usage", "detail": err.format_message(), "errors": []}
        sys.stderr.write(json.dumps(problem, indent=2) + "\n")
        return 2
    return code if isinstance(code, int) else 0
