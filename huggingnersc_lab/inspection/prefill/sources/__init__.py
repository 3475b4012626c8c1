"""The files that suggest values, one module each. Their order is that of confidence: what comes first is preferred."""

from huggingnersc_lab.inspection.prefill.sources import (
    bids_json,
    citation_cff,
    codemeta_json,
    croissant_json,
    datacite_json,
    license_file,
    metadata_json,
    readme,
    scripts,
)

SOURCES = (
    metadata_json.SOURCE,
    citation_cff.SOURCE,
    datacite_json.SOURCE,
    croissant_json.SOURCE,
    bids_json.SOURCE,
    codemeta_json.SOURCE,
    license_file.SOURCE,
    readme.SOURCE,
    scripts.SOURCE,
)
"""The most trusted first."""
