"""Build hook: bring Node.js into the build environment when the machine has none to use."""

from __future__ import annotations

import shutil
import subprocess

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What the bundler of `@jupyter/builder` runs on: 20.19 or later, or 22.12 or later.
CHECK = """
const [major, minor] = process.versions.node.split('.').map(Number);
process.exit((major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1);
"""


def system_node_serves() -> bool:
    """Tell whether the `node` found on PATH is there and new enough to build with."""
    node = shutil.which("node")
    return node is not None and subprocess.run([node, "-e", CHECK], check=False).returncode == 0


class NodeHook(BuildHookInterface):
    """Adds the extra `node` to the build's requirements where it is needed."""

    def dependencies(self) -> list[str]:
        """List what this machine lacks for the build."""
        if system_node_serves():
            return []
        return list(self.metadata.core.optional_dependencies["node"])
