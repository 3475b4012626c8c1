"""Papers as people name them: an arXiv id, a DOI or an address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from huggingnersc_lab.record.identifiers import doi_address, plain_doi

_ARXIV = re.compile(
    r"(?i)(?:arxiv:|https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/)([a-z-]*(?:\.[a-z]{2})?/?\d[\d.]*(?:v\d+)?)"
)
_ARXIV_ID = re.compile(r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?")
_DOI = re.compile(r"(?i)(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.\d{4,9}/\S+)")


@dataclass(frozen=True)
class Paper:
    """A paper.

    Attributes:
        kind: what it was named by.
        identifier: the arXiv id, the DOI, or the address.
    """

    kind: Literal["arxiv", "doi", "url"]
    identifier: str

    @property
    def label(self) -> str:
        """Its name for people."""
        return {"arxiv": "arXiv:", "doi": "doi:", "url": ""}[self.kind] + self.identifier

    @property
    def address(self) -> str:
        """Where it opens."""
        if self.kind == "doi":
            return doi_address(self.identifier)
        return {"arxiv": "https://arxiv.org/abs/", "url": ""}[self.kind] + self.identifier


def paper_of(text: str) -> Paper:
    """What ``text`` names.

    >>> paper_of("arXiv:2106.09685v2")
    Paper(kind='arxiv', identifier='2106.09685v2')
    """
    if match := _ARXIV.match(text) or _ARXIV_ID.fullmatch(text):
        return Paper("arxiv", match[match.lastindex or 0].rstrip("."))
    if match := _DOI.fullmatch(text):
        return Paper("doi", plain_doi(match[1]))
    return Paper("url", text)
