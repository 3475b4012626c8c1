"""Who can open the data of which datasets, over HTTP."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog.worker_reader import WorkerReader
from huggingnersc_lab.store import tree
from huggingnersc_lab.workers.calls import workers


@pytest.fixture
def catalog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "catalog"
    root.mkdir()
    monkeypatch.setenv("HUGGINGNERSC_CATALOG_ROOT", str(root))
    return root


def put(catalog: Path, name: str, data_path: str | None) -> None:
    (catalog / name).mkdir()
    record = {"schema_version": 1, "name": name, "pretty_name": name, "size_categories": ["n<1K"]}
    record |= {"data_path": data_path} if data_path else {}
    (catalog / name / "record.json").write_text(json.dumps(record))


async def test_each_dataset_is_told_of(ask: Any, catalog: Path, data: Path) -> None:
    put(catalog, "here", str(data))
    put(catalog, "gone", f"{data}/later")
    put(catalog, "nowhere", None)
    access = (await ask("GET", "/access?name=here&name=gone&name=nowhere&name=stranger&name=..%2Fx")).data["access"]
    assert {name: found["status"] for name, found in access.items()} == {"here": "readable", "gone": "missing"}
    assert access["gone"]["blocked_at"] == f"{data}/later"
    assert "advice" not in access["here"]
    assert "purged" in access["gone"]["advice"]


async def test_what_is_no_data_is_named(ask: Any, catalog: Path, data: Path) -> None:
    os.mkfifo(data / "pipe")
    put(catalog, "pipe", f"{data}/pipe")
    found = (await ask("GET", "/access?name=pipe")).data["access"]["pipe"]
    assert (found["status"], found["blocked_at"], found["detail"]) == ("missing", f"{data}/pipe", "a named pipe")


async def test_a_fresh_look_is_not_repeated_unless_it_is_asked_for(ask: Any, catalog: Path, data: Path) -> None:
    put(catalog, "later", f"{data}/later")
    assert (await ask("GET", "/access?name=later")).data["access"]["later"]["status"] == "missing"
    (data / "later").write_text("here it is")
    assert (await ask("GET", "/access?name=later&check=0")).data["access"]["later"]["status"] == "missing"
    assert (await ask("GET", "/access?name=later&check=1")).data["access"]["later"]["status"] == "readable"
    assert (await ask("GET", "/access?name=later")).data["access"]["later"]["status"] == "readable"


async def test_data_that_was_moved_is_looked_at_where_it_is_now(ask: Any, catalog: Path, data: Path) -> None:
    put(catalog, "iris", f"{data}/gone")
    assert (await ask("GET", "/access?name=iris")).data["access"]["iris"]["status"] == "missing"
    record = json.loads((catalog / "iris" / "record.json").read_text())
    (catalog / "iris" / "record.json").write_text(json.dumps(record | {"data_path": str(data)}))
    assert (await ask("GET", "/access?name=iris")).data["access"]["iris"]["status"] == "readable"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [("", "/name"), ("?check=1", "/name"), ("?" + "&".join(["name=a"] * 101), "/name"), ("?name=a&check=2", "/check")],
)
async def test_what_cannot_be_asked(query: str, pointer: str, ask: Any, catalog: Path) -> None:
    answer = await ask("GET", f"/access{query}")
    assert (answer.status, answer.code, answer.pointers) == (422, "invalid_record", [pointer])


async def test_the_detail_tells_when_somebody_looked(ask: Any, catalog: Path, data: Path) -> None:
    put(catalog, "iris", str(data))
    access = (await ask("GET", "/records/iris")).data["access"]
    assert access["status"] == "readable"
    assert access["checked_at"].endswith("Z")


async def test_a_file_system_that_hangs_holds_up_nothing_else(
    ask: Any, catalog: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("read_files", "read_folder"):  # the catalog's own file system is well: only the data's workers stop
        monkeypatch.setattr(WorkerReader, name, staticmethod(getattr(tree, name)))
    put(catalog, "iris", f"{data}/iris.csv")
    await ask("GET", "/access?name=iris")
    for idle in workers().pool._idle:
        os.kill(idle.process.pid, signal.SIGSTOP)
    begin = time.monotonic()
    entry = (await ask("GET", "/records/iris")).data
    assert time.monotonic() - begin < 10
    assert entry["access"]["status"] == "unknown"
    assert "did not respond" in entry["access"]["advice"]
    assert "data" not in entry["contents"]
    place = await ask("POST", "/locations", {"data_path": f"{data}/iris.csv"})
    assert (place.status, place.code, place.pointers) == (507, "storage", ["/data_path"])
    assert "not responded recently" in place.data["detail"]
    found = (await ask("GET", "/access?name=iris&check=1")).data["access"]
    assert found["iris"]["status"] == "unknown"
