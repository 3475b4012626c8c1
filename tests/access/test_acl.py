"""Access control lists: as the kernel stores them, and whom they send one to."""

from __future__ import annotations

import errno
import grp
import itertools
import os
import random
import shutil
import struct
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from huggingnersc_lab.access import acl
from huggingnersc_lab.access.access import Access
from huggingnersc_lab.access.acl import XATTR, Acl, parse_acl, read_xattr
from huggingnersc_lab.access.rights import group_of
from huggingnersc_lab.render.cells.access import explain_access, groups_that_may

NOBODY = 65534
DAEMON = 1
STAFF = grp.getgrnam("staff").gr_gid
GAMES = grp.getgrnam("games").gr_gid
NO_ID = 0xFFFFFFFF

Entry = tuple[int, int, int]
LookAs = Callable[..., Access]


def packed(*entries: Entry, version: int = 2) -> bytes:
    return struct.pack("<I", version) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def put(path: Path, *entries: Entry) -> None:
    """Give a file a list; the kernel itself looks whether it is a right one."""
    try:
        os.setxattr(path, XATTR, packed(*entries))
    except OSError as err:
        if err.errno != errno.EOPNOTSUPP:
            raise
        pytest.skip("the file system under /tmp has no access control lists")


def entries(owner: int, group: int, other: int, *more: Entry, mask: int | None = None) -> list[Entry]:
    """A list in the kernel's order."""
    ends = [(acl.MASK, mask, NO_ID)] if mask is not None else []
    users = [entry for entry in more if entry[0] == acl.USER]
    groups = [entry for entry in more if entry[0] == acl.GROUP]
    return [
        (acl.USER_OBJ, owner, NO_ID),
        *users,
        (acl.GROUP_OBJ, group, NO_ID),
        *groups,
        *ends,
        (acl.OTHER, other, NO_ID),
    ]


def test_a_list_is_read() -> None:
    content = packed(*entries(7, 5, 0, (acl.USER, 4, 1000), (acl.GROUP, 5, 60), (acl.GROUP, 1, 61), mask=4))
    found = parse_acl(content)
    assert found == Acl(7, 5, 0, 4, {1000: 4}, {60: 5, 61: 1})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x02",
        packed(version=2),
        packed(*entries(7, 5, 0), version=1),
        packed(*entries(7, 5, 0))[:-1],
        packed(*entries(7, 5, 0)) + b"\0" * 4,
        packed(*entries(7, 5, 8)),
        packed((acl.USER_OBJ, 7, NO_ID), (acl.GROUP_OBJ, 5, NO_ID)),
        packed(*entries(7, 5, 0), (0x40, 1, NO_ID)),
        packed(*entries(7, 5, 0), (acl.OTHER, 7, NO_ID)),
    ],
)
def test_what_is_no_list(content: bytes) -> None:
    assert parse_acl(content) is None


def test_garbage_never_fails() -> None:
    chance = random.Random(1)
    right = packed(*entries(7, 5, 0, (acl.USER, 4, 1000), (acl.GROUP, 5, 60), mask=4))
    for _ in range(2000):
        content = bytearray(right)
        for _ in range(chance.randint(1, 4)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        found = parse_acl(bytes(content[: chance.randint(0, len(content))]))
        assert found is None or 0 <= found.owning_group <= 7


def test_a_file_without_a_list_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_xattr(str(tmp_path)) == read_xattr(str(tmp_path / "gone")) == b""
    monkeypatch.setattr(acl, "_getxattr", None)
    assert read_xattr(str(tmp_path)) == b""


def test_a_list_that_is_none_leaves_the_mode(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed.chmod(0o750)
    monkeypatch.setattr(acl, "_getxattr", lambda path, name: b"garbage")
    assert group_of(str(closed), closed.stat(), 5) == "staff"


@pytest.fixture
def closed(folder: Path, look_as: LookAs) -> Path:
    """Data of daemon's and staff's; its list is the test's."""
    path = folder / "data"
    path.mkdir()
    os.chown(path, DAEMON, STAFF)
    return path


def test_a_group_that_the_list_names_is_the_one_to_ask(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 0, 0, (acl.GROUP, 5, GAMES), mask=5))
    assert look_as(closed).group == "games"
    assert look_as(closed, groups=[GAMES]).status == "readable"
    assert look_as(closed, groups=[STAFF]).group == "games"  # the mode shows r-x for staff, which is the mask's


def test_panel_and_notebook_name_the_same_group(closed: Path, look_as: LookAs) -> None:
    """By the mode alone it would be staff's: what shows there is the mask."""
    for named, bits, mask, group in ((GAMES, 5, 5, "games"), (GAMES, 5, 1, None), (STAFF, 5, 5, "staff")):
        put(closed, *entries(7, 0, 0, (acl.GROUP, bits, named), mask=mask))
        found = look_as(closed)
        assert found.group == group
        groups = groups_that_may(closed.stat(), read_xattr(str(closed)), 5, NOBODY)
        assert groups == ([named] if group else [])
        sentence = said_in_notebook(closed)
        assert (f"The Unix group {group} has access." if group else "Only its owner, daemon, has access") in sentence
        # What the record says, "Group with access", of who can read it, too.
        assert look_as(closed, uid=DAEMON).owning_group == (group or "staff")


def test_whom_the_list_names_is_told_of_no_group_in_either(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 5, 0, (acl.USER, 0, NOBODY), mask=5))
    assert look_as(closed).remedy == "owner"
    assert "Only its owner, daemon, has access" in said_in_notebook(closed)


