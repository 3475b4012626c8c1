"""Programs that take the place of Slurm's."""

from __future__ import annotations

from pathlib import Path


def program(folder: Path, name: str, body: str) -> None:
    """Write a shell script that can be run by its name."""
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)
