"""Arguments in the two orders in which upstream's command takes them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer

from huggingnersc_lab.cli.arguments import Named, absolute, arrange, read_submission, show_warnings
from huggingnersc_lab.errors import FieldError

M, B, D = Path("m.json"), Path("run.sh"), Path("/data")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["m.json"], Named(M, None, False, None, None)),
        (["m.json", None, None], Named(M, None, False, None, None)),
        (["m.json", "run.sh"], Named(M, B, False, None, None)),
        (["m.json", "run.sh", "True"], Named(M, B, True, None, None)),
        (["m.json", "None", "no"], Named(M, None, False, None, None)),
        (["m.json", "none", ""], Named(M, None, False, None, None)),
        (["/data", "https://a.org", "m.json"], Named(M, None, False, D, "https://a.org")),
        (["/data", "None", "m.json"], Named(M, None, False, D, None)),
        (["None", "None", "m.json", "run.sh"], Named(M, B, False, None, None)),
        (["/data", "", "m.json", "run.sh", " ON "], Named(M, B, True, D, None)),
        # Of three words the third is the metadata where it looks like that, or the first is no file.
        (["/data", "None", "metadata.txt"], Named(Path("metadata.txt"), None, False, D, None)),
        (["a.json", "b.json", "c.json"], Named(Path("c.json"), None, False, Path("a.json"), "b.json")),
    ],
)
def test_two_orders(words: list[str | None], named: Named) -> None:
    assert arrange(words) == named


def test_metadata_that_is_a_file_of_another_name_comes_first(tmp_path: Path) -> None:
    (tmp_path / "metadata.txt").touch()
    words = [str(tmp_path / "metadata.txt"), "run.sh", "sometimes"]
    with pytest.raises(typer.BadParameter, match="IS_DISTRIBUTED is 'sometimes': use True or False"):
        arrange(words)


@pytest.mark.parametrize("word", ["true", "1", "YES", "y", "on", "T"])
def test_true(word: str) -> None:
    assert arrange(["m.json", "run.sh", word]).is_distributed


@pytest.mark.parametrize("word", ["false", "0", "NO", "n", "off", "F", "None"])
def test_false(word: str) -> None:
    assert not arrange(["m.json", "run.sh", word]).is_distributed


def test_options_say_what_arguments_leave_out() -> None:
    assert arrange(["m.json"], D, "https://a.org") == Named(M, None, False, D, "https://a.org")
    assert arrange(["None", "None", "m.json"], D, "https://a.org") == Named(M, None, False, D, "https://a.org")
    assert arrange(["/data", "https://a.org", "m.json"], Path("/data"), "https://a.org").data_path == D


def test_options_and_arguments_that_say_something_else() -> None:
    with pytest.raises(typer.BadParameter, match="DATA_PATH is '/data', but --data-path is '/other'"):
        arrange(["/data", "None", "m.json"], Path("/other"))
    with pytest.raises(
        typer.BadParameter, match=r"DOWNLOAD_LINK is 'https://a.org', but --download-link is 'https://b.org'"
    ):
        arrange(["/data", "https://a.org", "m.json"], None, "https://b.org")


def test_paths_are_made_absolute_and_links_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/ann")
    (tmp_path / "real" / "deep").mkdir(parents=True)
    (tmp_path / "link").symlink_to("real/deep")
    assert absolute(None) is None
    assert absolute(Path("link")) == f"{tmp_path}/link"
    assert absolute(Path("~/data")) == "/home/ann/data"
    assert absolute(Path("link/..")) == f"{tmp_path}/real"  # where the kernel goes, too


class StubSession:
    """Takes whatever is read."""

    def __init__(self, *, as_json: bool = False) -> None:
        self.notes: list[str] = []
        self.output = SimpleNamespace(places={}, as_json=as_json, warnings=list, note=self.notes.append)
        self.catalog = SimpleNamespace(read=lambda *given, **named: (given, named))


def test_what_is_read_and_how_a_person_calls_it() -> None:
    session: Any = StubSession()
    named = Named(M, B, True, D, None)
    given, members = read_submission(session, "Sky", "sky", Path("load.py"), named, "python3")  # type: ignore[misc]
    assert given == (M,)
    assert members == {
        "loader": Path("load.py"),
        "batch_script": B,
        "companions": (),
        "name": "sky",
        "pretty_name": "Sky",
        "is_distributed": True,
        "data_path": "/data",
        "download_link": None,
        "kernel_name": "python3",
    }
    assert session.output.places == {
        "/companions": "--with",
        "/name": "NICKNAME",
        "/pretty_name": "OFFICIAL_NAME",
        "/loader": "LOADER_SCRIPT",
        "/batch_script": "BATCH_SCRIPT",
        "/data_path": "--data-path",
        "/kernel_name": "--kernel",
    }
    _, members = read_submission(session, "Sky", "sky", Path("load.py"), Named(M, None, False, None, None), None)  # type: ignore[misc]
    assert members["is_distributed"] is None


@pytest.mark.parametrize("place", range(4))
def test_an_option_that_there_is_not(place: int) -> None:
    words = ["Sky", "sky", "load.py", "m.json"]
    words[place] = "--privat"
    session: Any = StubSession()
    with pytest.raises(typer.BadParameter, match="There is no option --privat"):
        read_submission(session, *words[:2], Path(words[2]), Named(Path(words[3]), None, False, None, None), None)  # type: ignore[arg-type]


def test_how_what_stays_behind_is_brought_along() -> None:
    found = [FieldError("/loader", "companion", "", name) for name in ("a.py", "b.py", "a.py", None)]
    for as_json, notes in ((False, ["To include these files, add: --with a.py --with b.py"]), (True, [])):
        session: Any = StubSession(as_json=as_json)
        show_warnings(session, [*found, FieldError("/x", "other", "", "c.py")])
        assert session.notes == notes
