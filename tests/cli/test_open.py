"""``open``: where a dataset is opened."""

from __future__ import annotations

import json
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.cli import open as opening
from tests.practice_hub import FaultyHub

from .conftest import IRIS, Run


@pytest.fixture
def iris(practice_hub: FaultyHub, run: Run) -> None:
    assert run("catalog-new-dataset", *IRIS, "--data-path", ".").code == 0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The practice catalog."""
    folder = tmp_path / "practice" / "catalog"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def put(root: Path, name: str, **members: Any) -> None:
    """An entry as a curator may have made it by hand."""
    (root / name).mkdir()
    record = {"name": name, "pretty_name": name.title(), "size_categories": ["n<1K"], **members}
    (root / name / "record.json").write_text(json.dumps(record))


@pytest.mark.usefixtures("iris")
def test_open_prints_the_page_where_there_is_no_display(run: Run, practice_hub: FaultyHub) -> None:
    page = f"{practice_hub.url}/datasets/NERSC/iris"
    for options in ((), ("--hub",), ("--print",), ("--hub", "--print")):
        assert run("open", "iris", *options).out == f"{page}\n"
    assert run("open", "iris", "--json").json["url"] == page


def test_open_names_the_pages_of_the_centre(run: Run, tmp_path: Path) -> None:
    put(tmp_path, "sky", repo_id="NERSC/sky", revision="1" * 40)
    nersc = ("--site", "nersc", "--catalog-root", str(tmp_path))
    assert run("open", "sky", *nersc).out == "https://huggingface.co/datasets/NERSC/sky\n"
    assert run("open", "sky", "--lab", *nersc).out == "https://jupyter.nersc.gov/hub/user-redirect/lab?dataset=sky\n"


def test_open_without_what_is_to_be_opened(run: Run, root: Path) -> None:
    put(root, "sky")
    put(root, "proposed", pull_request_url="https://hub.example/datasets/NERSC/proposed/discussions/1")
    put(root, "gone", repo_id="NERSC/gone", revision="1" * 40)
    for options, words in (
        ((), "is only in the catalog"),
        (("--lab",), "has no JupyterLab URL"),
        (("--notebook",), "has no loader notebook"),
        (("--notebook", "--print"), "has no loader notebook"),
    ):
        result = run("open", "sky", *options)
        assert (result.code, words in result.plain) == (4, True), result.err
    assert run("open", "proposed").out == "https://hub.example/datasets/NERSC/proposed/discussions/1\n"
    result = run("open", "gone")
    assert (result.code, "is not running" in result.plain) == (7, True)


@pytest.mark.usefixtures("iris")
@pytest.mark.parametrize("options", [("--hub", "--lab"), ("--lab", "--notebook"), ("--hub", "--lab", "--notebook")])
def test_one_thing_is_opened_at_once(run: Run, options: tuple[str, ...]) -> None:
    result = run("open", "iris", *options)
    assert (result.code, "only one of --hub, --lab and --notebook" in result.err) == (2, True)


@pytest.mark.usefixtures("iris")
def test_a_copy_never_overwrites(run: Run, folder: Path) -> None:
    (folder / "iris_loader.ipynb").write_text("mine")
    first, second = (run("open", "iris", "--notebook").out.strip() for _ in range(2))
    assert [Path(path).name for path in (first, second)] == ["iris_loader-1.ipynb", "iris_loader-2.ipynb"]
    assert (folder / "iris_loader.ipynb").read_text() == "mine"
    assert json.loads(Path(first).read_text())["metadata"]["huggingnersc_lab"]["name"] == "iris"
    assert run("open", "iris", "--notebook", "--print").out.strip().endswith("/catalog/iris/iris_loader.ipynb")
    assert not (folder / "iris_loader-3.ipynb").exists()


@pytest.mark.usefixtures("iris")
def test_a_folder_that_takes_no_copy(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = run("open", "iris", "--notebook", "--catalog-root", str(tmp_path / "practice" / "catalog"))
    assert (result.code, "Traceback" in result.err) == (10, False), result.err


class Terminal:
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("variable", "is_seen"), [("DISPLAY", True), ("WAYLAND_DISPLAY", True), ("SSH_CONNECTION", False)]
)
def test_a_display_is_a_window_system(variable: str, is_seen: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, ":0")
    monkeypatch.setattr(opening.sys, "platform", "linux")
    assert not opening._has_display()
    monkeypatch.setattr(opening.sys, "stdout", Terminal())
    assert opening._has_display() == is_seen


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that notes what it was told to show, on a display of its own."""
    seen = tmp_path / "seen"
    program = tmp_path / "browser"
    program.write_text(f'#!{sys.executable}\nimport sys\nopen({str(seen)!r}, "a").write(sys.argv[1])\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.setattr("webbrowser._tryorder", None)
    monkeypatch.setattr(opening, "_has_display", lambda: True)
    return seen


def test_a_browser_is_started_where_it_is_seen(run: Run, browser: Path, tmp_path: Path) -> None:
    put(tmp_path, "sky", repo_id="NERSC/sky", revision="1" * 40)
    nersc = ("--site", "nersc", "--catalog-root", str(tmp_path))
    for options in (("--print",), ("--json",)):
        assert run("open", "sky", *options, *nersc).code == 0
        assert not browser.exists()
    result = run("open", "sky", *nersc)
    assert (result.code, browser.read_text()) == (0, "https://huggingface.co/datasets/NERSC/sky")


@pytest.mark.parametrize("address", ["file:///etc/passwd", "--new-window", "javascript:alert(1)"])
def test_no_browser_gets_what_is_no_page(address: str, run: Run, browser: Path, root: Path) -> None:
    put(root, "sky", pull_request_url=address)
    result = run("open", "sky")
    assert not browser.exists()
    assert result.code in (0, 3)
