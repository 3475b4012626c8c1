"""Finding datasets by words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.store import StoredRecord


def search(entries: Iterable[StoredRecord], words: str) -> list[StoredRecord]:
    """Entries in which every word stands, those with the words in name or title first; case does not matter."""
    wanted = words.casefold().split()
    found = []
    for entry in entries:
        texts = list(_texts(entry.record))
        places = [next((place for place, text in enumerate(texts) if word in text), None) for word in wanted]
        if None not in places:
            found.append((sum(place or 0 for place in places), entry.record.name, entry))
    return [entry for _, _, entry in sorted(found, key=lambda item: item[:2])]


def _texts(record: DatasetRecord) -> Iterator[str]:
    """What is searched, the weightiest first."""
    yield record.name.casefold()
    yield record.pretty_name.casefold()
    yield " ".join((*record.tags, *record.task_categories)).casefold()
    yield (record.description or "").casefold()
    yield " ".join((*record.papers, record.data_path or "", record.license or "")).casefold()