def said_in_notebook(path: Path) -> str:
    """What the notebook's cell says to nobody."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            os.write(write, explain_access(str(path))[1].encode())
        finally:
            os._exit(0)
    os.close(write)
    with os.fdopen(read, "rb") as pipe:
        sentence = pipe.read().decode()
    os.waitpid(child, 0)
    return sentence


def test_a_mask_takes_the_right_away(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 7, 0, (acl.GROUP, 7, GAMES), mask=1))
    found = look_as(closed)
    assert (found.group, found.owner, found.remedy) == (None, "daemon", "owner")
    assert look_as(closed, groups=[GAMES]).status == "unreadable"


def test_the_owning_group_comes_first(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 5, 0, (acl.GROUP, 5, GAMES), mask=5))
    assert look_as(closed).group == "staff"


def test_somebody_who_is_named_is_held_to_that(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 5, 5, (acl.USER, 0, NOBODY), mask=5))
    found = look_as(closed, groups=[STAFF])
    assert (found.status, found.remedy, found.owner) == ("unreadable", "owner", "daemon")
    put(closed, *entries(7, 0, 0, (acl.USER, 5, NOBODY), mask=5))
    assert look_as(closed).status == "readable"


def test_a_group_that_is_only_named_without_a_right_is_no_use(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 0, 0, (acl.GROUP, 4, GAMES), (acl.GROUP, 5, STAFF), mask=7))
    assert look_as(closed).group == "staff"


def test_everybody_but_the_members_of_a_group(closed: Path, look_as: LookAs) -> None:
    put(closed, *entries(7, 0, 5))
    assert look_as(closed).status == "readable"
    found = look_as(closed, groups=[STAFF])
    assert (found.status, found.remedy) == ("unreadable", "owner")


def test_no_group_is_named_that_would_not_help(closed: Path, look_as: LookAs) -> None:
    """Whoever joins the group that is named can read, whatever the list says."""
    chance = random.Random(2)
    checked = 0
    for _ in range(60):
        bits = [chance.choice((0, 1, 4, 5, 7)) for _ in range(5)]
        put(closed, *entries(7, bits[0], bits[1], (acl.GROUP, bits[2], GAMES), (acl.GROUP, bits[3], 4), mask=bits[4]))
        groups = chance.sample([STAFF, GAMES, 4], chance.randint(0, 2))
        found = look_as(closed, groups=groups)
        if found.remedy == "join":
            checked += 1
            joined = grp.getgrnam(str(found.group)).gr_gid
            assert look_as(closed, groups=[*groups, joined]).status == "readable"
        elif found.status == "unreadable":
            for more in itertools.chain([STAFF, GAMES, 4]):
                assert look_as(closed, groups=[*groups, more]).status == "unreadable"
    assert checked > 5


@pytest.mark.skipif(shutil.which("setfacl") is None, reason="the package acl is not installed")
def test_setfacl_and_getfacl_mean_the_same(closed: Path, look_as: LookAs) -> None:
    settings = f"u::rwx,u:{NOBODY}:---,g::---,g:games:r-x,g:{STAFF}:--x,m::r-x,o::---"
    done = subprocess.run(["setfacl", "-m", settings, closed], check=False, capture_output=True, text=True)
    if "not supported" in done.stderr:
        pytest.skip("the file system under /tmp has no access control lists")
    found = parse_acl(read_xattr(str(closed)))
    assert found == Acl(7, 0, 0, 5, {NOBODY: 0}, {GAMES: 5, STAFF: 1})
    put(closed, *entries(7, 4, 0, (acl.GROUP, 5, GAMES), mask=4))
    shown = subprocess.run(["getfacl", "-cnp", closed], check=True, capture_output=True, text=True).stdout.split()
    assert [line for line in shown if not line.startswith("#")] == [
        "user::rwx",
        "group::r--",
        f"group:{GAMES}:r-x",
        "mask::r--",
        "other::---",
    ]
    assert look_as(closed).remedy == "owner"
