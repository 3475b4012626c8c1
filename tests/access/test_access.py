"""Who can read a path: the way there, and what stops one."""

from __future__ import annotations

import grp
import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.access import access
from huggingnersc_lab.access.access import Access, Walk

NOBODY = 65534
STAFF = grp.getgrnam("staff").gr_gid
NAMELESS = 54321

LookAs = Callable[..., Access]


def look(path: str | Path) -> Access:
    return Walk().look(str(path))


def test_what_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    group = grp.getgrgid(tmp_path.stat().st_gid).gr_name
    assert look(tmp_path) == look(tmp_path / "file") == Access("readable", owning_group=group)
    assert look(f"{tmp_path}/./x/..//file/").status == "missing"
    assert look(f"{tmp_path}/.//../{tmp_path.name}/file/").status == "readable"
    assert look("/").status == look("//").status == "readable"


def test_the_first_part_that_is_not_there(tmp_path: Path) -> None:
    assert look(tmp_path / "a" / "b" / "c") == Access("missing", str(tmp_path / "a"))
    (tmp_path / "file").write_text("")
    assert look(tmp_path / "file" / "below" / "x") == Access("missing", str(tmp_path / "file" / "below"))
    assert look(f"{tmp_path}/file/..") == Access("missing", f"{tmp_path}/file/..")


def test_links_are_followed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a").write_text("")
    (tmp_path / "relative").symlink_to("data")
    (tmp_path / "absolute").symlink_to(tmp_path / "relative")
    (tmp_path / "up").symlink_to("../" + tmp_path.name + "/absolute/a")
    assert look(tmp_path / "absolute" / "a").status == look(tmp_path / "up").status == "readable"
    (tmp_path / "dead").symlink_to("purged/2024")
    assert look(tmp_path / "dead" / "x") == Access("missing", str(tmp_path / "purged"))


def test_links_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    found = look(tmp_path / "a" / "x")
    assert (found.status, found.detail) == ("missing", "a circular link")
    (tmp_path / "deeper").symlink_to("deeper/deeper")
    assert look(tmp_path / "deeper").status == "missing"


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("data/iris", "not an absolute path"),
        ("", "not an absolute path"),
        ("/tmp/a\0b", "not a valid file name"),
        ("/tmp/\ud800", "not a valid file name"),
        ("/" + "a/" * 2500, "longer than a path can be"),
        ("/tmp/" + "a" * 300, None),
        ("/tmp/\udcff", None),
    ],
)
def test_what_cannot_be_a_path_is_not_there(path: str, detail: str | None) -> None:
    found = look(path)
    assert (found.status, found.detail) == ("missing", detail)


def test_a_long_path_is_no_deep_recursion(tmp_path: Path) -> None:
    assert look(f"{tmp_path}{'/.' * 1500}").status == "readable"
    assert look(f"{tmp_path}{'/..' * 1000}").status == "readable"


def test_what_is_neither_file_nor_folder_is_no_data_and_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    assert look(tmp_path / "fifo").detail == "a named pipe"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        assert look(tmp_path / "socket").detail == "a socket"
    assert look("/dev/null") == Access("missing", "/dev/null", detail="a device")


def test_a_folder_that_cannot_be_passed(folder: Path, look_as: LookAs) -> None:
    inner = folder / "closed" / "data"
    inner.mkdir(parents=True)
    (folder / "closed").chmod(0o750)
    os.chown(folder / "closed", 0, STAFF)
    assert look_as(inner) == Access("unreadable", str(folder / "closed"), "staff", remedy="join")
    assert look_as(inner, groups=[STAFF]).status == "readable"
    (folder / "closed").chmod(0o755)
    assert look_as(inner).status == "readable"


@pytest.mark.parametrize(("mode", "status"), [(0o755, "readable"), (0o711, "unreadable"), (0o744, "unreadable")])
def test_a_folder_has_to_be_listed_and_passed(mode: int, status: str, folder: Path, look_as: LookAs) -> None:
    (folder / "data").mkdir()
    (folder / "data").chmod(mode)
    assert look_as(folder / "data").status == status


def test_who_has_to_open_what_no_group_may_read(folder: Path, look_as: LookAs) -> None:
    (folder / "data").write_text("")
    (folder / "data").chmod(0o600)
    os.chown(folder / "data", 1, STAFF)
    found = look_as(folder / "data")
    assert found == Access("unreadable", str(folder / "data"), None, "daemon", "owner", owning_group="staff")
    assert look_as(folder / "data", groups=[STAFF]).remedy == "owner"


def test_nobody_is_sent_into_the_group_of_root(folder: Path, look_as: LookAs) -> None:
    (folder / "data").write_text("")
    (folder / "data").chmod(0o640)
    os.chown(folder / "data", 1, 0)
    assert look_as(folder / "data").remedy == "owner"


def test_ones_own(folder: Path, look_as: LookAs) -> None:
    (folder / "data").mkdir()
    (folder / "data").chmod(0o070)
    os.chown(folder / "data", NOBODY, STAFF)
    assert look_as(folder / "data").remedy == "yourself"


