"""Tokens that were entered in JupyterLab: which are taken, and where they are kept."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from platformdirs import user_config_path

from huggingnersc_lab.account.tokens import check_token, forget_token, keep_token, read_token
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import Site, load_site

REAL = "hf_" + "a" * 34
PRACTICE = "hf_practice_admin"


def practice_at(folder: str) -> Site:
    return load_site("sandbox", environ={"HUGGINGNERSC_PRACTICE_DIR": folder})


@pytest.fixture
def nersc() -> Site:
    return load_site("nersc", environ={})


def test_blanks_around_a_token_are_no_part_of_it(nersc: Site) -> None:
    assert check_token(nersc, f" {REAL}\n") == REAL


@pytest.mark.parametrize("text", ["", " ", "two words", "hf_\x7f", "hf_é", "hf_a\nb", "a" * 4097])
def test_what_can_be_no_token_is_refused_and_not_repeated(text: str, nersc: Site) -> None:
    with pytest.raises(CatalogError) as err:
        check_token(nersc, text)
    assert (err.value.code, [field.pointer for field in err.value.fields]) == ("invalid_record", ["/token"])
    assert "single word" in err.value.detail
    assert not text.strip() or text not in err.value.detail


def test_the_longest_token_is_taken(nersc: Site) -> None:
    assert check_token(nersc, "a" * 4096) == "a" * 4096


def test_a_practice_token_is_for_the_practice_hub_and_a_real_one_is_not(nersc: Site) -> None:
    practice = practice_at("/practice")
    assert check_token(practice, PRACTICE) == PRACTICE
    with pytest.raises(CatalogError, match="only practice tokens"):
        check_token(practice, REAL)
    with pytest.raises(CatalogError, match=f"not for {nersc.hub_url}"):
        check_token(nersc, PRACTICE)


def test_a_practice_token_is_for_a_hub_on_this_machine() -> None:
    here = load_site("nersc", environ={}, hub_url="http://127.0.0.1:1")
    assert check_token(here, PRACTICE) == PRACTICE


def test_a_token_is_kept_for_its_owner_until_it_is_forgotten(nersc: Site) -> None:
    assert read_token(nersc) is None
    keep_token(nersc, PRACTICE)
    keep_token(nersc, REAL)
    assert read_token(nersc) == REAL
    (path,) = (user_config_path("huggingnersc") / "tokens").iterdir()
    assert path.name == "huggingface.co"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    forget_token(nersc)
    forget_token(nersc)
    assert read_token(nersc) is None


def test_each_hub_has_its_own(nersc: Site) -> None:
    sites = [nersc, practice_at("/a"), practice_at("/b"), load_site("nersc", environ={}, hub_url="http://127.0.0.1:1")]
    for number, site in enumerate(sites):
        keep_token(site, f"hf_{number}")
    assert [read_token(site) for site in sites] == ["hf_0", "hf_1", "hf_2", "hf_3"]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff"])
def test_a_damaged_file_is_no_token(content: bytes, nersc: Site) -> None:
    keep_token(nersc, REAL)
    (path,) = (user_config_path("huggingnersc") / "tokens").iterdir()
    path.write_bytes(content)
    assert read_token(nersc) is None


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    odd = load_site("nersc", environ={}, hub_url="http://127.0.0.1:1/../../x")
    keep_token(odd, REAL)
    assert [path.name for path in (user_config_path("huggingnersc") / "tokens").iterdir()] == ["127.0.0.1_1"]
