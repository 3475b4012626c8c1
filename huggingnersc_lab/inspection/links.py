"""Where a symbolic link inside of a dataset leads."""

from __future__ import annotations

import errno
import os
from typing import Literal

LinkKind = Literal["inside", "outside", "dead", "loop"]
"""To another place in the data, out of it, nowhere, or to itself or a folder that contains it."""


def link_kind(root: str, path: str) -> LinkKind:
    """Classify a link; nothing is opened.

    Args:
        root: the data's root, without symbolic links in it.
        path: absolute path of the link.
    """
    try:
        real = os.path.realpath(path, strict=True)
    except OSError as err:
        return "loop" if err.errno == errno.ELOOP else "dead"
    base = root.rstrip("/") + "/"
    if not (real + "/").startswith(base):
        return "outside"
    folder = os.path.realpath(os.path.dirname(path))  # noqa: PTH120 - a path may hold any bytes
    return "loop" if (folder + "/").startswith(real.rstrip("/") + "/") else "inside"
