from __future__ import annotations

from dataclasses import replace

import pytest

from huggingnersc_lab.channels import Dataset
from huggingnersc_lab.channels.torrent import addresses
from huggingnersc_lab.sites import Site
from tests.channels.desk import RECORD


def dataset(site: Site, link: str | None = None, **settings: object) -> Dataset:
    return Dataset(replace(RECORD, portal_link=link), site, settings)


def test_trackers_are_the_given_ones_else_the_sites_else_academic_torrents(site: Site) -> None:
    assert addresses.trackers(dataset(site)) == ("https://academictorrents.com/announce.php",)
    own = dataset(site, trackers=["udp://tracker.example.org:1"])
    assert addresses.trackers(own) == ("udp://tracker.example.org:1",)
    assert addresses.trackers(own, ["udp://other.example.org:1"]) == ("udp://other.example.org:1",)


@pytest.mark.parametrize(
    "address",
    [
        "https://academictorrents.com/announce.php?passkey=0123456789abcdef0123456789abcdef",
        "https://tracker.example.org/0123456789abcdef0123456789abcdef/announce",
        "https://tracker.example.org/Ab3-defghijklmnopqrstuvwxyz/announce",
        "https://jane:secret@tracker.example.org/announce",
        "udp://tracker.example.org:1/?key=1",
    ],
)
def test_a_tracker_address_that_tells_who_one_is_is_refused(address: str) -> None:
    (fault,) = addresses.faults(["https://tracker.example.org/announce", address], "tracker")
    assert (fault.pointer, fault.code) == ("/options/tracker/1", "secret")
    assert "secret@" not in fault.detail
    assert "0123456789abcdef" not in fault.detail


@pytest.mark.parametrize("address", ["", "tracker", "ftp://a/b", "http://", "https://a b/", "javascript:alert(1)"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert [fault.code for fault in addresses.faults([address], "web_seed")] == ["pattern"]


def test_a_web_seed_is_the_file_or_the_parent_of_the_folder(site: Site) -> None:
    link = "https://portal.nersc.gov/cfs/m1/sky"
    assert addresses.web_seeds(dataset(site, link), is_file=False) == ("https://portal.nersc.gov/cfs/m1/",)
    assert addresses.web_seeds(dataset(site, f"{link}/"), is_file=False) == ("https://portal.nersc.gov/cfs/m1/",)
    assert addresses.web_seeds(dataset(site, f"{link}.zip"), is_file=True) == (f"{link}.zip",)
    assert addresses.web_seeds(dataset(site, link), "maps", is_file=False) == (f"{link}/",)
    assert addresses.web_seeds(dataset(site, link), "a b.txt", is_file=True) == (f"{link}/a%20b.txt",)
    both = addresses.web_seeds(dataset(site, link), "", ["https://example.org/sky"], is_file=False)
    assert both == ("https://portal.nersc.gov/cfs/m1/", "https://example.org/")
    assert addresses.web_seeds(dataset(site), is_file=False) == ()
