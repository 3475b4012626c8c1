"""Which token goes where."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.account.connection import connect, find_token
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
