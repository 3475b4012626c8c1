"""References to papers in other people's texts: DOIs and arXiv ids."""

from __future__ import annotations

import re

from huggingnersc_lab.record.identifiers import checked_doi

_ARXIV = re.compile(r"(?i)arxiv(?:\.org/(?:abs|pdf)/|:\s?)(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})")
_DOI = re.compile(r"(?<![\w.])10\.\d{4,9}(?:\.\d+)*/[^\s\"<>\]}`|]+")
_ARXIV_DOI = "10.48550/arxiv."
_ENDS = ".,;:!?*_'"


def arxiv_in(text: str) -> list[str]:
    """The arXiv ids of a text, as ``arXiv:2101.00001``.

    >>> arxiv_in("see https://arxiv.org/abs/2101.00001v2")
    ['arXiv:2101.00001']
    """
    return list(dict.fromkeys(f"arXiv:{match['id']}" for match in _ARXIV.finditer(text)))


def dois_in(text: str) -> list[str]:
    """The DOIs of a text, without those of arXiv.

    >>> dois_in("(doi:10.5072/a.b), https://doi.org/10.5072/(sici)1.")
    ['10.5072/a.b', '10.5072/(sici)1']
    """
    found = (doi for match in _DOI.finditer(text) if (doi := checked_doi(_without_end(match[0]))))
    return [doi for doi in dict.fromkeys(found) if not doi.lower().startswith(_ARXIV_DOI)]


def paper_of(text: str) -> str | None:
    """The paper that an identifier or address stands for; an address of another kind is kept as it is.

    >>> paper_of("https://doi.org/10.48550/arXiv.2101.00001"), paper_of("doi:10.5072/a"), paper_of("see the paper")
    ('arXiv:2101.00001', '10.5072/a', None)
    """
    text = text.strip()
    if (plain := checked_doi(text)) is not None and plain.lower().startswith(_ARXIV_DOI):
        return f"arXiv:{plain[len(_ARXIV_DOI) :]}"
    found: list[str] = [*([plain] if plain else ()), *arxiv_in(text), *dois_in(text)]
    if found:
        return found[0]
    return text if re.fullmatch(r"https?://\S+", text) else None


def _without_end(text: str) -> str:
    """A DOI without the punctuation of the sentence around it."""
    while text:
        if text[-1] in _ENDS or (text[-1] == ")" and text.count(")") > text.count("(")):
            text = text[:-1]
        else:
            break
    return text
