"""Zstandard: of the standard library from Python 3.14, else of its backport; both have the same interface."""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from types import ModuleType

LEVEL = 3
"""The level of the program ``zstd``."""


def zstd_module() -> ModuleType:
    """``compression.zstd`` or ``backports.zstd``; raises ``not_found`` where neither is installed."""
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError as err:
        detail = (
            "A .tar.zst needs the package backports.zstd, which is not installed. Nothing was made. "
            "Install it with: pip install 'huggingnersc_lab[drive]', or make .zip archives."
        )
        raise CatalogError("not_found", detail) from err
    module: ModuleType = zstd
    return module


def compressor(target: IO[bytes], threads: int | None = None) -> Any:
    """A file that compresses what is written into ``target``, which closing it leaves open.

    The bytes do not depend on the number of threads: Zstandard cuts its input alike for one thread and for many. A
    library that was built without threads writes other bytes, which decompress to the same.

    Args:
        target: where the compressed bytes go.
        threads: how many compress; as many as there are cores if left out.
    """
    zstd = zstd_module()
    parameters = zstd.CompressionParameter
    options = {parameters.compression_level: LEVEL, parameters.checksum_flag: 1}
    threads = threads or len(os.sched_getaffinity(0))
    low, high = parameters.nb_workers.bounds()
    if high > low:
        options[parameters.nb_workers] = min(max(1, threads), high)
    return zstd.ZstdFile(target, "w", options=options)
