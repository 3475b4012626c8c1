"""The size of a dataset's data, if its card states it."""

from __future__ import annotations

from collections.abc import Mapping


def data_bytes(card_data: object) -> int | None:
    """``dataset_size`` of the card's ``dataset_info``, or else ``download_size``; summed over several configurations.

    Args:
        card_data: the card's front matter, of any type.

    >>> data_bytes({"dataset_info": [{"dataset_size": 3000}, {"download_size": 1000}]})
    4000
    """
    info = card_data.get("dataset_info") if isinstance(card_data, Mapping) else None
    sizes = []
    for part in info if isinstance(info, list) else [info]:
        if isinstance(part, Mapping):
            size = part.get("dataset_size", part.get("download_size"))
            if isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 2**63:
                sizes.append(size)
    return min(sum(sizes), 2**63 - 1) if sizes else None