def test_a_group_and_an_owner_without_a_name(folder: Path, look_as: LookAs) -> None:
    (folder / "data").mkdir()
    (folder / "data").chmod(0o750)
    os.chown(folder / "data", NAMELESS, NAMELESS)
    assert look_as(folder / "data").group == str(NAMELESS)
    (folder / "data").chmod(0o700)
    assert look_as(folder / "data").owner == str(NAMELESS)


def test_a_group_that_one_is_in_since_the_session_began(folder: Path, look_as: LookAs) -> None:
    # "backup" and the like are users whose first group is their own: without it, a session is older than its group.
    backup = grp.getgrnam("backup").gr_gid
    (folder / "data").mkdir()
    (folder / "data").chmod(0o750)
    os.chown(folder / "data", 0, backup)
    found = look_as(folder / "data", uid=backup, gid=NOBODY)
    assert (found.status, found.remedy, found.group) == ("unreadable", "log_in_again", "backup")
    assert look_as(folder / "data", uid=backup, gid=backup).status == "readable"


def test_a_folder_whose_files_are_closed(folder: Path, look_as: LookAs) -> None:
    for name in ("a", "b"):
        (folder / name).write_text("")
        (folder / name).chmod(0o640)
        os.chown(folder / name, 0, STAFF)
    (folder / ".hidden").write_text("")
    (folder / "dead").symlink_to("purged")
    found = look_as(folder)
    assert found.status == "readable"  # "dead" is no reason, but not closed either
    (folder / "dead").unlink()
    found = look_as(folder)
    assert (found.status, found.group, found.remedy) == ("unreadable", "staff", "join")
    assert found.blocked_at in (str(folder / "a"), str(folder / "b"))
    (folder / "a").chmod(0o644)
    found = look_as(folder)
    assert (found.status, found.blocked_at) == ("readable", str(folder / "b"))
    (folder / "b").chmod(0o644)
    assert look_as(folder).blocked_at is None


def test_only_a_few_entries_of_a_folder_are_tried(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(50):
        (folder / str(number)).write_text("")
    tried: list[str] = []
    real = os.access
    monkeypatch.setattr(access, "_may", lambda path, bits: tried.append(path) or real(path, bits))
    assert look(folder).status == "readable"
    assert len([path for path in tried if Path(path).parent == folder]) == access.SAMPLE


def test_a_link_that_the_kernel_does_not_follow(folder: Path, look_as: LookAs) -> None:
    protected = Path("/proc/sys/fs/protected_symlinks")
    if not protected.exists() or protected.read_text().strip() != "1":
        pytest.skip("this kernel follows links in sticky folders")
    (folder / "data").write_text("")
    (folder / "sticky").mkdir()
    (folder / "sticky").chmod(0o1777)
    (folder / "sticky" / "link").symlink_to(folder / "data")
    os.lchown(folder / "sticky" / "link", 1, 1)
    found = look_as(folder / "sticky" / "link")
    assert (found.status, found.blocked_at) == ("unreadable", str(folder / "sticky" / "link"))


@pytest.mark.parametrize("error", ["EIO", "ESTALE", "ETIMEDOUT", "ENOTCONN", "EHOSTDOWN"])
def test_a_file_system_that_fails_tells_nothing(error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    number = getattr(errno, error)
    real = os.lstat

    def fail(path: str) -> os.stat_result:
        if str(path).endswith("/bad"):
            raise OSError(number, os.strerror(number), path)
        return real(path)

    monkeypatch.setattr(os, "lstat", fail)
    found = look(tmp_path / "bad" / "x")
    assert found == Access("unknown", str(tmp_path / "bad"), detail=os.strerror(number))


def test_shared_folders_are_looked_at_once(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("")
    steps: list[str] = []
    walk = Walk(steps.append)
    for name in ("a", "b", "c"):
        assert walk.look(str(tmp_path / name)).status == "readable"
    assert steps.count(str(tmp_path)) == 1
    assert len(steps) == len(tmp_path.parts) - 1 + 2 * 3


def test_a_path_is_as_long_as_the_kernel_takes() -> None:
    """4,096 bytes with the NUL at its end: ``PATH_MAX``."""
    longest = "/" + "x/" * 2047
    assert look(longest) == Access("missing", "/x")
    assert look(longest + "x") == Access("missing", longest + "x", detail="longer than a path can be")


def test_what_a_worker_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is known, in the order of the paths, with each step noted before it is taken."""
    steps: list[str] = []
    monkeypatch.setattr(access, "note", steps.append)
    gone = str(tmp_path / "gone")
    here, missing = access.look_at_all([str(tmp_path), gone])
    group = grp.getgrgid(tmp_path.stat().st_gid).gr_name
    assert here.keys() == {"status", "owning_group", "checked_at"}
    assert (here["status"], here["owning_group"]) == ("readable", group)
    assert missing.keys() == {"status", "blocked_at", "checked_at"}
    assert (missing["status"], missing["blocked_at"]) == ("missing", gone)
    assert steps[-1] == gone
    assert str(tmp_path) in steps
