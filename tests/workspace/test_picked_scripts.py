"""Scripts and companion files that were picked in the file browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import load_site
from huggingnersc_lab.workspace.drafts import DraftContent
from huggingnersc_lab.workspace.locations import Locations
from huggingnersc_lab.workspace.picked_scripts import left_behind_of, picked_script, picked_scripts

BATCH = "#!/bin/bash\nsource vars.sh\nsrun python sky.py\n"


@pytest.fixture
def locations(tmp_path: Path) -> Locations:
    folder = tmp_path / "server" / "code"
    (folder / "package").mkdir(parents=True)
    (folder / "data").mkdir()
    (folder / "package" / "__init__.py").touch()
    files = {
        "sky.py": "import helpers, package, data\nopen('settings.json')\n",
        "helpers.py": "x = 1\n",
        "settings.json": "{}\n",
        "run.sh": BATCH,
        "vars.sh": "python sky.py\n",
        "empty.py": "",
    }
    for name, text in files.items():
        (folder / name).write_text(text)
    site = replace(load_site("nersc", environ={}), data_roots=(), catalog_root=None)
    return Locations(site, tmp_path / "server")


def test_a_script_that_was_picked(locations: Locations) -> None:
    assert picked_script(locations, "code/run.sh", "path", "batch_script", "x") == Script("run.sh", BATCH)
    assert picked_script(locations, "code/sky.py", "path", "loader", "sky").file_name == "load_sky.py"
    for path, code in (("code/gone.py", "not_found"), ("code/empty.py", "invalid_record"), ("../x.py", "forbidden")):
        with pytest.raises(CatalogError) as refused:
            picked_script(locations, path, "path", "loader", "x")
        assert refused.value.code == code


def test_a_draft_names_them(locations: Locations) -> None:
    content = DraftContent(
        values={"name": "sky"},
        loader_path="code/sky.py",
        batch_script_path="code/run.sh",
        companion_paths=["code/vars.sh", "code/helpers.py"],
    )
    scripts, errors, warnings = picked_scripts(locations, content)
    assert errors == []
    assert scripts.named["loader"].file_name == "load_sky.py"
    assert scripts.named["batch_script"].text == BATCH.replace("sky.py", "load_sky.py")
    assert [its.file_name for its in scripts.companions] == ["vars.sh", "helpers.py"]
    assert scripts.companions[0].text == "python load_sky.py\n"
    left = [(its.pointer, its.suggestion) for its in warnings if its.code == "companion"]
    assert ("/loader", "settings.json") in left
    assert "helpers.py" not in [name for _, name in left]
    assert [its.pointer for its in warnings if its.code == "renamed"] == ["/batch_script", "/companions"]


def test_what_the_entry_keeps_was_handed_in(locations: Locations) -> None:
    content = DraftContent(values={"companions": ["settings.json", 7], "name": 7}, loader_path="code/sky.py")
    _, errors, warnings = picked_scripts(locations, content)
    assert errors == []
    assert "settings.json" not in [its.suggestion for its in warnings]
    assert "helpers.py" in [its.suggestion for its in warnings]


def test_every_one_that_cannot_be_taken_is_told(locations: Locations) -> None:
    content = DraftContent(
        loader_path="code/gone.py", batch_script_path="code/empty.py", companion_paths=["../x", "code/vars.sh"]
    )
    scripts, errors, _ = picked_scripts(locations, content)
    assert [its.pointer for its in errors] == ["/loader", "/batch_script", "/companions"]
    assert (dict(scripts.named), [its.file_name for its in scripts.companions]) == ({}, ["vars.sh"])
    assert picked_scripts(locations, DraftContent())[1:] == ([], [])


def test_what_lies_beside(locations: Locations, tmp_path: Path) -> None:
    script = picked_script(locations, "code/sky.py", "path", "loader", "x")

    def left(path: str | None = None, *handed_in: str) -> list[str | None]:
        found = left_behind_of(locations, "code/sky.py", "loader", script, handed_in, path)
        return [its.suggestion for its in found if its.code == "companion" and its.suggestion]

    assert left() == ["helpers.py", "settings.json"]
    assert left(None, "helpers.py") == ["settings.json"]
    assert left(str(tmp_path / "server")) == ["helpers.py"]  # files of the data are found by its path
    assert left(str(tmp_path / "elsewhere")) == ["helpers.py", "settings.json"]
    assert any("package" in its.detail for its in left_behind_of(locations, "code/sky.py", "loader", script))
    assert not any("data" in its.detail for its in left_behind_of(locations, "code/sky.py", "loader", script))
