"""Line endings of a card, so that it can be processed with Unix line endings and written with its own."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


@dataclass(frozen=True)
class LineEnds:
    """A text with Unix line endings and no byte order mark, and what it had originally.

    Attributes:
        plain: the text.
        ends: the ending of each line but the last.
        mark: the byte order mark, if there was one.
    """

    plain: str
    ends: tuple[str, ...]
    mark: str

    @classmethod
    def of(cls, text: str) -> LineEnds:
        """Read a text."""
        mark = _MARK if text.startswith(_MARK) else ""
        text = text.removeprefix(_MARK)
        return cls(_END.sub("\n", text), tuple(_END.findall(text)), mark)

    def restored(self, text: str) -> str:
        """Restore the original line endings: lines in both texts get their own, others the most frequent one."""
        kinds = Counter(self.ends)
        if not kinds or set(kinds) == {"\n"}:
            return self.mark + text
        usual = kinds.most_common(1)[0][0]
        lines = text.split("\n")
        ends = [usual] * (len(lines) - 1)
        if len(kinds) > 1:
            before = self.plain.split("\n")
            for here, there, size in SequenceMatcher(None, before, lines, autojunk=False).get_matching_blocks():
                for offset in range(size):
                    if here + offset < len(self.ends) and there + offset < len(ends):
                        ends[there + offset] = self.ends[here + offset]
        return self.mark + "".join(map("".join, zip(lines, [*ends, ""], strict=True)))
