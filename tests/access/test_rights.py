"""Whom to ask, where the kernel has refused."""

from __future__ import annotations

import grp
import os
import pwd
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.access import rights
from huggingnersc_lab.access.rights import Person, group_name, group_of, this_person, user_name, who_may
from tests.access.test_acl import entries, packed

STAFF = grp.getgrnam("staff").gr_gid
GAMES = grp.getgrnam("games").gr_gid
DAEMON = pwd.getpwnam("daemon").pw_uid
OWNER, READ, PASS = 77, 4, 1


def status(mode: int, gid: int = STAFF, uid: int = DAEMON) -> Any:
    return SimpleNamespace(st_mode=mode, st_uid=uid, st_gid=gid)


@pytest.fixture(autouse=True)
def acl(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Access control lists by path."""
    lists: dict[str, bytes] = {}
    monkeypatch.setattr(rights, "read_xattr", lambda path: lists.get(path, b""))
    return lists


def ask(mode: int, bits: int = READ, *, uid: int = OWNER, groups: Any = (), later: Any = (), gid: int = STAFF) -> Any:
    return who_may("/data", status(mode, gid), bits, Person(uid, frozenset(groups), frozenset(later)))


def test_who_is_to_be_asked() -> None:
    assert ask(0o640) == ("join", "staff")
    assert ask(0o640, later=[STAFF]) == ("log_in_again", "staff")
    assert ask(0o600) == ("owner", "daemon")
    assert ask(0o640, uid=DAEMON) == ("yourself", "daemon")
    assert ask(0o640, gid=0) == ("owner", "daemon")  # nobody is sent into the group of root


def test_the_group_has_to_have_what_was_asked_for() -> None:
    assert ask(0o640, PASS) == ("owner", "daemon")
    assert ask(0o650, PASS) == ("join", "staff")
    assert ask(0o640, READ | PASS) == ("owner", "daemon")


def test_who_is_in_the_group_already_is_not_sent_there() -> None:
    assert ask(0o640, groups=[STAFF]) == ("owner", "daemon")


def test_groups_of_an_access_control_list(acl: dict[str, bytes]) -> None:
    acl["/data"] = packed(*entries(7, 0, 0, (8, 4, GAMES), (8, 4, STAFF), mask=7))
    assert ask(0o670, gid=12345) == ("join", "games")
    assert ask(0o670, gid=12345, groups=[GAMES]) == ("join", "staff")
    assert ask(0o670, gid=12345, later=[STAFF]) == ("log_in_again", "staff")
    acl["/data"] = b"damaged"
    assert ask(0o600) == ("owner", "daemon")


def test_which_group_may(acl: dict[str, bytes]) -> None:
    assert group_of("/data", status(0o640), READ) == "staff"
    assert group_of("/data", status(0o600), READ) == "staff"
    assert group_of("/data", status(0o640, 0), READ) == "root"
    acl["/data"] = packed(*entries(7, 0, 0, (8, 4, GAMES), mask=7))
    assert group_of("/data", status(0o670), READ) == "games"
    assert group_of("/data", status(0o670), PASS) == "staff"
    assert group_of("/data", status(0o670, 0), READ) == "root"


def test_names_and_numbers_without_one() -> None:
    assert (group_name(STAFF), user_name(DAEMON)) == ("staff", "daemon")
    for number in (54321, 2**40, -5):
        assert (group_name(number), user_name(number)) == (str(number), str(number))


@pytest.fixture
def _asked_anew() -> Any:
    this_person.cache_clear()
    yield
    this_person.cache_clear()


@pytest.mark.usefixtures("_asked_anew")
def test_this_person(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: DAEMON)
    monkeypatch.setattr(os, "getegid", lambda: 5)
    monkeypatch.setattr(os, "getgroups", lambda: [6])
    monkeypatch.setattr(os, "getgrouplist", lambda name, gid: {"daemon": [5, 7, gid]}[name])
    found = this_person()
    assert (found.uid, found.groups) == (DAEMON, {5, 6})
    assert found.later == {7, pwd.getpwnam("daemon").pw_gid}


@pytest.mark.usefixtures("_asked_anew")
def test_a_person_that_the_user_database_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    assert (this_person().uid, this_person().later) == (54321, frozenset())
