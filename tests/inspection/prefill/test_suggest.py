"""Folders are read by worker processes; nothing outside of them is."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.inspection.prefill import suggest as module
from huggingnersc_lab.inspection.prefill.suggest import MAX_BYTES, Skipped, suggest


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.md"
    outside.write_text("# Secret plans\n\nNobody should read this paragraph.\n")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "README.md").symlink_to(outside)
    assert suggest(str(folder)).fields == {}


def test_large_files_are_skipped_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_bytes(b"# T\n" + b"x" * MAX_BYTES)
    assert suggest(str(tmp_path)).skipped == (Skipped("README.md", "is larger than 512 KiB"),)


def test_odd_names_are_not_read(tmp_path: Path) -> None:
    for name in (b"load_\xff.py", b"load\n.py", b"load_\xe2\x80\xae.py"):
        (tmp_path / Path(name.decode("utf-8", "surrogateescape"))).write_text("import pandas\n")
    assert suggest(str(tmp_path)).fields == {}


def test_only_so_many_files_are_read(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"script_{number}.py").write_text("import pandas\n")
    (tmp_path / "load.py").write_text("import pandas\n")
    (tmp_path / "README.md").write_text("# Many scripts\n")
    fields = suggest(str(tmp_path)).fields
    assert fields["loader"][0].value == "load.py"
    assert fields["pretty_name"][0].value == "Many scripts"
    assert len(fields["loader"]) <= 8


def test_a_file_that_vanishes_in_between(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "README.md").write_text("# Here\n")
    monkeypatch.setattr(module, "_wanted", lambda _: [("gone.md", module.SOURCES[0])])
    assert suggest(str(tmp_path)).skipped == (Skipped("gone.md", "does not exist"),)


def test_what_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").touch()
    for path in (tmp_path / "gone", tmp_path / "a.csv"):
        with pytest.raises(CatalogError) as caught:
            suggest(str(path))
        assert caught.value.code == "not_found"
