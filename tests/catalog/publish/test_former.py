"""What a repository still holds of the entry that it was published with."""

from __future__ import annotations

import json
from typing import Any, cast

import pytest

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.former import Former, former_record, offered_scripts
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub, RepoState
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import MAX_BYTES, Script
from huggingnersc_lab.sites import load_site

RECORD = {
    "schema_version": 2,
    "name": "sky",
    "pretty_name": "Sky",
    "publish_id": "1",
    "repo_id": "NERSC/sky",
    "loader": "load.py",
    "colour": "blue",
}
DRAFT = Submission(DatasetRecord(name="sky", pretty_name="Sky maps", repo_id="NERSC/sky"))


class Files:
    """A Hub that has files."""

    def __init__(self, **files: Any) -> None:
        self.files = {name.replace("_", "."): content for name, content in files.items()}

    def read_file(self, repo_id: str, path: str, revision: str) -> bytes | None:
        return cast("bytes | None", self.files.get(path))


def former(**files: bytes) -> Former:
    hub = Files(**files)
    return Former.of(cast("Hub", hub), "NERSC/sky", RepoState("a" * 40, tuple(hub.files), None, False))


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[1]", b"null", b"\xff", b"[" * 100_000, b'{"name": "sky"}', b'{"publish_id": 1}']
)
def test_another_file_of_that_name_is_no_record(content: bytes) -> None:
    found = former(record_json=content)
    assert former_record(content) is None or content == b'{"publish_id": 1}'
    assert found.completed(DRAFT).loader is None


def test_record_and_loader_are_taken_along() -> None:
    found = former(record_json=json.dumps(RECORD).encode(), load_py=b"x = 1\n")
    done = found.completed(DRAFT)
    assert done.loader == Script("load.py", "x = 1\n")
    assert (done.record.loader, done.record.pretty_name) == ("load.py", "Sky maps")
    assert done.record.unknown == {"colour": "blue"}
    assert found.notes(done, Change("adopt", "sky")) == ("The loader 'load.py' in the repository is used.",)
    card = found.card(load_site("nersc"), None)
    assert card is not None
    assert "# Sky\n" in card
    assert "x = 1\n" in card


def test_a_loader_that_is_handed_in_wins() -> None:
    found = former(record_json=json.dumps(RECORD).encode(), load_py=b"x = 1\n")
    own = Script("own.py", "y = 2\n")
    done = found.completed(Submission(DRAFT.record, own))
    assert (done.loader, done.record.loader) == (own, "own.py")
    assert found.notes(done, Change("adopt", "sky", loader=own)) == ()


def test_a_script_that_is_too_large_or_gone_stays_there() -> None:
    assert former(record_json=json.dumps(RECORD).encode(), load_py=b"#" * (MAX_BYTES + 1)).scripts == {}
    assert former(record_json=json.dumps(RECORD).encode()).scripts == {}


def test_a_record_of_a_newer_program_is_refused() -> None:
    with pytest.raises(CatalogError, match="has a record of its own") as refused:
        former(record_json=json.dumps(RECORD | {"schema_version": 99}).encode())
    assert refused.value.code == "conflict"


@pytest.mark.parametrize(
    ("files", "offered"),
    [
        (["README.md", "load.py", "a.R", "b.jl", "run.sh", "c.ipynb"], ("load.py", "a.R", "b.jl", "run.sh", "c.ipynb")),
        (["src/load.py", ".hidden.py", "setup.py", "conftest.py", "x.pyc", "a\nb.py", "py"], ()),
        ([f"{number}.py" for number in range(50)], tuple(f"{number}.py" for number in range(10))),
    ],
)
def test_scripts_that_may_be_the_loader(files: list[str], offered: tuple[str, ...]) -> None:
    assert offered_scripts(files) == offered


def test_a_script_that_was_picked_becomes_the_loader() -> None:
    hub = Files(load_py=b"x = 1\r\n")
    state = RepoState("a" * 40, ("load.py",), None, False)
    found = Former.of(cast("Hub", hub), "NERSC/sky", state)
    picked = found.with_loader(cast("Hub", hub), "NERSC/sky", state, "load.py", "sky")
    done = picked.completed(DRAFT)
    assert (done.loader, done.record.loader) == (Script("load.py", "x = 1\n"), "load.py")
    assert found.completed(DRAFT).loader is None
    with pytest.raises(CatalogError, match="has no script 'other"):
        found.with_loader(cast("Hub", hub), "NERSC/sky", state, "other.py", "sky")
