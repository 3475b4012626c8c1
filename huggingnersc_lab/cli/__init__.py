"""The command line: ``huggingnersc``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave the process with its exit code."""
    import os

    # Set before huggingface_hub is imported; this process is ours alone. Without it the first request may wait
    # seconds for a service that only counts users.
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")

    from huggingnersc_lab.cli.commands import app

    app(prog_name="huggingnersc")
