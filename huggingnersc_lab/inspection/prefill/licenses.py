"""Names of licences in other people's words → ids of the Hub's vocabulary.

SPDX ids (https://spdx.org/licenses/), addresses, and the phrases that people write, such as "CC BY 4.0". What is not
recognized is not guessed.
"""

from __future__ import annotations

import re

from huggingnersc_lab.record.vocabulary import load_vocabulary

_BY_SPDX = {
    "gfdl-1.3": "gfdl",
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
    "ofl-1.1-rfn": "ofl-1.1",
    "ofl-1.1-no-rfn": "ofl-1.1",
}
"""SPDX ids in lower case that differ from the vocabulary's."""

_CC = re.compile(
    r"(?i)\b(?:cc|creative[\s-]+commons)[\s_-]+(?P<kind>(?:by|attribution)(?:[\s_-]+(?:nc|noncommercial|"
    r"non-commercial|nd|noderivatives|noderivs|sa|share-?alike))*)(?:[\s_-]+(?:international|unported|generic|license|"
    r"licence|public))*[\s,_-]*(?:v(?:ersion)?\s*)?(?P<version>[234]\.[05])"
)
_CC_ADDRESS = re.compile(r"(?i)creativecommons\.org/licen[sc]es/(?P<kind>by(?:-(?:nc|nd|sa))*)/(?P<version>\d\.\d)")
_CC0 = re.compile(
    r"(?i)creativecommons\.org/publicdomain/zero|\bcc[\s_-]?0\b|\bcc[\s_-]?zero\b|\bcreative\s+commons\s+zero\b"
)
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?i){pattern}"), license_id)
    for pattern, license_id in (
        (r"opensource\.org/licen[sc]es?/mit\b|\bmit\s+licen[sc]e|\bmit-licen[sc]ed\b|\bexpat\s+licen[sc]e", "mit"),
        (
            r"apache\.org/licen[sc]es/licen[sc]e-2\.0|\bapache(?:\s+licen[sc]e)?[\s,-]*(?:v(?:ersion)?\.?\s*)?2(?:\.0)?\b",
            "apache-2.0",
        ),
        (
            r"opensource\.org/licen[sc]es?/bsd-3-clause|\bbsd[\s-]+3[\s-]+clause|\b3-clause\s+bsd|\b(?:new|modified|revised)\s+bsd",
            "bsd-3-clause",
        ),
        (
            r"opensource\.org/licen[sc]es?/bsd-2-clause|\bbsd[\s-]+2[\s-]+clause|\b2-clause\s+bsd|\bsimplified\s+bsd",
            "bsd-2-clause",
        ),
        (
            r"gnu\.org/licen[sc]es/agpl|\b(?:gnu\s+)?agpl\s*-?v?\s*3|\baffero\s+general\s+public\s+licen[sc]e",
            "agpl-3.0",
        ),
        (r"gnu\.org/licen[sc]es/(?:old-licenses/)?lgpl-2|\blgpl\s*-?v?\s*2\.1", "lgpl-2.1"),
        (r"gnu\.org/licen[sc]es/lgpl|\blgpl\s*-?v?\s*3", "lgpl-3.0"),
        (r"gnu\.org/licen[sc]es/(?:old-licenses/)?gpl-2|(?<![a-z])gpl\s*-?v?\s*2", "gpl-2.0"),
        (r"gnu\.org/licen[sc]es/gpl|(?<![a-z])gpl\s*-?v?\s*3", "gpl-3.0"),
        (r"opendatacommons\.org/licen[sc]es/odbl|\bodbl\b|\bopen\s+database\s+licen[sc]e", "odbl"),
        (r"opendatacommons\.org/licen[sc]es/by\b|\bodc-by\b|\bopen\s+data\s+commons\s+attribution", "odc-by"),
        (r"opendatacommons\.org/licen[sc]es/pddl|\bpddl\b", "pddl"),
        (r"cdla\.(?:dev|io)/permissive-2|\bcdla-permissive-2\.0", "cdla-permissive-2.0"),
        (r"cdla\.(?:dev|io)/permissive-1|\bcdla-permissive-1\.0", "cdla-permissive-1.0"),
        (r"cdla\.(?:dev|io)/sharing-1|\bcdla-sharing-1\.0", "cdla-sharing-1.0"),
        (
            r"mozilla\.org/(?:[a-z-]+/)?mpl/2\.0|\bmpl[\s-]*2\.0|\bmozilla\s+public\s+licen[sc]e,?\s+(?:version\s+)?2\.0",
            "mpl-2.0",
        ),
        (r"unlicense\.org|\bthe\s+unlicense\b", "unlicense"),
    )
)
_LONG = (("non-?commercial", "nc"), ("noderivatives|noderivs", "nd"), ("share-?alike", "sa"), ("attribution", "by"))
_MAX_CHARACTERS = 2000


def by_spdx(spdx: str) -> str | None:
    """The vocabulary's id of an SPDX id, or of an id of its own; None for another text.

    >>> by_spdx("CC-BY-4.0"), by_spdx("GPL-3.0-or-later"), by_spdx("PDDL-1.0"), by_spdx("mine")
    ('cc-by-4.0', 'gpl-3.0', 'pddl', None)
    """
    ids = load_vocabulary().ids("licenses") - {"other", "unknown"}
    plain = spdx.strip().lower()
    if plain in ids:
        return plain
    for suffix in ("-only", "-or-later", "+"):
        plain = plain.removesuffix(suffix)
    plain = _BY_SPDX.get(plain, plain)
    return plain if plain in ids else None


def licenses_in(text: str) -> list[str]:
    """The licences that a sentence or an address names, without repetitions.

    >>> licenses_in("https://creativecommons.org/licenses/by-nc/4.0/legalcode"), licenses_in("ask us")
    (['cc-by-nc-4.0'], [])
    """
    text = text[:_MAX_CHARACTERS]
    ids = load_vocabulary().ids("licenses")
    found = ["cc0-1.0"] if _CC0.search(text) else []
    for pattern in (_CC_ADDRESS, _CC):
        found += [one for match in pattern.finditer(text) if (one := _creative_commons(match)) in ids]
    found += [license_id for pattern, license_id in _PHRASES if pattern.search(text)]
    return list(dict.fromkeys(found))


def license_of(text: str) -> str | None:
    """The licence that an SPDX id, a name or an address stands for; None if it is not recognized, or there are several.

    >>> license_of("CC BY-SA 4.0"), license_of("Apache License, Version 2.0"), license_of("BSD-3-Clause")
    ('cc-by-sa-4.0', 'apache-2.0', 'bsd-3-clause')
    """
    address = re.fullmatch(
        r"https?://(?:www\.)?spdx\.org/licenses/([A-Za-z0-9.+-]+?)(?:\.html|\.json)?/?", text.strip()
    )
    exact = by_spdx(address[1] if address else text)
    if exact:
        return exact
    found = licenses_in(text)
    return found[0] if len(found) == 1 else None


def _creative_commons(match: re.Match[str]) -> str:
    kind = match["kind"].lower()
    for long, short in _LONG:
        kind = re.sub(long, short, kind)
    parts = re.split(r"[\s_-]+", kind)
    order = [part for part in ("by", "nc", "nd", "sa") if part in parts]
    return f"cc-{'-'.join(order)}-{match['version']}"
