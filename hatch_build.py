"""Build hook: bring Node.js along where the machine has none to build the front end with."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the bundler of `@jupyter/builder` runs on: 20.19 or later, or 22.12 or later.
CHECK = """
const [major, minor] = process.versions.node.split('.').map(Number);
process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
"""


def node_serves() -> bool:
    """Tell whether the `node` found on PATH is there and new enough to build with."""
    node = shutil.which("node")
    return node is not None and subprocess.run([node, "-e", CHECK], check=False).returncode == 0


class NodeHook(BuildHookInterface):
    """Adds the extra `node` wherever the front end is built and Node.js is missing."""

    def dependencies(self) -> list[str]:
        """List what this machine lacks for a build."""
        # Set when the front end is built by other means: see the Makefile.
        if os.environ.get("SKIP_JUPYTER_BUILDER") or node_serves():
            return []
        return self._node()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bring Node.js into an environment that holds an editable install, to rebuild with."""
        if version == "editable" and not node_serves():
            build_data["dependencies"] += self._node()

    def _node(self) -> list[str]:
        return list(self.metadata.core.optional_dependencies["node"])
