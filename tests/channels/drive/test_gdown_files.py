"""What gdown is asked for, and what comes of its answers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import gdown
import gdown.exceptions
import pytest
import requests

from huggingnersc_lab.channels.drive.gdown_files import Remote, download_file, list_files, require_gdown
from huggingnersc_lab.channels.drive.links import DriveItem
from huggingnersc_lab.errors import CatalogError

BAD_NAMES = ["../evil", "/etc/evil", "a//b", "a/./b", "..", ".", "", "a\0b", "a/"]


def nothing(done: int, total: int | None) -> None:
    """Progress that nobody looks at."""


class Asked:
    """Stands for gdown, and notes what it is asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls: list[dict[str, Any]] = []
        self.answers: list[Any] = []
        monkeypatch.setattr(gdown, "download", self)
        monkeypatch.setattr(gdown, "download_folder", self)

    def __call__(self, **options: Any) -> Any:
        sys.stdout.write("Downloading …\n")
        self.calls.append(options)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def test_one_file_needs_no_list(asked: Asked) -> None:
    assert list_files(DriveItem("file", "f1")) == [Remote("f1", None)]
    assert asked.calls == []


def test_the_files_of_a_folder(asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    asked.answers = [[SimpleNamespace(id="f1", path="a.csv"), SimpleNamespace(id="f2", path="deep/b.csv"), "x/c"]]
    assert list_files(DriveItem("folder", "d1")) == [
        Remote("f1", PurePosixPath("a.csv")),
        Remote("f2", PurePosixPath("deep/b.csv")),
    ]
    (call,) = asked.calls
    assert (call["id"], call["skip_download"], call["use_cookies"], call["timeout"]) == ("d1", True, False, 60.0)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_lead_out_of_a_folder(asked: Asked, name: str) -> None:
    asked.answers = [[SimpleNamespace(id="f1", path=name)]]
    with pytest.raises(CatalogError) as raised:
        list_files(DriveItem("folder", "d1"))
    assert raised.value.code == "invalid_record"
    assert raised.value.detail == (
        f"A file on Google Drive is called {name!r}, which would lead out of the folder. It was not downloaded."
    )


def test_a_file_with_a_known_name(asked: Asked, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert download_file(Remote("f1", PurePosixPath("deep/a.csv")), tmp_path, nothing) == tmp_path / "deep" / "a.csv"
    assert (tmp_path / "deep").is_dir()
    (call,) = asked.calls
    assert call == {
        "id": "f1",
        "output": str(tmp_path / "deep" / "a.csv"),
        "quiet": True,
        "use_cookies": False,
        "resume": True,
        "retries": 3,
        "timeout": 60.0,
        "progress": nothing,
    }
    assert capsys.readouterr().out == ""


def test_a_file_whose_name_google_tells(asked: Asked, tmp_path: Path) -> None:
    asked.answers = [SimpleNamespace(path="a.csv")]
    assert download_file(Remote("f1", None), tmp_path, nothing) == tmp_path / "a.csv"
    assert [call.get("skip_download", False) for call in asked.calls] == [True, False]


@pytest.mark.parametrize("answer", [None, *(SimpleNamespace(path=name) for name in BAD_NAMES)])
def test_a_bad_name_that_google_tells(asked: Asked, tmp_path: Path, answer: Any) -> None:
    asked.answers = [answer]
    with pytest.raises(CatalogError) as raised:
        download_file(Remote("f1", None), tmp_path / "out", nothing)
    assert raised.value.code == "invalid_record"
    assert len(asked.calls) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_out_of_the_folder(asked: Asked, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "deep").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CatalogError, match="would lead out of the folder"):
        download_file(Remote("f1", PurePosixPath("deep/a.csv")), tmp_path / "out", nothing)
    assert asked.calls == []


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (gdown.exceptions.DownloadError("Odd. You may need to change the permission"), "upstream", "failed: Odd."),
        (requests.ConnectionError("Connection refused"), "upstream", "Check the network"),
        (gdown.exceptions.DownloadError("404 Not Found"), "not_found", "Check the link or the path."),
        (OSError(5, "Input/output error"), "storage", "Input/output error"),
        (OSError(28, "No space left on device"), "storage", "This disk is full."),
    ],
)
def test_errors(asked: Asked, tmp_path: Path, error: Exception, code: str, said: str) -> None:
    asked.answers = [error, error]
    for act, kept in (
        (lambda: list_files(DriveItem("folder", "d1")), "Nothing was downloaded."),
        (
            lambda: download_file(Remote("f1", PurePosixPath("a")), tmp_path, nothing),
            "What was downloaded is kept, and gone on with when you try again.",
        ),
    ):
        with pytest.raises(CatalogError) as raised:
            act()
        assert raised.value.code == code
        assert said in raised.value.detail
        assert raised.value.detail.endswith(kept)
        assert "permission" not in raised.value.detail


def test_without_gdown(monkeypatch: pytest.MonkeyPatch) -> None:
    require_gdown()
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(CatalogError, match=r"pip install 'huggingnersc_lab\[drive\]'") as raised:
        require_gdown()
    assert raised.value.code == "not_found"
