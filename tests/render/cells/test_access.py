from __future__ import annotations

import grp
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.render.cells.access import explain_access

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def _as_nobody(path: Path, group: str = "", help_text: str = "") -> tuple[bool, str]:
    """What the function says to a user without any group; in a child process, since nobody cannot become root again."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(write, json.dumps(explain_access(str(path), group, help_text)).encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    is_readable, sentence = json.loads(answer)
    return is_readable, sentence


@pytest.fixture
def folder() -> Iterator[Path]:
    # pytest's own temporary folders cannot be entered by others.
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        root = Path(name).resolve()
        root.chmod(0o755)
        (root / "project" / "data").mkdir(parents=True)
        (root / "project").chmod(0o755)
        (root / "project" / "data").chmod(0o755)
        (root / "project" / "data" / "a.csv").write_text("1\n")
        yield root


def test_a_path_that_can_be_read(folder: Path) -> None:
    data = folder / "project" / "data"
    assert explain_access(str(data)) == (True, f"You can read {data}.")
    assert explain_access(str(data / "a.csv")) == (True, f"You can read {data / 'a.csv'}.")


def test_a_path_that_is_gone(folder: Path) -> None:
    for path in (folder / "project" / "other" / "x", folder / "project" / "data" / "a.csv" / "x"):
        is_readable, sentence = explain_access(str(path))
        assert not is_readable
        assert "does not exist: the data was moved or purged" in sentence
    assert explain_access(str(folder / "gone" / "x"))[1].startswith(f"{folder / 'gone'} does not exist")


def test_a_link_that_leads_nowhere(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "purged")
    assert explain_access(str(folder / "link"))[1].startswith(f"{folder / 'purged'} does not exist")


@as_root
@pytest.mark.parametrize("mode", [0o750, 0o710])
def test_a_folder_that_is_open_to_a_group_names_it(folder: Path, mode: int) -> None:
    group = grp.getgrgid(1)
    os.chown(folder / "project", 0, group.gr_gid)
    (folder / "project").chmod(mode)
    assert _as_nobody(folder / "project" / "data") == (
        False,
        f"You cannot enter {folder / 'project'}. The Unix group {group.gr_name} has access. Ask to be added to it.",
    )
    help_text = "Ask the owner of {group} in Iris."
    assert _as_nobody(folder / "project" / "data", "m1234", help_text)[1].endswith(
        f"The Unix group {group.gr_name} has access. Ask the owner of {group.gr_name} in Iris."
    )


@as_root
def test_a_group_without_a_name_is_that_of_the_record(folder: Path) -> None:
    os.chown(folder / "project", 0, 54321)
    (folder / "project").chmod(0o750)
    assert "The Unix group m1234 has access." in _as_nobody(folder / "project", "m1234")[1]
    assert "The Unix group number 54321 has access." in _as_nobody(folder / "project")[1]


@as_root
def test_a_folder_that_is_closed_to_all_names_its_owner(folder: Path) -> None:
    (folder / "project").chmod(0o700)
    sentence = f"You cannot enter {folder / 'project'}. Only its owner, root, has access: ask root to share it."
    assert _as_nobody(folder / "project" / "data", "m1234") == (False, sentence)


@as_root
def test_a_folder_that_may_be_entered_but_not_listed(folder: Path) -> None:
    (folder / "project" / "data").chmod(0o711)
    is_readable, sentence = _as_nobody(folder / "project" / "data")
    assert (is_readable, sentence.split(".")[0]) == (False, f"You cannot read {folder / 'project' / 'data'}")
    assert _as_nobody(folder / "project" / "data" / "a.csv")[0]


@as_root
def test_a_file_that_may_not_be_read(folder: Path) -> None:
    file = folder / "project" / "data" / "a.csv"
    file.chmod(0o640)
    # Nobody is let into root's own group.
    assert _as_nobody(file)[1] == f"You cannot read {file}. Only its owner, root, has access: ask root to share it."
    os.chown(file, 0, grp.getgrnam("games").gr_gid)
    assert _as_nobody(file)[1].startswith(f"You cannot read {file}. The Unix group games has access.")


@as_root
def test_a_link_into_a_closed_folder_names_the_folder(folder: Path) -> None:
    (folder / "link").symlink_to(folder / "project" / "data")
    (folder / "project").chmod(0o700)
    assert _as_nobody(folder / "link")[1].startswith(f"You cannot enter {folder / 'project'}.")
