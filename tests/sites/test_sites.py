"""Which site is used, and what a site file may say."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab import sites
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import SHIPPED, Site, SlurmDefaults, load_site

GOOD = 'name = "here"\ntitle = "Here"\norganization = "Us"\nhub_url = "https://hub.example"\n'


@pytest.fixture(autouse=True)
def no_system_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sites, "SYSTEM_FILE", tmp_path / "no-system-file.toml")


@pytest.fixture
def site_file(tmp_path: Path) -> Path:
    path = tmp_path / "site.toml"
    path.write_text(GOOD)
    return path


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shipped_ones_fit_the_schema(name: str) -> None:
    from importlib.resources import files

    text = files("huggingnersc_lab.sites").joinpath(f"{name}.toml").read_text("utf-8")
    data = sites.tomllib.loads(text)
    assert [*sites._faults(data), *sites._link_faults(data), *sites._channel_faults(data)] == []
    assert data["channels"].keys() <= set(sites.CHANNELS)
    site = load_site(name, environ={})
    assert (site.name, site.is_practice) == (name, name == "sandbox")
    assert all(str(root).startswith("/") for root in site.data_roots)


@pytest.mark.parametrize(
    ("given", "environ", "system", "name", "source"),
    [
        (None, {}, False, "sandbox", "the default"),
        (None, {}, True, "here", "from "),
        (None, {"HUGGINGNERSC_SITE": "mila"}, True, "mila", "set by HUGGINGNERSC_SITE"),
        ("nersc", {"HUGGINGNERSC_SITE": "mila"}, True, "nersc", "as named"),
        (None, {"HUGGINGNERSC_SITE": ""}, False, "sandbox", "the default"),
    ],
)
def test_which_site(
    given: str | None,
    environ: dict[str, str],
    system: bool,
    name: str,
    source: str,
    site_file: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if system:
        monkeypatch.setattr(sites, "SYSTEM_FILE", site_file)
    site = load_site(given, environ=environ)
    assert site.name == name
    assert site.source.startswith(source)


@pytest.mark.parametrize(
    ("option", "variable", "given", "from_environment", "member"),
    [
        ("catalog_root", "HUGGINGNERSC_CATALOG_ROOT", "/a", "/b", "catalog_root"),
        ("organization", "HUGGINGNERSC_ORGANIZATION", "A", "B", "organization"),
        ("hub_url", "HF_ENDPOINT", "https://a.example", "https://b.example", "hub_url"),
    ],
)
def test_what_is_given_wins_over_the_environment_and_that_over_the_file(
    option: str, variable: str, given: str, from_environment: str, member: str
) -> None:
    environ = {variable: from_environment}
    assert str(getattr(load_site("nersc", environ=environ, **{option: given}), member)) == given  # type: ignore[arg-type]
    assert str(getattr(load_site("nersc", environ=environ), member)) == from_environment
    assert str(getattr(load_site("nersc", environ={}), member)) not in (given, from_environment)


def test_the_practice_site_lies_in_a_folder_of_the_user(tmp_path: Path) -> None:
    site = load_site(environ={"HUGGINGNERSC_PRACTICE_DIR": str(tmp_path)})
    assert (site.practice_dir, site.catalog_root) == (tmp_path, tmp_path / "catalog")
    assert load_site("nersc", environ={}).practice_dir is None


def test_whoever_leaves_the_practice_hub_is_not_at_the_practice_site_any_more() -> None:
    left = load_site("sandbox", environ={"HF_ENDPOINT": "https://hub.example/"})
    assert (left.is_practice, left.title, left.hub_url) == (False, "NERSC", "https://hub.example")
    local = load_site("sandbox", environ={"HF_ENDPOINT": "http://127.0.0.1:8080"})
    assert (local.is_practice, local.title) == (False, "the practice site")
    assert load_site("nersc", hub_url="practice", environ={}).is_practice


@pytest.mark.parametrize("url", ["hub.example", "ftp://hub.example", "https://", "https:// x", "javascript:alert(1)"])
def test_what_is_no_address_of_a_hub(url: str) -> None:
    with pytest.raises(CatalogError, match="is not the URL of a Hub") as raised:
        load_site(hub_url=url, environ={})
    assert raised.value.code == "invalid_record"


def test_a_site_file_with_everything(site_file: Path) -> None:
    site_file.write_text(
        GOOD
        + """catalog_root = "catalog"
