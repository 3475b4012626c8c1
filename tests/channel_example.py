"""The example channel of the documentation, installed as another package would be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huggingnersc_lab.channels import registry

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXAMPLE = Path(__file__).parents[1] / "docs" / "examples" / "channel"


def write_metadata(folder: Path, points: dict[str, str]) -> None:
    """What an installer writes of a package: its name and entry points."""
    metadata = folder / "huggingnersc_mirror-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: huggingnersc-mirror\nVersion: 1.0\n")
    lines = [f"[{registry.GROUP}]", *(f"{name} = {value}" for name, value in points.items())]
    (metadata / "entry_points.txt").write_text("\n".join(lines) + "\n")


@contextmanager
def installed(folder: Path, points: dict[str, str] | None = None) -> Iterator[None]:
    """Within, the example channel is found; or these entry points are."""
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())
    write_metadata(folder, points or project["project"]["entry-points"][registry.GROUP])
    added = [str(folder), str(EXAMPLE)]
    sys.path[:0] = added
    registry.forget()
    try:
        yield
    finally:
        for path in added:
            sys.path.remove(path)
        registry.forget()
