"""Whatever the Hub does, each verb tells of its failure in time; the clock here runs faster than in life."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi, constants

from huggingnersc_lab.account import connection
from huggingnersc_lab.account import sign_in as signing_in
from huggingnersc_lab.account.tokens import keep_token
from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.history import versions
from huggingnersc_lab.catalog.publish import recovery as traces
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, deadline, device
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.workspace.draft_checks import content_of_repository
from tests.practice_hub import FaultyHub

LONGEST_SECONDS = 60.0
"""In life a failure is told before."""

FAST = Policy(timeout=0.4, tries=4, base=0.05, longest=0.2, total=1.0, undo=0.4)
IN_FLIGHT = 0.2
BUSY_SECONDS = 2.0
"""So much longer it may take on a machine that is busy."""

REPO = "NERSC/iris"
SLOW_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nX-Filler: " + b"x" * 10_000


def _endless_redirects(between: Any) -> Callable[[Any], Any]:
    numbers = itertools.count()
    return lambda seen: between.reply(b"", 307, Location=f"{seen.path.partition('?')[0]}?n={next(numbers)}")


TROUBLES: dict[str, Callable[[Any], Callable[[Any], Any]]] = {
    "silence": lambda between: lambda _: between.act("hang"),
    "silence when all is done": lambda between: lambda _: between.act("lose_hang"),
    "a drip of an answer": lambda between: lambda _: between.drip(b"HTTP/1.1 200 OK\r\n\r\n" + b"[" * 10_000, 0.05),
    "a drip of headers": lambda between: lambda _: between.drip(SLOW_HEAD, 0.05),
    "redirects without end": _endless_redirects,
    "a wait of an hour": lambda between: lambda _: between.reply({}, 429, Retry_After="3600"),
    "a wait without an end": lambda between: lambda _: between.reply({}, 429, Retry_After="0.3"),
    "out of order": lambda between: lambda _: between.reply({}, 503),
    "busy": lambda between: lambda _: between.late(0.3),
}

VERBS: dict[str, Callable[[Catalog, str], object]] = {
    "publish": lambda catalog, _: publish(catalog, new_name()),
    "propose a new one": lambda catalog, _: publish(catalog, new_name(), create_pr=True),
    "update": lambda catalog, name: catalog.update(name, {"license": "mit"}),
    "update and hide": lambda catalog, name: catalog.update(name, {"license": "mit"}, private=True),
    "propose": lambda catalog, name: catalog.update(name, {"license": "mit"}, create_pr=True),
    "adopt": lambda catalog, _: publish(catalog, "others", adopting="NERSC/others", private=None),
    "read its card": lambda catalog, _: content_of_repository(catalog, "others"),
    "retire": lambda catalog, name: catalog.retire(name, from_hub=True),
    "resume": lambda catalog, name: catalog.resume(name),
    "undo": lambda catalog, name: catalog.undo(name),
    "versions": lambda catalog, name: catalog.versions(name),
    "vocabulary": lambda catalog, _: catalog.refresh_vocabulary(),
}


_numbers = itertools.count()


def new_name() -> str:
    return f"sky{next(_numbers)}"


def publish(catalog: Catalog, name: str, **options: Any) -> None:
    metadata = {"name": name, "pretty_name": "Sky", "size_categories": ["n<1K"], "license": "mit"}
    catalog.publish(catalog.read(metadata), **options)


@pytest.fixture(autouse=True)
def faster(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "IN_FLIGHT_SECONDS", IN_FLIGHT)
    monkeypatch.setattr(versions, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(versions, "SECONDS", 0.5)


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, stand_before: Callable[[str], Any]
) -> Iterator[tuple[FaultyHub, Any]]:
    """A Hub with a repository that others made, and what stands before it."""
    with FaultyHub(tmp_path_factory.mktemp("world") / "hub") as hub, stand_before(hub.url) as between:
        HfApi(endpoint=hub.url, token=hub.tokens["admin"]).create_repo("NERSC/others", repo_type="dataset")
        yield hub, between


def catalog_at(url: str, hub: FaultyHub, root: Path, policy: Policy) -> Catalog:
    site = load_site("sandbox", catalog_root=str(root), hub_url=url, environ={})
    return Catalog(site, hub=lambda: Hub(url, hub.tokens["admin"], "NERSC", policy))


@pytest.fixture
def between(world: tuple[FaultyHub, Any]) -> Iterator[Any]:
    yield world[1]
    world[1].heal()


@pytest.fixture
def catalog(between: Any, world: tuple[FaultyHub, Any], tmp_path: Path) -> Catalog:
    root = tmp_path / "catalog"
    root.mkdir()
    return catalog_at(between.url, world[0], root, FAST)


def prepared(verb: str, catalog: Catalog, hub: FaultyHub) -> str:
    """Name of a new dataset of the catalog; of an unfinished one for the verbs that are about those."""
    name = new_name()
    patient = catalog_at(catalog.hub.url, hub, catalog.store.root, Policy())
    publish(patient, name)
    if verb in ("resume", "undo"):
        hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
        hasty = catalog_at(catalog.hub.url, hub, catalog.store.root, Policy(tries=1))
        with pytest.raises(CatalogError):
            hasty.update(name, {"license": "mit"}, keep_on_failure=True)
        hub.faults.clear()
    return name


@pytest.fixture
def site(between: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(signing_in, "IMPATIENT", FAST)
    monkeypatch.setattr(connection, "_patient", lambda _: FAST)
    return load_site("sandbox", hub_url=between.url, environ={})


@pytest.mark.parametrize("trouble", TROUBLES)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_fails_in_time(
    verb: str, trouble: str, catalog: Catalog, between: Any, world: tuple[FaultyHub, Any]
) -> None:
    name = prepared(verb, catalog, world[0])
    between.rule = TROUBLES[trouble](between)
    start = time.monotonic()
    failure = None
    try:
        VERBS[verb](catalog, name)
    except CatalogError as err:
        failure = err
    assert time.monotonic() - start < FAST.total + FAST.undo + 2 * IN_FLIGHT + BUSY_SECONDS
    if failure is None:  # a Hub that is slow, but answers
        assert trouble == "busy"
    else:
        assert failure.code == "upstream", failure.detail


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_list_is_given_up_in_time(trouble: str, catalog: Catalog, between: Any) -> None:
    between.rule = TROUBLES[trouble](between)
    start = time.monotonic()
    catalog.sources.listing.refresh()
    catalog.sources.listing.wait(30)
    assert time.monotonic() - start < FAST.total + BUSY_SECONDS
    assert not catalog.sources.listing.is_asking
    if trouble != "busy":
        assert "Could not list the datasets of NERSC" in (catalog.sources.listing.problem() or "")


@pytest.mark.parametrize("trouble", [name for name in TROUBLES if name != "busy"])
def test_signing_in_fails_in_time(trouble: str, site: Site, between: Any, world: tuple[FaultyHub, Any]) -> None:
    token = world[0].tokens["admin"]
    keep_token(site, token)
    between.rule = TROUBLES[trouble](between)
    start = time.monotonic()
    with pytest.raises(CatalogError) as failed:
        signing_in.sign_in(site, token)
    assert failed.value.code == "upstream"
    answer = signing_in.ask_hub(site)
    assert (answer.reachable, answer.account) == (False, None)
    assert answer.detail
    assert time.monotonic() - start < 2 * (FAST.total + BUSY_SECONDS)


@pytest.mark.parametrize("trouble", [name for name in TROUBLES if name != "busy"])
def test_a_code_is_given_up_in_time(trouble: str, between: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("huggingface_hub.utils._oauth_device", reason="huggingface_hub 1 cannot sign in with a code")
    monkeypatch.setattr(constants, "ENDPOINT", between.url)
    between.rule = TROUBLES[trouble](between)
    start = time.monotonic()
    with pytest.raises(CatalogError) as failed:
        device.DeviceSignIn(FAST)
    assert failed.value.code == "upstream"
    assert time.monotonic() - start < FAST.total + BUSY_SECONDS


def test_a_name_that_nobody_finds_is_given_up_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    asked: list[str] = []

    def hang(host: str, *_: Any, **__: Any) -> Any:
        asked.append(host)
        time.sleep(3)
        raise socket.gaierror(socket.EAI_AGAIN, "no name server answers")

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    start = time.monotonic()
    with pytest.raises(CatalogError, match="did not respond in time"):
        Hub("http://hub.test", "hf_x", "NERSC", FAST).account()
    assert asked == ["hub.test"]
    assert time.monotonic() - start < FAST.total + 1.5


def test_in_life_it_is_less_than_a_minute() -> None:
    """The longest way: all the time of a verb is used up, then all that taking back has, and what may be on its way."""
    policy = Policy()
    in_flight = 5.0
    assert policy.total + policy.undo + in_flight + 2 * deadline.GRACE_SECONDS < LONGEST_SECONDS
    assert connection._patient({}) == policy
    assert connection._patient({"HUGGINGNERSC_HUB_TIMEOUT": "5"}).total == policy.total
    assert connection._patient({"HUGGINGNERSC_HUB_TIMEOUT": "300"}).total == 300
    for odd in ("nan", "inf", "-5", "0", "soon", "1e999", "9" * 5000, ""):
        assert 1 <= connection._patient({"HUGGINGNERSC_HUB_TIMEOUT": odd}).timeout <= 3600


def test_in_life_versions_and_sign_in_are_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert 3 * versions.REQUEST_SECONDS + versions.SECONDS < LONGEST_SECONDS
    assert signing_in.IMPATIENT.total + deadline.GRACE_SECONDS < 10
    assert traces.IN_FLIGHT_SECONDS == 5.0
