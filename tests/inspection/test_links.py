"""Where links lead."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.inspection.links import link_kind


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ("a/file", "inside"),
        ("b", "inside"),
        ("../outside", "outside"),
        ("/", "outside"),
        ("nowhere", "dead"),
        ("a/file/more", "dead"),
        ("link", "loop"),
        (".", "loop"),
        ("..", "outside"),
    ],
)
def test_kinds(tmp_path: Path, target: str, kind: str) -> None:
    root = tmp_path / "data"
    (root / "a").mkdir(parents=True)
    (root / "b").mkdir()
    (root / "a" / "file").touch()
    (tmp_path / "outside").mkdir()
    (root / "link").symlink_to(target)
    assert link_kind(str(root), str(root / "link")) == kind


def test_a_link_to_a_folder_above_is_a_loop(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "up").symlink_to(tmp_path / "a")
    assert link_kind(str(tmp_path), str(tmp_path / "a" / "b" / "up")) == "loop"


def test_a_sibling_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data2").mkdir()
    (tmp_path / "data" / "link").symlink_to(tmp_path / "data2")
    assert link_kind(str(tmp_path / "data"), str(tmp_path / "data" / "link")) == "outside"
