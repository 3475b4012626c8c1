"""The command line: ``huggingnersc``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import io
    import os

    # Set before huggingface_hub is imported; this process is ours alone. Without it the first request may wait
    # seconds for a service that only counts users.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

    import sys

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that knows no UTF-8 gets escapes, not a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        from huggingnersc_lab.cli.commands import app

        app(prog_name="huggingnersc")
    except KeyboardInterrupt:  # before any command had begun
        sys.exit(130)
