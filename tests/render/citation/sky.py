"""A dataset to cite, and readers that hold a citation against the schema of its format."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files
from typing import Any

import datacite
from jsonschema import Draft7Validator, Draft201909Validator
from ruamel.yaml import YAML

from huggingnersc_lab.record.model import Author, DatasetRecord
from huggingnersc_lab.render.citation.cff import cff
from huggingnersc_lab.render.citation.datacite import datacite as datacite_json
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.sites import load_site

NERSC = load_site("nersc", environ={})
PRACTICE = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": "/practice"})
CFF_SCHEMA = json.loads(
    files("check_jsonschema").joinpath("builtin_schemas/vendor/citation-file-format.json").read_text()
)
DATACITE_SCHEMA = json.loads(files(datacite).joinpath("schemas/datacite-v4.5.json").read_text())
RECORD = DatasetRecord(
    "sky",
    "Sky {maps} & more",
    ("1M<n<10M",),
    description="Maps: *all* of it.\n\n- one\n- two\n",
    authors=(
        Author("Doe, Jane", orcid="0000-0002-1825-0097", affiliation="NERSC"),
        Author("Łukasz Żółw"),
        Author("山田 太郎"),
        Author("Sand and Sea Lab"),
        Author("Martin Luther King, Jr."),
    ),
    license="cc-by-4.0",
    tags=("astronomy", "no", "1.0"),
    papers=("2106.09685", "10.1000/abc", "https://example.org/paper"),
    doi="10.5281/zenodo.1234",
    published_at="2026-02-03T04:05:06Z",
    revision="0123456789abcdef0123456789abcdef01234567",
)


def sky(**members: Any) -> Entry:
    return Entry(replace(RECORD, **members), NERSC)


def read_cff(entry: Entry) -> Any:
    data = YAML(typ="safe", pure=True).load(cff(entry))
    data = json.loads(json.dumps(data, default=str))  # a date is a text to the schema
    assert [error.message for error in Draft7Validator(CFF_SCHEMA).iter_errors(data)] == []
    return data


def read_datacite(entry: Entry) -> Any:
    data = json.loads(datacite_json(entry))
    assert [error.message for error in Draft201909Validator(DATACITE_SCHEMA).iter_errors(data)] == []
    return data
