"""Names of datasets: what the Hub rejects, what to avoid, and better suggestions.

The Hub's rules are in ``huggingface_hub.utils.validate_repo_id``; the recommendations are Mila's for shared
datasets: lower case, hyphens for spaces, no special characters, and no "dataset" in the name of a dataset.
"""

from __future__ import annotations

import re
import unicodedata

from huggingnersc_lab.errors import FieldError

MAX_LENGTH = 96
_DATASET = re.compile(r"(?i)(?:^|(?<=[-_.]))data-?sets?(?=$|[-_.])")


def propose_name(text: str) -> str | None:
    """The closest recommended nickname to ``text``, or None if nothing of it is left.

    >>> propose_name("The Ocean Dataset (2024)")
    'the-ocean-2024'
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9._-]+", "-", plain)
    name = _DATASET.sub("", name)
    name = re.sub(r"[-.]*-[-.]*|\.{2,}", "-", name).strip("-._")
    while name.endswith(".git"):
        name = name[: -len(".git")].rstrip("-._")
    return name[:MAX_LENGTH].rstrip("-.") or None


def advise_name(name: str) -> list[FieldError]:
    """Recommendations for a nickname that the Hub would accept, each with a better one."""
    better = propose_name(name)
    if better == name:
        return []
    advice = []
    if name.lower() != name:
        advice.append("capital letters")
    if _DATASET.search(name):
        advice.append("the word 'dataset'")
    if not advice:
        advice.append("special characters")
    detail = f"Better without {' and '.join(advice)}" + (f": '{better}'." if better else ".")
    return [FieldError("/name", "name_advice", detail, better)]
