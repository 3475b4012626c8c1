"""Which token goes where."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.account.connection import connect, find_token, practice_folder, viewer, viewer_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import load_site
from tests.practice_hub import FaultyHub

REAL = "hf_" + "a" * 34


def test_a_real_token_never_goes_to_the_practice_hub(practice_hub: FaultyHub) -> None:
    hub = connect(load_site("sandbox"), environ={"HF_TOKEN": REAL})
    assert hub.url == practice_hub.url
    assert hub.account().name == "practice-admin"


def test_a_practice_token_chooses_the_role(practice_hub: FaultyHub) -> None:
    hub = connect(load_site("sandbox"), environ={"HF_TOKEN": practice_hub.tokens["read"]})
    assert hub.account().role == "read"


def test_a_token_that_is_given_is_taken_where_it_belongs(practice_hub: FaultyHub) -> None:
    site = load_site("sandbox")
    assert connect(site, practice_hub.tokens["read"], {}).account().role == "read"
    assert connect(site, REAL, {}).account().name == "practice-admin"  # which has never seen the other token


def test_a_practice_token_goes_to_no_other_host() -> None:
    assert find_token(load_site("nersc"), {"HF_TOKEN": "hf_practice_x"}) is None
    site = load_site("sandbox", hub_url="http://127.0.0.1:1")
    assert find_token(site, {"HF_TOKEN": "hf_practice_x"}) is not None


def test_the_token_of_a_sign_in_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "token"))
    assert find_token(load_site("nersc"), {}) is None
    (tmp_path / "token").write_text(REAL)
    token = find_token(load_site("nersc"), {})
    assert token is not None
    assert token.value == REAL
    assert REAL not in repr(token)


def test_the_practice_hub_is_started_where_none_runs(tmp_path: Path) -> None:
    hub = connect(load_site("sandbox"))
    assert hub.account().may == "publish"


@pytest.mark.parametrize(
    ("text", "timeout", "total"),
    [
        (None, 15.0, 35.0),
        ("", 15.0, 35.0),
        ("soon", 15.0, 35.0),
        ("nan", 15.0, 35.0),
        ("20", 20.0, 35.0),
        ("60", 60.0, 60.0),
        ("0", 1.0, 35.0),
        ("-5", 1.0, 35.0),
        ("inf", 3600.0, 3600.0),
        ("3600.5", 3600.0, 3600.0),
    ],
)
def test_how_long_the_hub_is_waited_for(text: str | None, timeout: float, total: float) -> None:
    environ = {} if text is None else {"HUGGINGNERSC_HUB_TIMEOUT": text}
    policy = connect(load_site("nersc"), REAL, environ).policy
    assert (policy.timeout, policy.total, policy.tries) == (timeout, total, 4)


def test_the_environment_is_that_of_the_process_unless_another_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HUGGINGNERSC_HUB_TIMEOUT", "20")
    monkeypatch.setenv("HF_TOKEN", REAL)
    site = load_site("nersc")
    assert connect(site, REAL).policy.timeout == 20.0
    assert connect(site, REAL, {}).policy.timeout == 15.0
    own, other = find_token(site), find_token(site, {"HF_TOKEN": f" {REAL}b\n"})
    assert own is not None
    assert other is not None
    assert (own.value, own.source) == (REAL, "HF_TOKEN")
    assert (other.value, other.source) == (f"{REAL}b", "HF_TOKEN")
    assert viewer(site).key == viewer(site, {"HF_TOKEN": REAL}).key


def test_a_policy_that_is_given_is_kept() -> None:
    policy = Policy(timeout=2.0, tries=1)
    assert connect(load_site("nersc"), REAL, {}, policy).policy == policy


@pytest.mark.parametrize(("text", "timeout"), [("", 15.0), ("60", 15.0), ("15.5", 15.0), ("5", 5.0)])
def test_listings_are_waited_for_less(text: str, timeout: float) -> None:
    """They are asked for in the background, page by page."""
    found = viewer(load_site("nersc"), {"HF_TOKEN": REAL, "HUGGINGNERSC_HUB_TIMEOUT": text}).connect().policy
    assert (found.timeout, found.tries) == (timeout, 2)


def test_what_tells_viewers_apart(tmp_path: Path) -> None:
    nersc = load_site("nersc")
    practice = [
        load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path / name)}) for name in ("one", "two")
    ]
    keys = [
        viewer(nersc, {"HF_TOKEN": REAL}).key,
        viewer(nersc, {"HF_TOKEN": "hf_" + "b" * 34}).key,
        viewer(load_site("mila"), {"HF_TOKEN": REAL}).key,
        *(viewer(site, {}).key for site in practice),
    ]
    assert len(set(keys)) == len(keys)
    assert not any(REAL in key for key in keys)
    assert list(tmp_path.iterdir()) == []  # nothing was started


def test_the_viewer_of_a_hub_asks_that_hub() -> None:
    hub = Hub("https://hub.example", REAL, "NERSC")
    found = viewer_of(lambda: hub)
    assert (found.key, found.connect()) == (hub.key, hub)


def test_only_the_practice_site_has_a_folder(tmp_path: Path) -> None:
    with pytest.raises(CatalogError) as raised:
        practice_folder(load_site("nersc"))
    assert raised.value.code == "not_found"
    site = load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path / "practice")})
    assert practice_folder(site) == tmp_path / "practice" / "hub"
    assert (tmp_path / "practice").stat().st_mode & 0o777 == 0o700
