"""Which files an entry has, and which of them go to the Hub."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.render.card import render_card
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.entry_files import entry_files, hub_files, with_batch_script
from huggingnersc_lab.render.notebook import render_notebook

Named = Callable[[str], Entry]


def test_a_distributed_loader_gets_a_batch_script(entry_named: Named) -> None:
    entry = entry_named("distributed")
    bare = replace(entry, batch_script=None, record=replace(entry.record, batch_script=None))
    found = with_batch_script(bare)
    assert found.record.batch_script == "run_sky.sh"
    assert found.batch_script is not None
    assert found.batch_script.file_name == "run_sky.sh"
    assert found.batch_script.text.startswith("#!/bin/bash\n#SBATCH ")
    assert set(entry_files(bare)) == {*entry_files(entry)} - {"sky.sh"} | {"run_sky.sh"}
    assert list(hub_files(bare)) == ["README.md", "load_sky.py", "run_sky.sh", "record.json"]


def test_no_other_gets_one(entry_named: Named) -> None:
    for entry in (entry_named("distributed"), entry_named("iris"), entry_named("minimal")):
        assert with_batch_script(entry) is entry
    sky = entry_named("distributed")
    without_loader = replace(sky, loader=None, batch_script=None)
    assert with_batch_script(without_loader) is without_loader


def test_files_of_an_entry(entry_named: Named) -> None:
    entry = replace(entry_named("distributed"), companions=(Script("helpers.py", "x = 'é'\n"),))
    files = entry_files(entry)
    assert list(files) == [
        "README.md",
        ".generated-card.md",
        "record.json",
        "sky_loader.ipynb",
        "load_sky.py",
        "sky.sh",
        "helpers.py",
    ]
    assert files["README.md"] == files[".generated-card.md"] == render_card(entry).encode()
    assert files["sky_loader.ipynb"] == render_notebook(entry).encode()
    assert files["helpers.py"] == "x = 'é'\n".encode()
    assert list(hub_files(entry)) == ["README.md", "load_sky.py", "sky.sh", "helpers.py", "record.json"]


def test_an_entry_without_a_loader(entry_named: Named) -> None:
    entry = entry_named("minimal")
    assert list(entry_files(entry)) == ["README.md", ".generated-card.md", "record.json", "minimal_loader.ipynb"]
    assert list(hub_files(entry)) == ["README.md", "record.json"]


def test_the_record_does_not_say_what_only_the_catalog_knows(entry_named: Named) -> None:
    entry = entry_named("shared")
    record = replace(entry.record, revision="0" * 40, pull_request_url="https://a.org/1")
    written = json.loads(entry_files(replace(entry, record=record))["record.json"])
    assert written["name"] == "shared"
    assert not {"revision", "pull_request_url"} & set(written)


def test_a_sites_own_template_is_used(entry_named: Named) -> None:
    files = entry_files(entry_named("iris"), "# Ours: {{ title }}\n")
    assert b"\n# Ours: Iris" in files["README.md"]
