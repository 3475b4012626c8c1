"""Scripts with their companion files, read together."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.catalog.publish.scripts import Scripts, beside, followed_by, read_scripts
from huggingnersc_lab.record.scripts import Script

BATCH = "#!/bin/bash\nsource vars.sh\nsrun python sky.py\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sky.py").write_text("import helpers\nimport json\nopen('settings.json')\n")
    (tmp_path / "helpers.py").write_text("x = 1\n")
    (tmp_path / "settings.json").write_text("{}\n")
    (tmp_path / "run.sh").write_text(BATCH)
    (tmp_path / "vars.sh").write_text("python sky.py\n")
    return tmp_path


def read(folder: Path, *companions: str) -> Scripts:
    named = {"loader": folder / "sky.py", "batch_script": folder / "run.sh"}
    scripts, failures = read_scripts(named, [folder / name for name in companions], "sky")
    assert failures == []
    return scripts


def test_scripts_call_each_other_by_their_new_names(folder: Path) -> None:
    scripts = read(folder, "vars.sh")
    assert scripts.named == {
        "loader": Script("load_sky.py", (folder / "sky.py").read_text()),
        "batch_script": Script("run.sh", BATCH.replace("sky.py", "load_sky.py")),
    }
    assert scripts.companions == (Script("vars.sh", "python load_sky.py\n"),)
    assert scripts.sources == {
        "loader": folder / "sky.py",
        "batch_script": folder / "run.sh",
        "vars.sh": folder / "vars.sh",
    }
    assert [(its.pointer, its.code) for its in scripts.renamed] == [
        ("/batch_script", "renamed"),
        ("/companions", "renamed"),
    ]


def test_what_stays_behind_is_told_by_the_script_that_needs_it(folder: Path) -> None:
    found = list(read(folder).warnings(None))
    assert [(its.pointer, its.code, its.suggestion) for its in found] == [
        ("/loader", "companion", "helpers.py"),
        ("/loader", "companion", "settings.json"),
        ("/batch_script", "companion", "vars.sh"),
        ("/batch_script", "renamed", None),
    ]
    (folder / "helpers.py").write_text("open('settings.json')\n")
    found = list(read(folder, "vars.sh", "helpers.py").warnings(None))
    assert [(its.pointer, its.suggestion) for its in found if its.code == "companion"] == [
        ("/loader", "settings.json"),
        ("/companions", "settings.json"),
    ]


def test_files_of_the_data_are_found_by_its_path(folder: Path) -> None:
    def codes(data_path: str) -> list[str | None]:
        return [its.suggestion for its in read(folder, "vars.sh").warnings(data_path) if its.code == "companion"]

    assert codes(str(folder)) == codes(str(folder.parent)) == ["helpers.py"]
    assert codes(str(folder / "data")) == ["helpers.py", "settings.json"]


def test_texts_have_no_folder_to_look_into(folder: Path) -> None:
    scripts, failures = read_scripts({"loader": Script("load.py", "import helpers\n"), "batch_script": None}, [], "sky")
    assert (list(scripts.named), scripts.sources, failures) == (["loader"], {}, [])
    assert list(scripts.warnings(None)) == []


def test_every_one_that_cannot_be_read_is_told(folder: Path) -> None:
    named = {"loader": folder / "gone.py", "batch_script": folder / "run.sh"}
    (folder / "empty.txt").touch()
    scripts, failures = read_scripts(named, [folder / "empty.txt", folder / "vars.sh"], "sky")
    assert [(err.code, [its.pointer for its in err.fields]) for err in failures] == [
        ("not_found", ["/loader"]),
        ("invalid_record", ["/companions"]),
    ]
    assert (list(scripts.named), [its.file_name for its in scripts.companions]) == (["batch_script"], ["vars.sh"])


def test_what_is_said_of_a_renamed_script_names_its_member() -> None:
    named = {"loader": Script("load.py", "import old\n"), "batch_script": Script("run.sh", "python old.py\n")}
    followed = followed_by(named, [Script("more.sh", "./old.py\n"), Script("x.txt", "")], {"old.py": "new.py"})
    assert [(its.pointer, its.code) for its in followed.renamed] == [
        ("/loader", "renamed_import"),
        ("/batch_script", "renamed"),
        ("/companions", "renamed"),
    ]
    assert followed.named["batch_script"].text == "python new.py\n"
    assert [its.text for its in followed.companions] == ["./new.py\n", ""]
    assert followed_by(named, [], {}) == Scripts(named)


def test_what_lies_beside(folder: Path) -> None:
    (folder / "package").mkdir()
    (folder / "package" / "__init__.py").touch()
    (folder / "data").mkdir()
    look = beside(folder)
    assert [look(name) for name in ("run.sh", "package", "data", "gone", "a\0b", "x" * 300)] == [
        "file",
        "folder",
        None,
        None,
        None,
        None,
    ]
