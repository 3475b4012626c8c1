from __future__ import annotations

import stat
from pathlib import Path

import pytest

from huggingnersc_lab.channels import Key, Keys
from huggingnersc_lab.errors import CatalogError

PLAIN = Key("figshare", "figshare", "FIGSHARE_TOKEN", "https://figshare.com/account/applications")
PAIR = Key("torrents", "Academic Torrents", "AT_KEY", "https://academictorrents.com", has_user=True)


@pytest.fixture
def environ() -> dict[str, str]:
    return {}


@pytest.fixture
def keys(tmp_path: Path, environ: dict[str, str]) -> Keys:
    return Keys((PLAIN, PAIR), tmp_path / "keys", environ)


def test_a_key_is_saved_for_its_owner_alone(keys: Keys, tmp_path: Path) -> None:
    assert (keys.find("figshare"), keys.source("figshare")) == (None, None)
    keys.save("figshare", " abcdef123456\n")
    assert (keys.require("figshare"), keys.source("figshare")) == ("abcdef123456", "file")
    assert stat.S_IMODE((tmp_path / "keys" / "figshare").stat().st_mode) == 0o600
    keys.forget("figshare")
    assert keys.find("figshare") is None


def test_the_environment_wins(keys: Keys, environ: dict[str, str]) -> None:
    keys.save("figshare", "saved-key")
    environ["FIGSHARE_TOKEN"] = "another-key"
    assert (keys.find("figshare"), keys.source("figshare")) == ("another-key", "environment")


def test_a_missing_one_says_where_to_get_it(keys: Keys) -> None:
    with pytest.raises(CatalogError) as caught:
        keys.require("figshare")
    assert caught.value.code == "forbidden"
    assert "https://figshare.com/account/applications" in caught.value.detail
    assert "huggingnersc key set figshare" in str(caught.value)
    assert "under Account" in caught.value.message("panel")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("figshare", ""),
        ("figshare", "a1 b2"),
        ("figshare", "x" * 8193),
        ("figshare", "s\u00e9cret"),
        ("torrents", "s3cret"),
        ("torrents", ":s3cret"),
        ("torrents", "s3cret:"),
    ],
)
def test_what_is_no_key_is_not_saved(name: str, value: str, keys: Keys) -> None:
    with pytest.raises(CatalogError) as caught:
        keys.save(name, value)
    assert (caught.value.code, caught.value.fields[0].pointer) == ("invalid_record", "/key")
    assert keys.find(name) is None
    assert value not in str(caught.value) or not value


@pytest.mark.parametrize("name", ["other", "../figshare", ""])
def test_an_unknown_name_leads_nowhere(name: str, keys: Keys, tmp_path: Path) -> None:
    for do in (lambda: keys.save(name, "abcdef"), lambda: keys.forget(name)):
        with pytest.raises(CatalogError, match="There is no key"):
            do()
    assert list(tmp_path.iterdir()) == []


def test_texts_are_freed_of_keys(keys: Keys) -> None:
    keys.save("figshare", "abcdef123456")
    keys.save("torrents", "42:secret-part")
    assert keys.hide("got abcdef123456 and secret-part of 42") == "got … and … of 42"
