"""Apache Parquet and Arrow (Feather version 2), by pyarrow."""

from __future__ import annotations

from typing import Any

from huggingnersc_lab.inspection.description import Column, Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format

_MOST_BATCHES = 10_000


class Parquet(Format):
    """Parquet: the footer has the number of rows and the schema."""

    name = "parquet"
    title = "Parquet"
    suffixes = ("parquet", "pq", "parq")
    is_table = True
    magic = (b"PAR1",)

    def describe(self, path: str) -> Description:
        """The footer."""
        from pyarrow import parquet

        metadata = parquet.read_metadata(path)
        found = Description(rows=metadata.num_rows)
        _add_fields(found, metadata.schema.to_arrow_schema())
        return found


class Arrow(Format):
    """The Arrow IPC file and stream formats."""

    name = "arrow"
    title = "Arrow"
    suffixes = ("arrow", "feather", "ipc")
    is_table = True
    magic = (b"ARROW1", b"\xff\xff\xff\xff")

    def describe(self, path: str) -> Description:
        """The schema, and the number of rows of all batches of a file; those of a stream are not counted."""
        import pyarrow as pa

        found = Description()
        with pa.memory_map(path) as source:
            is_file = source.read(6) == b"ARROW1"
            source.seek(0)
            if not is_file:
                _add_fields(found, pa.ipc.open_stream(source).schema)
                return found
            reader = pa.ipc.open_file(source)
            _add_fields(found, reader.schema)
            if reader.num_record_batches > _MOST_BATCHES:
                found.notes.append(f"It has {reader.num_record_batches} batches, so its rows were not counted.")
                return found
            # The batches are in mapped memory: only their headers are read.
            found.rows = sum(reader.get_batch(number).num_rows for number in range(reader.num_record_batches))
        if found.rows < 0:
            raise DamagedError("It claims a negative number of rows.")
        return found


def _add_fields(found: Description, schema: Any) -> None:
    for field in schema:
        metadata = field.metadata or {}
        unit = metadata.get(b"unit", metadata.get(b"units", b""))
        found.add_column(Column(field.name, str(field.type), unit.decode("utf-8", "replace")))
    for key, value in (schema.metadata or {}).items():
        if key not in (b"pandas", b"ARROW:schema", b"huggingface"):
            found.attributes[key.decode("utf-8", "replace")] = value[:1000].decode("utf-8", "replace")


FORMATS = (Parquet(), Arrow())
