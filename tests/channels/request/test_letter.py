"""The text of a request, and what is better settled before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from huggingnersc_lab.channels.naming import BadName
from huggingnersc_lab.channels.request import CHANNEL
from huggingnersc_lab.channels.request.letter import advice, letter, subject
from huggingnersc_lab.channels.request.listing import Listing
from huggingnersc_lab.channels.request.settings import settings_of
from huggingnersc_lab.record.parts import Distribution
from tests.channels.desk import Desk

SETTINGS = {"url": "https://x.example", "target": "/network/datasets/{name}"}
LISTING = Listing(2, 4606, "d", is_whole=True)


def desk(tmp_path: Path, **members: Any) -> Desk:
    found = Desk(CHANNEL, tmp_path, dict(SETTINGS))
    found.change(**members)
    return found


def test_everything_that_the_centre_wants_to_know(tmp_path: Path) -> None:
    archive = Distribution("drive", "https://drive.example/1", checksums={"md5": "0" * 32}, label="train")
    of = desk(tmp_path, distributions=(archive,), doi="10.1000/182").dataset
    assert letter(of, settings_of(of), LISTING, " Until spring, please. ") == (
        "Please host the dataset 'Sky maps & <more>' at /network/datasets/sky.\n"
        "\n"
        "Name: sky\n"
        "Path now: /global/cfs/cdirs/m1234/www/sky\n"
        "Path wanted: /network/datasets/sky\n"
        "Size: 4.61 kB in 2 files\n"
        "Licence: Creative Commons Attribution 4.0 International, https://spdx.org/licenses/CC-BY-4.0.html\n"
        "Authors: Doe, Jane Q; Sand and Sea Lab\n"
        "On the Hub: https://huggingface.co/datasets/NERSC/sky\n"
        "DOI: 10.1000/182\n"
        "Paper: https://arxiv.org/abs/2106.09685\n"
        "Paper: https://doi.org/10.1000/abc\n"
        "Paper: https://example.org/paper\n"
        "Code: https://github.com/example/sky\n"
        f"MD5: {'0' * 32}  train\n"
        "\n"
        "Maps of all of it. alert(1) Made at 5 < 6 GHz.\n"
        "\n"
        "Until spring, please.\n"
    )
    assert subject(of) == "Please host the dataset 'sky'"
    assert advice(of, LISTING) == []


def test_nothing_of_a_record_looks_like_another_line(tmp_path: Path) -> None:
    of = desk(tmp_path, data_path="/a\nPath wanted: /etc", doi=None, description="x\n\nName: y").dataset
    lines = letter(of, settings_of(of), LISTING, None).splitlines()
    assert "Path now: /a\\nPath wanted: /etc" in lines
    assert [line for line in lines if line.startswith("Name:")] == ["Name: sky"]


def test_a_reserved_doi_is_not_told(tmp_path: Path) -> None:
    way = Distribution("doi", "https://doi.org/10.5072/a", state="reserved")
    of = desk(tmp_path, doi="10.5072/a", distributions=(way,)).dataset
    assert "DOI" not in letter(of, settings_of(of), LISTING, None)


def test_what_is_better_settled_before(tmp_path: Path) -> None:
    bad = tuple(BadName(f"B{number}", ("capital letters",), f"b{number}") for number in range(23))
    of = replace(desk(tmp_path).dataset, record=replace(desk(tmp_path).record, name="Sky-Dataset"))
    found = advice(of, replace(LISTING, is_whole=False, bad_names=bad))
    assert found[0] == "The nickname: Better without capital letters and the word 'dataset': 'sky'."
    assert found[1] == "'B0' has capital letters: better 'b0'."
    assert found[21] == "3 more names have capital letters or special characters."
    assert found[22].startswith("Some files could not be looked at")
    assert found[23].startswith("No checksums of the data are known")
    assert len(found) == 24
