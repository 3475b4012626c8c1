"""Paths that come from a browser; over HTTP they are in ``tests/rest/test_locations.py``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.workers import disk
from huggingnersc_lab.workers.calls import UnansweredError
from huggingnersc_lab.workspace.locations import Locations


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site with a data root; beside it the server's root, and a folder that is nobody's business."""
    for name in ("server/data", "server/.git", "shared/sky", "elsewhere"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "server" / "data" / "iris.csv").write_text("1\n")
    (tmp_path / "server" / "out").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "server" / "in").symlink_to(tmp_path / "shared" / "sky")
    return replace(load_site("nersc", environ={}), data_roots=(tmp_path / "shared",), catalog_root=None)


@pytest.fixture
def locations(site: Site, tmp_path: Path) -> Locations:
    return Locations(site, tmp_path / "server")


def refusal(do: Any, *given: Any, **named: Any) -> CatalogError:
    with pytest.raises(CatalogError) as refused:
        do(*given, **named)
    return refused.value


@pytest.mark.parametrize("path", ["data/iris.csv", "/data//./iris.csv/"])
def test_a_path_of_the_file_browser(path: str, locations: Locations, tmp_path: Path) -> None:
    found, seen = locations.find(path, "path")
    assert found == tmp_path / "server" / "data" / "iris.csv"
    assert not seen.is_folder


def test_a_link_into_the_roots_leads_there(locations: Locations, tmp_path: Path) -> None:
    assert locations.find("in", "path")[0] == tmp_path / "shared" / "sky"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("gone", "not_found"),
        ("data/iris.csv/x", "not_found"),
        (".git", "not_found"),
        ("data/.hidden/x", "not_found"),
        ("a\0b", "not_found"),
        ("out", "forbidden"),
        ("../elsewhere", "forbidden"),
        ("data/../../elsewhere", "forbidden"),
    ],
)
def test_what_leads_nowhere(path: str, code: str, locations: Locations) -> None:
    error = refusal(locations.find, path, "path")
    assert (error.code, [field.pointer for field in error.fields]) == (code, ["/path"])
    assert error.detail.endswith(("Nothing was done.", "refresh the file browser."))


def test_a_server_may_show_hidden_files(site: Site, tmp_path: Path) -> None:
    assert Locations(site, tmp_path / "server", allow_hidden=True).find(".git", "path")[1].is_folder


def test_a_server_whose_files_are_not_on_disk(site: Site, tmp_path: Path) -> None:
    locations = Locations(site, None)
    assert refusal(locations.find, "data", "path").code == "not_found"
    assert locations.contents_path(tmp_path / "shared" / "sky") is None
    assert locations.locate(data_path=f"{tmp_path}/shared/sky").contents_path is None


@pytest.mark.parametrize(
    ("path", "contents"),
    [
        ("server/data", "data"),
        ("server", ""),
        ("server/in", "in"),
        ("server/.git", None),
        ("server/out", None),
        ("shared/sky", None),
        ("elsewhere", None),
        ("server/gone", "gone"),
        ("server/a\0b", None),
    ],
)
def test_what_jupyterlab_calls_a_path(path: str, contents: str | None, locations: Locations, tmp_path: Path) -> None:
    assert locations.contents_path(f"{tmp_path}/{path}") == contents


def test_a_place_that_may_be_cataloged(locations: Locations, tmp_path: Path) -> None:
    place = locations.locate(contents_path="data/iris.csv")
    assert (place.data_path, place.contents_path) == (f"{tmp_path}/server/data/iris.csv", "data/iris.csv")
    assert (place.is_folder, place.access.status, place.name_proposal) == (False, "readable", "iris")
    typed = locations.locate(data_path=f"/{tmp_path}/shared//x/../sky")
    assert (typed.data_path, typed.contents_path, typed.is_folder) == (f"{tmp_path}/shared/sky", None, True)
    assert typed.name_proposal == "sky"
    assert locations.locate(contents_path="in/").name_proposal == "in"
    assert locations.locate(data_path=f"{tmp_path}/shared/later").access.status == "missing"


def test_a_path_that_was_typed_is_absolute_and_within_the_roots(locations: Locations, tmp_path: Path) -> None:
    error = refusal(locations.locate, data_path="shared/sky")
    assert (error.code, error.fields[0].pointer, error.fields[0].code) == ("invalid_record", "/data_path", "pattern")
    for path in (f"{tmp_path}/elsewhere", f"{tmp_path}/server/out", f"{tmp_path}/shared/../elsewhere", "/etc"):
        assert refusal(locations.locate, data_path=path).code == "forbidden"


def test_a_new_file(locations: Locations, tmp_path: Path) -> None:
    folder = str(tmp_path / "server" / "data")
    assert locations.create("data", ["a", "b"], b"1", "folder") == (folder, "data/a")
    assert locations.create("data", ["a", "b"], b"2", "folder") == (folder, "data/b")
    assert locations.create("data", ["a", "b"], b"3", "folder") == (folder, None)
    assert (tmp_path / "server" / "data" / "b").read_bytes() == b"2"
    error = refusal(locations.create, "data/iris.csv", ["a"], b"", "folder")
    assert (error.code, error.fields[0].pointer) == ("not_found", "/folder")
    assert locations.create("in", ["c"], b"", "folder") == (f"{tmp_path}/shared/sky", "in/c")


def test_a_file_is_read_up_to_a_limit(locations: Locations) -> None:
    _, seen = locations.find("data/iris.csv", "path")
    assert locations.read(seen, "path", 10) == (2, b"1\n")
    assert locations.read(seen, "path", 1) == (2, b"")


def test_a_file_system_that_does_not_answer(
    locations: Locations, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, seen = locations.find("data/iris.csv", "path")

    def hang(*_: Any, **__: Any) -> Any:
        raise UnansweredError("'/x' has not answered lately.")

    monkeypatch.setattr(disk, "read_file", hang)
    monkeypatch.setattr(disk, "create_file", hang)
    assert refusal(locations.read, seen, "path", 10).code == "storage"
    assert refusal(locations.create, "data", ["a"], b"", "folder").code == "storage"
    monkeypatch.setattr(disk, "look", hang)
    error = refusal(locations.find, "data", "path")
    assert (error.code, error.fields[0].pointer) == ("storage", "/path")
    assert locations.contents_path(tmp_path / "server") is None
