"""Reading the catalog by workers: the same answers as in this process, and an end when the file system gives none."""

from __future__ import annotations

from pathlib import Path

import pytest

from huggingnersc_lab.catalog.worker_reader import WorkerReader
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.store import Store
from huggingnersc_lab.workers.calls import UnansweredError


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "catalog" / "sky"
    folder.mkdir(parents=True)
    (folder / "record.json").write_text('{"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"]}')
    (folder / "load.py").write_bytes(b"\x00\xff print()")
    (folder / "card").symlink_to("/etc/passwd")
    (tmp_path / "catalog" / "link").symlink_to(folder)
    return folder.parent


def test_it_answers_as_this_process_does(root: Path) -> None:
    here, there = Store(root, 0o755, 0o644), Store(root, 0o755, 0o644, reader=WorkerReader())
    assert there.read("sky") == here.read("sky")
    assert there.open("sky") == here.open("sky")
    assert there.open("sky").files["load.py"] == b"\x00\xff print()"
    assert "symbolic link" in there.open("sky").damaged["card"]
    assert [there.exists(name) for name in ("sky", "link", "none")] == [True, True, False]
    for name, code in (("none", "not_found"), ("link", "invalid_record")):
        for store in (here, there):
            with pytest.raises(CatalogError) as err:
                store.read(name)
            assert err.value.code == code
        assert there.read_file("sky", "none.py") is None


def test_a_file_system_that_hangs_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from huggingnersc_lab.catalog import worker_reader

    class Hung:
        def call(self, operation: str, *args: object, path: str) -> None:
            raise UnansweredError(f"'{path}' did not respond within 2 seconds.")

    monkeypatch.setattr(worker_reader, "workers", Hung)
    with pytest.raises(CatalogError) as err:
        Store(root, 0o755, 0o644, reader=WorkerReader()).read("sky")
    assert err.value.code == "storage"
