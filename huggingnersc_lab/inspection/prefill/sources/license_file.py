"""``LICENSE`` and ``COPYING``: a sentence that names a licence, or its whole text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from huggingnersc_lab.inspection.prefill.licenses import by_spdx, license_of, licenses_in
from huggingnersc_lab.inspection.prefill.suggestion import Source, Suggestion, passage_of, text_of

_SHORT = 1000
"""A file of fewer characters names a licence; a longer one is its text."""

_HEAD = 300
"""In this many characters at its beginning, the text of a licence has its name."""

_HEADINGS = (
    (re.compile(r"(?i)\bapache\s+license\s+version\s+2\.0"), "apache-2.0"),
    (re.compile(r"(?i)\bgnu\s+affero\s+general\s+public\s+license\s+version\s+3"), "agpl-3.0"),
    (re.compile(r"(?i)\bgnu\s+lesser\s+general\s+public\s+license\s+version\s+3"), "lgpl-3.0"),
    (re.compile(r"(?i)\bgnu\s+lesser\s+general\s+public\s+license\s+version\s+2\.1"), "lgpl-2.1"),
    (re.compile(r"(?i)^\s*gnu\s+general\s+public\s+license\s+version\s+3"), "gpl-3.0"),
    (re.compile(r"(?i)^\s*gnu\s+general\s+public\s+license\s+version\s+2"), "gpl-2.0"),
    (re.compile(r"(?i)\bcreative\s+commons\s+(?:legal\s+code\s+)?cc0\s+1\.0"), "cc0-1.0"),
    (re.compile(r"(?i)\bmozilla\s+public\s+license\s+version\s+2\.0"), "mpl-2.0"),
)
_MIT = re.compile(
    r"(?i)permission\s+is\s+hereby\s+granted,\s+free\s+of\s+charge.*the\s+software\s+is\s+provided", re.DOTALL
)
_BSD = re.compile(r"(?i)redistribution\s+and\s+use\s+in\s+source\s+and\s+binary\s+forms")
_NO_ENDORSEMENT = re.compile(r"(?i)neither\s+the\s+names?\s+of")


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """The licence that a file names or holds; nothing if it is not recognized."""
    del name
    text = text_of(content)
    found = _named(text) or _of_text(text)
    if found is not None:
        yield Suggestion("license", found, passage_of(text.lstrip()[:_HEAD]))


def _named(text: str) -> str | None:
    if len(text) < _SHORT:
        return license_of(text)
    head = " ".join(text[:_HEAD].split())
    by_heading = next((license_id for pattern, license_id in _HEADINGS if pattern.search(head)), None)
    if by_heading:
        return by_heading
    named = licenses_in(head)
    return named[0] if len(named) == 1 else None


def _of_text(text: str) -> str | None:
    if (classified := _classified(text)) is not None:
        return classified
    if _MIT.search(text[: 10 * _SHORT]):
        return "mit"
    if _BSD.search(text):
        return "bsd-3-clause" if _NO_ENDORSEMENT.search(text) else "bsd-2-clause"
    return None


def _classified(text: str) -> str | None:
    """The licence by its text, if ``licenseclassifier`` is installed and finds exactly one."""
    try:
        from licenseclassifier import identify_license
    except ImportError:
        return None
    found = {one.id for one in identify_license(text)}
    return by_spdx(found.pop()) if len(found) == 1 else None


SOURCE = Source(
    re.compile(r"(?i)(?:licen[sc]e|copying|unlicense)(?:[-_.](?:data|dataset))?(?:\.(?:md|txt|rst))?"), read
)
