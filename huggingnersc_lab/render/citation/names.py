"""Splits authors' names, as people write them, into the parts that citation formats need."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huggingnersc_lab.record.model import Author

_SUFFIX = re.compile(r"(?i)(?:jr|sr|ii|iii|iv)\.?")
_JOINING = re.compile(r"(?i)\band\b|&|\d")
# Words that occur in names of institutions and hardly ever in those of people; none is a known family name.
_INSTITUTION = re.compile(
    r"(?i)\b(?:university|universit\w+|universidad\w*|institut\w*|laborator\w+|lab|labs|group|collaboration|consortium|"
    r"cent(?:er|re|rum)|team|projects?|departments?|faculty|school|college|academy|agency|observatory|survey|museum|"
    r"library|foundation|association|society|council|committee|initiative|network|organi[sz]ation|program(?:me)?|"
    r"contributors|authors|inc|ltd|llc|gmbh|corp|corporation|company)\b|^the\s"
)
# Scripts in which names start with the family name even without a comma.
_FAMILY_FIRST = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff]")


@dataclass(frozen=True)
class Name:
    """An author's name.

    Attributes:
        text: the whole name as written, with whitespace normalized.
        family: family name with its particles; empty if the name is kept whole, as for an institution.
        given: given names.
        suffix: ``Jr.``, ``III``.
    """

    text: str
    family: str = ""
    given: str = ""
    suffix: str = ""

    @property
    def is_person(self) -> bool:
        """Whether it is a person; otherwise an institution, or a single word of unknown meaning."""
        return bool(self.family)

    @property
    def has_initials(self) -> bool:
        """Whether all given names can be abbreviated to a letter: only in scripts with capital letters."""
        return all(word[0].lower() != word[0].upper() for word in self.given.split())


def name_of(author: Author) -> Name:
    """The parts of an author's name: ``Family, Given``, ``Given Family``, ``Family, Jr., Given`` or one kept whole.

    >>> name_of(Author("Ludwig van Beethoven"))
    Name(text='Ludwig van Beethoven', family='van Beethoven', given='Ludwig', suffix='')
    >>> name_of(Author("Sand and Sea Lab")).is_person
    False
    """
    text = " ".join(author.name.split())
    if author.orcid is None and (_JOINING.search(text) or _INSTITUTION.search(text)):
        return Name(text)
    match [part.strip() for part in text.split(",")]:
        case [whole] if " " in whole:
            return Name(text, *_split(whole))
        case [whole, suffix] if _SUFFIX.fullmatch(suffix):
            return Name(text, *_split(whole), suffix)
        case [family, suffix, given] if _SUFFIX.fullmatch(suffix):
            return Name(text, family, given, suffix)
        case [family, given] if family and given:
            return Name(text, family, given)
    return Name(text, family=text if author.orcid else "")


def _split(whole: str) -> tuple[str, str]:
    """Family name and given names of a name without a comma."""
    words = whole.split(" ")
    if _FAMILY_FIRST.match(whole):
        return words[0], " ".join(words[1:])
    # As in BibTeX: particles are lower case, and the family name starts with the first of them.
    start = next((at for at, word in enumerate(words[1:-1], 1) if word.islower()), len(words) - 1)
    return " ".join(words[start:]), " ".join(words[:start])
