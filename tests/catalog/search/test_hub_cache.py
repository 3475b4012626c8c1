"""The kept list of the Hub: its age, its owner, what is asked when, and what a Hub in trouble leaves of it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from huggingnersc_lab.account.connection import Viewer, viewer, viewer_of
from huggingnersc_lab.account.tokens import forget_token, keep_token
from huggingnersc_lab.catalog.search import hub_cache as listing
from huggingnersc_lab.catalog.search.hub_cache import Listing
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import load_site
from tests.practice_hub import FaultyHub

LIST = "/api/datasets"
QUICK = Policy(timeout=2, tries=1)

Make = Callable[..., Listing]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "lists"


@pytest.fixture
def make(practice_hub: FaultyHub, folder: Path) -> Iterator[Make]:
    """A list as one role sees it; each of them stands for a process of its own."""
    made: list[Listing] = []

    def make_one(role: str | None = "admin") -> Listing:
        token = practice_hub.tokens[role] if role else None
        found = Listing(viewer_as(practice_hub.url, token), folder)
        made.append(found)
        return found

    yield make_one
    for one in made:
        settle(one)


def viewer_as(url: str, token: str | None) -> Callable[[], Viewer]:
    return lambda: viewer_of(lambda: Hub(url, token, "NERSC", QUICK))


def settle(one: Listing) -> None:
    """Wait until nothing is asked any more."""
    end = time.monotonic() + 20
    while one.is_asking:
        assert time.monotonic() < end
        time.sleep(0.01)


def names(one: Listing) -> list[str] | None:
    datasets = one.known().datasets
    return None if datasets is None else [dataset.name for dataset in datasets]


def asked(hub: FaultyHub) -> int:
    return sum(request.path == LIST for request in hub.requests)


def test_a_list_is_kept_and_asked_for_once_in_five_minutes(
    make: Make, practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice_hub.odd_rows.append({"id": "NERSC/sky"})
    first = make()
    assert (names(first), first.known().as_of) == (None, None)
    first.refresh()
    settle(first)
    assert names(first) == ["sky"]
    assert first.known().as_of == pytest.approx(time.time(), abs=10)
    practice_hub.odd_rows.append({"id": "NERSC/sea"})
    second = make()
    second.refresh()  # what another process has asked for is as good
    settle(second)
    assert (names(second), asked(practice_hub)) == (["sky"], 1)
    second.refresh(force=True)
    settle(second)
    assert names(second) == names(first) == ["sky", "sea"]
    monkeypatch.setattr(listing, "FRESH_SECONDS", 0.0)
    first.refresh()
    settle(first)
    assert asked(practice_hub) == 3


def test_one_list_is_asked_for_at_a_time_and_nobody_waits(make: Make, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("slow", path=LIST, seconds=1)
    one = make()
    began = time.monotonic()
    for _ in range(20):
        one.refresh(force=True)
        assert names(one) is None
    assert time.monotonic() - began < 0.5
    assert one.is_asking
    settle(one)
    assert asked(practice_hub) == 1


def test_what_one_account_sees_another_does_not(make: Make, practice_hub: FaultyHub, folder: Path) -> None:
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC")
    hub.create_repo("NERSC/secret", private=True)
    admin, nobody = make("admin"), make(None)
    admin.refresh()
    settle(admin)
    assert (names(admin), names(nobody)) == (["secret"], None)
    nobody.refresh()
    settle(nobody)
    assert (names(admin), names(nobody)) == (["secret"], [])
    for path in folder.iterdir():
        assert path.stat().st_mode & 0o077 == 0
        for token in practice_hub.tokens.values():
            assert token not in path.name + path.read_text()
    assert folder.stat().st_mode & 0o077 == 0


def test_signing_out_in_between_shows_nothing_private(practice_hub: FaultyHub, folder: Path) -> None:
    site = load_site("sandbox", hub_url=practice_hub.url, environ={})
    Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC").create_repo("NERSC/secret", private=True)
    one = Listing(lambda: viewer(site, {}), folder)
    keep_token(site, practice_hub.tokens["admin"])
    practice_hub.faults.add("slow", path=LIST, seconds=0.5)
    one.refresh()
    forget_token(site)  # while the Hub is still at it
    settle(one)
    assert names(one) is None
    one.refresh()
    settle(one)
    assert names(one) == []
    keep_token(site, practice_hub.tokens["admin"])
    assert names(one) == ["secret"]


@pytest.mark.parametrize("kind", ["server_error", "garbage", "drop_before", "slow", "too_many_requests"])
def test_a_hub_in_trouble_leaves_what_is_known(kind: str, make: Make, practice_hub: FaultyHub) -> None:
    practice_hub.odd_rows.append({"id": "NERSC/sky"})
    one = make()
    one.refresh()
    settle(one)
    practice_hub.faults.add(kind, path=LIST, seconds=5, count=None, retry_after=90)  # type: ignore[arg-type]
    as_of = one.known().as_of
    one.refresh(force=True)
    settle(one)
    assert (names(one), one.known().as_of) == (["sky"], as_of)
    assert "Could not list the datasets of NERSC" in (one.problem() or "")
    practice_hub.faults.clear()
    one.refresh(force=True)
    settle(one)
    if kind == "too_many_requests":  # the Hub wants a pause, and gets it
        assert "too many requests" in (one.problem() or "")
        assert asked(practice_hub) == 2
    else:
        assert one.problem() is None


def test_a_hub_that_failed_is_not_asked_with_every_look(make: Make, practice_hub: FaultyHub) -> None:
    practice_hub.faults.add("server_error", path=LIST, count=None)
    one = make()
    for _ in range(5):
        one.refresh()
        settle(one)
    assert asked(practice_hub) == 1
    assert one.problem() is not None


def test_a_hub_that_has_no_requests_left_gets_a_pause(make: Make, practice_hub: FaultyHub) -> None:
    from huggingface_hub import get_session

    def run_out(response: object) -> None:
        response.headers["RateLimit"] = '"api";r=0;t=120'  # type: ignore[attr-defined]

    session = get_session()
    hooks = session.event_hooks
    session.event_hooks = {**hooks, "response": [run_out, *hooks["response"]]}
    one = make()
    try:
        for _ in range(3):
            one.refresh(force=True)
            settle(one)
    finally:
        session.event_hooks = hooks
    assert (asked(practice_hub), one.problem(), names(one)) == (1, None, [])


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"version": 1}', b'{"version": 99}', b"\xff"])
def test_a_damaged_file_is_asked_for_anew(content: bytes, make: Make, practice_hub: FaultyHub, folder: Path) -> None:
    practice_hub.odd_rows.append({"id": "NERSC/sky"})
    one = make()
    one.refresh()
    settle(one)
    (path,) = folder.iterdir()
    path.write_bytes(content)
    other = make()
    assert names(other) is None
    other.refresh()
    settle(other)
    assert names(other) == ["sky"]


def test_where_nothing_can_be_kept_the_list_is_known_all_the_same(
    make: Make, practice_hub: FaultyHub, folder: Path
) -> None:
    practice_hub.odd_rows.append({"id": "NERSC/sky"})
    folder.write_text("in the way")
    one = make()
    one.refresh()
    settle(one)
    assert (names(one), one.problem()) == (["sky"], None)


def test_a_list_that_nobody_has_wanted_for_a_month_goes(make: Make, folder: Path) -> None:
    folder.mkdir()
    old, new = folder / "old.json", folder / "new.json"
    for path, days in ((old, 40), (new, 5)):
        path.write_text(json.dumps({}))
        os.utime(path, (time.time() - days * 86400,) * 2)
    one = make()
    one.refresh()
    settle(one)
    assert (old.exists(), new.exists()) == (False, True)