data_roots = ["/data", "~/data"]
jupyter_url = "https://jupyter.example/tree{path}"
dataset_url = "https://jupyter.example/lab?dataset={name}"
group = "us"
directory_mode = "750"
file_mode = "0640"
default_kernel = "julia"
access_help = "Ask {group}."
card_template = "card.j2"
[[links]]
path = "/data/{rest}"
url = "https://data.example/{rest}"
[slurm]
qos = "debug"
nodes = 4
[channels.torrent]
trackers = ["https://tracker.example/announce"]
[channels.doi]
enabled = false
[channels.globus-share]
"""
    )
    site = load_site(str(site_file), environ={})
    assert site.catalog_root == site_file.parent / "catalog"
    assert site.card_template == site_file.parent / "card.j2"
    assert site.data_roots == (Path("/data"), Path("~/data").expanduser())
    assert (site.directory_mode, site.file_mode, site.group) == (0o750, 0o640, "us")
    assert site.slurm == SlurmDefaults(qos="debug", nodes=4)
    assert site.channels == ("torrent", "globus-share")
    assert site.channel_settings == {
        "torrent": {"trackers": ["https://tracker.example/announce"]},
        "globus-share": {},
    }
    assert {site: 1}
    assert [(rule.path, rule.url) for rule in site.links] == [("/data/{rest}", "https://data.example/{rest}")]


def test_channels_may_be_a_list_as_before(site_file: Path) -> None:
    site_file.write_text(GOOD + 'channels = ["drive", "torrent"]\n')
    site = load_site(str(site_file), environ={})
    assert (site.channels, site.channel_settings) == (("drive", "torrent"), {"drive": {}, "torrent": {}})


@pytest.mark.parametrize(
    ("text", "pointer", "words"),
    [
        ('channels = ["post"]', "/channels/0", "'post' is not one of torrent, drive, doi, request."),
        ("channels = 3", "/channels", "channels should be an object or a list."),
        ("[channels]\ntorrent = true", "/channels/torrent", "torrent should be an object."),
        ("[channels.torrent]\nenabled = 1", "/channels/torrent/enabled", "enabled should be true or false."),
        ("[channels.torent]", "/channels/torent", "There is no channel 'torent'. Did you mean 'torrent'?"),
        (
            "[channels.doi]\nservice = 'zenodo'",
            "/channels/doi/service",
            "'zenodo' is not one of figshare, osti, datacite.",
        ),
        (
            "[channels.doi.datacite]\nprefix = '5072'",
            "/channels/doi/datacite/prefix",
            "'5072' is invalid. A prefix looks like 10.5072.",
        ),
        (
            "[channels.doi.osti]\nurl = 'http://osti.example/'",
            "/channels/doi/osti/url",
            "'http://osti.example/' is invalid. An address starts with https://.",
        ),
        (
            "[channels.doi.figshare]\ntoken = 'x'",
            "/channels/doi/figshare/token",
            "There is no field 'token'.",
        ),
        (
            "[channels.request]\ntarget = '/data'",
            "/channels/request/target",
            ("'/data' is invalid. The folder is an absolute path that holds {name}, such as /network/datasets/{name}."),
        ),
    ],
)
def test_what_is_no_channel(text: str, pointer: str, words: str, site_file: Path) -> None:
    site_file.write_text(GOOD + text + "\n")
    assert [(field.pointer, field.detail) for field in refusal(site_file).fields] == [(pointer, words)]


def test_a_byte_order_mark_is_no_fault(site_file: Path) -> None:
    site_file.write_text("\ufeff" + GOOD)
    assert load_site(str(site_file), environ={}).name == "here"


def test_what_is_no_site_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    with (tmp_path / "large.toml").open("wb") as stream:
        stream.truncate(2**40)
    (tmp_path / "bytes.toml").write_bytes(b"\xff")
    for name, words in (
        ("pipe.toml", "it is a named pipe, not a file"),
        ("large.toml", "it is larger than 1 MiB"),
        ("bytes.toml", "it is not UTF-8"),
        ("gone.toml", "No such file or directory"),
    ):
        told = refusal(tmp_path / name)
        assert (told.code, words in told.detail) == ("not_found", True)


def refusal(path: Path) -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        load_site(str(path), environ={})
    return raised.value


def test_every_fault_is_told_at_once(site_file: Path) -> None:
    site_file.write_text(
        """name = "Here"
title = 3
hub_url = "hub.example"
colour = "red"
jupyter_url = "https://jupyter.example"
file_mode = "999"
channels = ["post"]
data_roots = "/data"
[[links]]
path = "/{a}/{a}"
url = "https://example/{b}"
[[links]]
path = "/{a b}"
url = "https://example"
[slurm]
nodes = 0
minuts = 3
"""
    )
    error = refusal(site_file)
    assert (error.code, "has 14 errors; nothing was done" in error.detail) == ("invalid_record", True)
    assert sorted((field.pointer, field.code) for field in error.fields) == [
        ("/channels/0", "unknown_value"),
        ("/colour", "unknown_field"),
        ("/data_roots", "type"),
        ("/file_mode", "pattern"),
        ("/hub_url", "pattern"),
        ("/jupyter_url", "pattern"),
        ("/links/0/path", "placeholder"),
        ("/links/0/url", "placeholder"),
        ("/links/1/path", "placeholder"),
        ("/name", "pattern"),
        ("/organization", "required"),
        ("/slurm/minuts", "unknown_field"),
        ("/slurm/nodes", "minimum"),
        ("/title", "type"),
    ]
    assert all(field.detail.endswith((".", "?")) for field in error.fields)


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"name = ", "invalid_record", "is not TOML"),
        (b"\xff", "not_found", "it is not UTF-8"),
        (None, "not_found", "Use nersc, mila, sandbox, or the path of a site file."),
    ],
)
def test_what_is_no_site_file(site_file: Path, content: bytes | None, code: str, words: str) -> None:
    if content is None:
        site_file.unlink()
    else:
        site_file.write_bytes(content)
    error = refusal(site_file)
    assert (error.code, words in error.detail) == (code, True)


def test_the_class_loads_as_the_function_does() -> None:
    options: dict[str, Any] = {"environ": {}}
    assert Site.load("nersc", **options) == load_site("nersc", **options)
