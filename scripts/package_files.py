"""Packages of PyPI and npm as folders of files, and what is in the files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any


class PackageError(Exception):
    """A package could not be fetched, or does not hold what is expected of it."""


def fetch_npm(name: str, version: str, folder: Path) -> Path:
    """Download a package with ``npm`` into ``folder``; returns where its files are."""
    target = folder / name
    target.mkdir(parents=True)
    _run(["npm", "pack", "--silent", f"{name}@{version}", "--pack-destination", str(target)])
    with tarfile.open(next(target.glob("*.tgz"))) as archive:
        archive.extractall(target, filter="data")
    return target / "package"


def fetch_pypi(name: str, version: str, folder: Path) -> Path:
    """Download a wheel with ``pip`` into ``folder``; returns where its files are."""
    target = folder / name
    target.mkdir(parents=True)
    download = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    _run([*download, "--only-binary=:all:", "--dest", str(target), f"{name}=={version}"])
    with zipfile.ZipFile(next(target.glob("*.whl"))) as wheel:
        wheel.extractall(target)
    return target


def read_json(path: Path) -> Any:
    """The content of a JSON file."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PackageError(f"{path.name} cannot be read: {error}") from error


def read_export(module: Path, name: str) -> Any:
    """What a CommonJS module exports under a name, as plain data, by running ``node``."""
    code = "process.stdout.write(JSON.stringify(require(process.argv[1])[process.argv[2]] ?? null))"
    data = json.loads(_run(["node", "-e", code, str(module), name]))
    if not data:
        raise PackageError(f"{module.name} does not export '{name}' any more")
    return data


def read_union(declarations: Path, name: str) -> list[str]:
    """The strings of a TypeScript type ``export type <name> = "a" | "b";``, in order."""
    text = declarations.read_text(encoding="utf-8")
    found = re.search(rf"export type {name}\s*=([^;]*);", text)
    members = re.findall(r'"([^"]+)"', found.group(1)) if found else []
    if not members:
        raise PackageError(f"{declarations.name} has no union of strings '{name}' any more")
    return members


def _run(command: list[str]) -> str:
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError as error:
        raise PackageError(f"'{command[0]}' is not installed") from error
    except subprocess.CalledProcessError as error:
        raise PackageError(f"'{' '.join(command)}' failed: {error.stderr.strip()}") from error
    return done.stdout
