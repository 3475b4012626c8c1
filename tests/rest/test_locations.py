"""Paths from the browser lead nowhere but into the roots, however they are written."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.workers import disk


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file that nobody showed to the file browser."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "load_secret.py").write_text("SECRET = 1\n")
    return folder


def found_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_folder_of_the_file_browser(ask: Any, data: Path) -> None:
    place = (await ask("POST", "/locations", {"contents_path": "data/iris"})).data
    assert place["data_path"] == str(data)
    assert place["contents_path"] == "data/iris"
    assert place["is_folder"] is True
    assert place["access"]["status"] == "readable"
    assert place["name_proposal"] == "iris"


@pytest.mark.parametrize("path", ["/data/iris/", "data//iris", "./data/iris"])
async def test_the_same_folder_written_otherwise(path: str, ask: Any, data: Path) -> None:
    assert (await ask("POST", "/locations", {"contents_path": path})).data["contents_path"] == "data/iris"


async def test_the_root_itself(ask: Any, jp_root_dir: Path) -> None:
    place = (await ask("POST", "/locations", {"contents_path": ""})).data
    assert (place["data_path"], place["contents_path"]) == (str(jp_root_dir), "")


async def test_a_file_and_a_path_that_was_typed(ask: Any, data: Path) -> None:
    place = (await ask("POST", "/locations", {"data_path": f"{data}/../iris/iris.csv"})).data
    assert place["data_path"] == str(data / "iris.csv")
    assert place["contents_path"] == "data/iris/iris.csv"
    assert (place["is_folder"], place["name_proposal"]) == (False, "iris")


async def test_a_typed_path_that_is_not_there_yet(ask: Any, data: Path) -> None:
    place = (await ask("POST", "/locations", {"data_path": f"{data}/later"})).data
    assert (place["access"]["status"], place["access"]["blocked_at"]) == ("missing", f"{data}/later")


OUT = ["../elsewhere", "data/../../elsewhere", "out", "out/load_secret.py", "data/iris/../../out"]
NOT_THERE = [
    "nothing",
    "data/iris/nothing",
    "data/iris/iris.csv/x",
    "%2e%2e/elsewhere",
    "..%2felsewhere",
    "%252e%252e",
    ".hidden",
    ".hidden/x.py",
    "data/.git",
    "a\0b",
    "x" * 300,
    "/".join(["deep"] * 2000),
    "\ud800",
    "loop",
]


@pytest.mark.parametrize("path", OUT)
async def test_what_leads_out_is_forbidden(
    path: str, ask: Any, data: Path, secret: Path, jp_root_dir: Path, content: dict[str, Any]
) -> None:
    (jp_root_dir / "out").symlink_to(secret)
    answer = await ask("POST", "/locations", {"contents_path": path})
    assert (answer.status, answer.code, answer.pointers) == (403, "forbidden", ["/contents_path"])
    draft = (await ask("POST", "/drafts", {**content, "loader_path": path})).data
    findings = (await ask("POST", f"/drafts/{draft['id']}/validate")).data
    assert [(error["pointer"], error["code"]) for error in findings["errors"]] == [("/loader", "forbidden")]
    good = (await ask("POST", "/drafts", content)).data
    answer = await ask("POST", f"/drafts/{good['id']}/notebooks", {"folder": path})
    assert (answer.status, answer.pointers) == (403, ["/folder"])
    assert [path.name for path in found_in(secret)] == ["load_secret.py"]


@pytest.mark.parametrize("path", NOT_THERE)
async def test_what_is_not_there_or_hidden_is_not_found(
    path: str, ask: Any, data: Path, jp_root_dir: Path, content: dict[str, Any]
) -> None:
    (jp_root_dir / ".hidden").mkdir()
    (jp_root_dir / ".hidden" / "x.py").write_text("x = 1\n")
    (data.parent / ".git").mkdir()
    (jp_root_dir / "loop").symlink_to(jp_root_dir / "loop")
    answer = await ask("POST", "/locations", {"contents_path": path})
    assert (answer.status, answer.code, answer.pointers) == (404, "not_found", ["/contents_path"])
    draft = (await ask("POST", "/drafts", {**content, "batch_script_path": path})).data
    findings = (await ask("POST", f"/drafts/{draft['id']}/validate")).data
    assert [(error["pointer"], error["code"]) for error in findings["errors"]] == [("/batch_script", "not_found")]


@pytest.mark.parametrize(
    "query",
    ["path=..%2felsewhere%2fload_secret.py", "path=%2e%2e/elsewhere/load_secret.py", "path=out/load_secret.py"],
)
async def test_a_script_is_not_read_from_outside(query: str, ask: Any, secret: Path, jp_root_dir: Path) -> None:
    (jp_root_dir / "out").symlink_to(secret)
    answer = await ask("GET", f"/scripts?member=loader&{query}")
    assert (answer.status, answer.code) == (403, "forbidden")
    assert b"SECRET" not in answer.body


@pytest.mark.parametrize("path", ["/etc", "/etc/passwd", "{root}/../elsewhere", "{root}/out", "/", "//etc"])
async def test_a_typed_path_outside_is_forbidden(path: str, ask: Any, secret: Path, jp_root_dir: Path) -> None:
    (jp_root_dir / "out").symlink_to(secret)
    answer = await ask("POST", "/locations", {"data_path": path.replace("{root}", str(jp_root_dir))})
    assert (answer.status, answer.code, answer.pointers) == (403, "forbidden", ["/data_path"])


@pytest.mark.parametrize("path", ["", "relative/path"])
async def test_a_typed_path_is_absolute(path: str, ask: Any) -> None:
    answer = await ask("POST", "/locations", {"data_path": path})
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", ["/data_path"])


@pytest.mark.parametrize("body", [{}, {"data_path": "/a", "contents_path": "a"}])
async def test_one_place_is_named(body: dict[str, str], ask: Any) -> None:
    assert (await ask("POST", "/locations", body)).code == "invalid_record"


async def test_a_script_as_it_would_be_published(ask: Any, data: Path) -> None:
    (data / "iris.py").write_text("def load(:\r\n")
    found = (await ask("GET", "/scripts?path=data/iris/iris.py&member=loader&name=iris")).data
    assert (found["file_name"], found["text"]) == ("load_iris.py", "def load(:\n")
    assert [warning["code"] for warning in found["warnings"]] == ["syntax"]


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "too_short"), (b"\0\1", "binary"), (b"\xff", "not_utf8"), (b"x" * 2_000_000, "too_long")],
)
async def test_what_is_no_script(content: bytes, code: str, ask: Any, data: Path) -> None:
    (data / "load.py").write_bytes(content)
    answer = await ask("GET", "/scripts?path=data/iris/load.py&member=loader")
    assert answer.data["errors"][0]["code"] == code


@pytest.mark.parametrize("query", ["", "?path=a", "?member=loader", "?path=a&member=card"])
async def test_the_query_of_a_script_is_checked(query: str, ask: Any) -> None:
    assert (await ask("GET", f"/scripts{query}")).code == "invalid_record"


async def test_a_pipe_is_no_script_and_keeps_nobody_waiting(ask: Any, data: Path, content: dict[str, Any]) -> None:
    os.mkfifo(data / "pipe.py")
    answer = await ask("GET", "/scripts?path=data/iris/pipe.py&member=loader")
    assert (answer.status, answer.code, answer.pointers) == (404, "not_found", ["/loader"])
    assert "is a named pipe, not a file" in answer.data["detail"]
    draft = (await ask("POST", "/drafts", {**content, "loader_path": "data/iris/pipe.py"})).data
    findings = (await ask("POST", f"/drafts/{draft['id']}/validate")).data
    assert [(error["pointer"], error["code"]) for error in findings["errors"]] == [("/loader", "not_found")]


async def test_a_link_that_is_put_in_the_way_is_not_followed(
    ask: Any, data: Path, secret: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the look and the reading: what is read, or written into, is what was found to be inside."""
    (data / "load.py").write_text("x = 1\n")
    look = disk.look

    def swap(path: str) -> disk.Seen:
        seen = look(path)
        if path == str(data / "load.py"):
            data.rename(data.with_name("moved"))
            data.symlink_to(secret)
            (secret / "load.py").write_text("SECRET = 1\n")
        return seen

    monkeypatch.setattr(disk, "look", swap)
    answer = await ask("GET", "/scripts?path=data/iris/load.py&member=loader")
    assert answer.status in (403, 404)
    assert b"SECRET" not in answer.body


async def test_what_is_cataloged_or_begun_already(ask: Any, data: Path, content: dict[str, Any]) -> None:
    place = (await ask("POST", "/locations", {"contents_path": "data/iris"})).data
    assert (place["datasets"], place["drafts"]) == ([], [])
    draft = {**content, "title": "Begun", "values": {**content["values"], "data_path": str(data)}}
    begun = (await ask("POST", "/drafts", draft)).data
    place = (await ask("POST", "/locations", {"contents_path": "data/iris"})).data
    assert [(found["id"], found["title"], found["data_path"]) for found in place["drafts"]] == [
        (begun["id"], "Begun", str(data))
    ]


@pytest.mark.parametrize(("typed", "leads_to"), [("~/iris", "iris"), ("~", ".")])
async def test_the_home_folder_as_people_write_it(
    typed: str, leads_to: str, ask: Any, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(data.parent))
    place = (await ask("POST", "/locations", {"data_path": typed})).data
    assert place["data_path"] == str((data.parent / leads_to).resolve())


async def test_the_home_folder_of_nobody(ask: Any) -> None:
    answer = await ask("POST", "/locations", {"data_path": "~nobody-of-that-name/x"})
    assert (answer.status, answer.pointers) == (422, ["/data_path"])
