"""Papers as people refer to them: an arXiv id, a DOI or a URL."""

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
        kind: the kind of identifier.
        identifier: the arXiv id, the DOI, or the URL.
    """

    kind: Literal["arxiv", "doi", "url"]
    identifier: str

    @property
    def label(self) -> str:
        """Its display name."""
        return {"arxiv": "arXiv:", "doi": "doi:", "url": ""}[self.kind] + self.identifier

    @property
    def address(self) -> str:
        """Its URL."""
        if self.kind == "doi":
            return doi_address(self.identifier)
        return {"arxiv": "https://arxiv.org/abs/", "url": ""}[self.kind] + self.identifier


def paper_of(text: str) -> Paper:
    """The paper that ``text`` refers to.

    >>> paper_of("arXiv:2106.09685v2")
    Paper(kind='arxiv', identifier='2106.09685v2')
    """
    if match := _ARXIV.match(text) or _ARXIV_ID.fullmatch(text):
        return Paper("arxiv", match[match.lastindex or 0].rstrip("."))
    if match := _DOI.fullmatch(text):
        return Paper("doi", plain_doi(match[1]))
    return Paper("url", text)
