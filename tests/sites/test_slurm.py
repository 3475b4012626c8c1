"""What jobs ask of Slurm at a site, and which machines are login nodes."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from huggingnersc_lab.jobs.executors.slurm_resources import RESOURCES, check_resources
from huggingnersc_lab.sites import SHIPPED, load_site, site_schema
from huggingnersc_lab.sites.slurm import SlurmDefaults, is_one_of


def test_jobs_ask_for_what_scripts_ask_for_and_for_what_differs() -> None:
    slurm = SlurmDefaults(qos="debug", constraint="cpu", nodes=4, minutes=20, jobs={"qos": "shared", "cpus": 8})
    assert slurm.for_jobs == {"qos": "shared", "constraint": "cpu", "time": "20", "cpus": 8}
    assert SlurmDefaults().for_jobs == {"time": "30"}


@pytest.mark.parametrize("name", SHIPPED)
def test_what_a_shipped_site_asks_for_can_be_asked_for(name: str) -> None:
    check_resources(load_site(name, environ={}).slurm.for_jobs)


def test_a_site_file_can_name_all_that_can_be_asked_for() -> None:
    named = site_schema()["properties"]["slurm"]["properties"]["jobs"]["properties"]
    assert named.keys() == RESOURCES.keys() - {"nodes"}


@pytest.mark.parametrize(
    ("host", "is_one"),
    [
        *(("login01", True), ("LOGIN12.chn.perlmutter.nersc.gov", True), ("jupyter-amy", True), ("nid001234", False)),
        *(("mylogin", False), ("nid1.login.example", False), ("", False)),
    ],
)
def test_which_machines_are_login_nodes(host: str, is_one: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    site = load_site("nersc", environ={})
    assert is_one_of(site.login_nodes, host) is is_one
    monkeypatch.setattr(socket, "gethostname", lambda: host)
    assert site.is_at_login_node is is_one
    assert not replace(site, login_nodes=()).is_at_login_node
