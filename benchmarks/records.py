"""How many records are validated and rendered (card and notebook) in a second on one core.

The peer does the least that any such tool has to do with the libraries alone: check the schema with jsonschema, dump
the front matter with PyYAML, build the notebook with nbformat and validate it.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import nbformat
import yaml
from jsonschema import Draft7Validator
from measure import Figure, show

from huggingnersc_lab.record.metadata.document import read_metadata
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.schema import record_schema
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.notebook import render_notebook
from huggingnersc_lab.sites import load_site

COUNT = 500
EXAMPLE = Path(__file__).parents[1] / "huggingnersc_lab" / "examples" / "iris"


def main() -> None:
    site = load_site("nersc")
    document = json.loads((EXAMPLE / "metadata.json").read_bytes())
    loader = Script("load_iris.py", (EXAMPLE / "load_iris.py").read_text())
    schema = Draft7Validator(record_schema())

    def ours(index: int) -> None:
        given = {"name": f"iris-{index}", "pretty_name": f"Iris {index}", "data_path": f"/global/cfs/cdirs/m1/{index}"}
        metadata = read_metadata(document, given | {"loader": loader.file_name})
        metadata.findings.raise_for_errors("it")
        entry = Entry(DatasetRecord.from_dict(metadata.values), site, loader)
        render_card(entry)
        render_notebook(entry)

    def peer(index: int) -> None:
        values = read_metadata(document, {"name": f"iris-{index}", "pretty_name": f"Iris {index}"}).values
        for _ in schema.iter_errors(values):
            raise AssertionError
        front = yaml.dump({key: values[key] for key in ("pretty_name", "license", "tags")}, Dumper=yaml.SafeDumper)
        card = f"---\n{front}---\n\n# {values['pretty_name']}\n"
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_markdown_cell(card)] + [nbformat.v4.new_code_cell(loader.text) for _ in range(12)]
        )
        nbformat.validate(notebook)
        nbformat.writes(notebook)

    rates = []
    for function in (ours, peer):
        function(0)
        start = time.process_time()
        for index in range(COUNT):
            function(index)
        rates.append(COUNT / (time.process_time() - start))
    show(
        "Validate and render",
        "python benchmarks/records.py",
        [
            Figure("records validated and rendered", *rates, "the libraries alone", "records/s", better="more"),
            Figure("  next to the aim of 500 a second", rates[0], 500, "the aim", "records/s", 1.0, "more"),
        ],
    )


if __name__ == "__main__":
    main()
