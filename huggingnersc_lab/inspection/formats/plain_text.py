"""Text: documents, settings and programs beside the data, or the data itself."""

from __future__ import annotations

from huggingnersc_lab.inspection.description import Description
from huggingnersc_lab.inspection.formats.base import DamagedError, Format, is_text, open_plain, read_most

_COUNTED_BYTES = 2**23


class Text(Format):
    """Lines of text."""

    name = "text"
    title = "Text"
    suffixes = (
        *("txt", "text", "md", "rst", "log", "yaml", "yml", "toml", "ini", "cfg", "cff", "bib", "xml", "html"),
        *("py", "sh", "r", "jl", "c", "h", "cpp", "f90", "ipynb", "tex", "dat.txt", "txt.gz"),
    )

    def sniff(self, name: str, head: bytes) -> bool:
        """Without control characters."""
        return head.startswith(b"\x1f\x8b") if name.lower().endswith(".gz") else is_text(head)

    def describe(self, path: str) -> Description:
        """Number of lines, up to 8 MiB."""
        found = Description()
        with open_plain(path) as stream:
            content, is_damaged = read_most(stream, _COUNTED_BYTES + 1)
        if is_damaged and not content:
            raise DamagedError("It cannot be unpacked: it is damaged or cut off.")
        if is_damaged:
            found.notes.append("It is cut off or damaged.")
        if b"\0" in content:
            raise DamagedError("It is not text.")
        if len(content) > _COUNTED_BYTES:
            found.notes.append("It is larger than 8 MiB, so its lines were not counted.")
        else:
            found.rows = content.count(b"\n") + (not content.endswith(b"\n"))
        return found


FORMATS = (Text(),)
