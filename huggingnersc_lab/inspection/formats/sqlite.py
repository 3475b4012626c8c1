"""SQLite 3, opened read-only and immutable: no lock, no journal, no write."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from urllib.parse import quote

from huggingnersc_lab.inspection.description import Array, Column, Description
from huggingnersc_lab.inspection.formats.base import Format, open_regular

_COUNTED_BYTES = 2**26
_MOST_TABLES = 200


class Sqlite(Format):
    """Tables with their columns and rows."""

    name = "sqlite"
    title = "SQLite"
    suffixes = ("sqlite", "sqlite3", "db", "db3")
    is_table = True
    magic = (b"SQLite format 3\0",)

    def describe(self, path: str) -> Description:
        """All tables; their rows are counted in files up to 64 MiB. Views and virtual tables run code."""
        with open_regular(path) as stream:
            size = stream.seek(0, 2)
        found = Description()
        url = f"file:{quote(path.encode('utf-8', 'surrogateescape'))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(url, uri=True)) as database:
            database.execute("PRAGMA trusted_schema = OFF")
            query = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'"
            names = [str(name) for (name,) in database.execute(query).fetchmany(_MOST_TABLES)]
            total = 0
            for name in names:
                quoted = '"' + name.replace('"', '""') + '"'
                columns = database.execute(f"PRAGMA table_info({quoted})").fetchall()
                rows = -1
                if size <= _COUNTED_BYTES:
                    rows = database.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0]  # noqa: S608 - quoted
                    total += rows
                found.add_array(Array(name, (max(rows, 0), len(columns)), "table"))
                for column in columns if len(names) == 1 else ():
                    found.add_column(Column(str(column[1]), str(column[2]).lower()))
        if size <= _COUNTED_BYTES:
            found.rows = total
        else:
            found.notes.append("It is larger than 64 MiB, so its rows were not counted.")
        return found


FORMATS = (Sqlite(),)
