from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from huggingnersc_lab.channels import channels, registry
from huggingnersc_lab.sites import Site
from tests.channel_example import installed


def test_a_channel_of_another_package_is_found(tmp_path: Path) -> None:
    assert "mirror" not in channels()
    with installed(tmp_path):
        assert channels()["mirror"].title == "Web server"
        assert registry.faults() == {}
    assert "mirror" not in channels()


def test_a_site_offers_what_its_file_turns_on_in_its_order(tmp_path: Path, site: Site) -> None:
    with installed(tmp_path):
        assert [one.name for one in registry.offered(replace(site, channels=("mirror", "nobody")))] == ["mirror"]
        assert list(registry.offered(replace(site, channels=()))) == []


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ({"mirror": "huggingnersc_mirror:Nothing"}, "AttributeError"),
        ({"mirror": "no_such_package:Mirror"}, "ModuleNotFoundError"),
        ({"other": "huggingnersc_mirror:Mirror"}, "it calls itself 'mirror'"),
    ],
)
def test_a_faulty_one_hides_no_other(points: dict[str, str], reason: str, tmp_path: Path) -> None:
    before = set(channels())
    with installed(tmp_path, points):
        assert set(channels()) == before
        assert reason in registry.faults()[next(iter(points))]
