"""Drafts: kept, listed, never overwritten unseen, never lost."""

from __future__ import annotations

import errno
import json
import os
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.workspace.drafts import MAX_BYTES, DraftContent, Drafts

IRIS = DraftContent(
    title="Iris, größer",
    values={"name": "iris", "tags": ["a", None], "description": "half \ud83d of a character"},
    loader_path="work/load iris.py",
    create_pr=True,
    editing="iris",
)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / "data" / "drafts")


def age(drafts: Drafts, draft_id: str, seconds: float) -> None:
    path = drafts.folder / f"{draft_id}.json"
    moment = path.stat().st_mtime - seconds
    os.utime(path, (moment, moment))


def test_a_draft_comes_back_as_it_was_saved_after_a_restart(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    assert Drafts(drafts.folder).read(made.id) == made
    assert made.content == IRIS
    assert uuid.UUID(made.id).version == 4
    assert made.to_dict() == {
        "id": made.id,
        "etag": made.etag,
        "updated_at": made.updated_at,
        "content": {
            "title": IRIS.title,
            "values": IRIS.values,
            "loader_path": "work/load iris.py",
            "batch_script_path": None,
            "companion_paths": (),
            "private": False,
            "create_pr": True,
            "editing": "iris",
            "editing_etag": None,
            "adopting": None,
            "repository_scripts": (),
            "loader_in_repository": None,
            "filled_from": None,
            "sources": {},
        },
    }


def test_drafts_are_private(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    assert drafts.folder.stat().st_mode & 0o777 == 0o700
    assert (drafts.folder / f"{made.id}.json").stat().st_mode & 0o777 == 0o600


def test_a_list_has_the_one_saved_last_first(drafts: Drafts) -> None:
    assert drafts.list() == []
    first, second = drafts.create(IRIS), drafts.create(DraftContent(values={"name": 7}))
    age(drafts, first.id, 20)
    age(drafts, second.id, 10)
    assert [item.id for item in drafts.list()] == [second.id, first.id]
    drafts.write(first.id, DraftContent(title="again"), first.etag)
    assert [(item.id, item.title, item.name, item.editing) for item in drafts.list()] == [
        (first.id, "again", None, None),
        (second.id, "", None, None),
    ]
    assert drafts.list()[0].to_dict().keys() == {"id", "etag", "updated_at", "title"}


def test_a_summary_says_what_it_is_about(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    (summary,) = drafts.list()
    assert summary.to_dict() == {
        "id": made.id,
        "etag": made.etag,
        "updated_at": made.updated_at,
        "title": IRIS.title,
        "name": "iris",
        "editing": "iris",
    }


def test_two_windows_do_not_overwrite_each_other_unseen(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    mine = drafts.write(made.id, DraftContent(title="mine"), made.etag)
    assert mine.etag != made.etag
    for change in (
        lambda: drafts.write(made.id, DraftContent(title="theirs"), made.etag),
        lambda: drafts.delete(made.id, made.etag),
    ):
        with pytest.raises(CatalogError) as stale:
            change()
        assert stale.value.code == "conflict"
        assert "Nothing was overwritten" in stale.value.detail
    assert drafts.read(made.id) == mine
    theirs = drafts.write(made.id, DraftContent(title="theirs"), None)  # they chose to
    assert drafts.read(made.id) == theirs


def test_of_many_that_save_over_the_same_one_wins(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    ready = threading.Barrier(8)
    won: list[str] = []
    lost: list[str] = []

    def save(title: str) -> None:
        ready.wait()
        try:
            won.append(drafts.write(made.id, DraftContent(title=title), made.etag).content.title)
        except CatalogError as err:
            lost.append(err.code)

    threads = [threading.Thread(target=save, args=(str(number),)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == ["conflict"] * 7
    assert won == [drafts.read(made.id).content.title]


def test_saving_the_same_again_changes_nothing(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    age(drafts, made.id, 60)
    before = drafts.read(made.id)
    assert drafts.write(made.id, IRIS, made.etag) == before


def test_a_full_disk_keeps_what_was_saved_before(drafts: Drafts, monkeypatch: pytest.MonkeyPatch) -> None:
    made = drafts.create(IRIS)

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        for save in (
            lambda: drafts.write(made.id, DraftContent(title="lost?"), made.etag),
            lambda: drafts.create(DraftContent()),
        ):
            with pytest.raises(CatalogError, match="No space left on device") as refused:
                save()
            assert refused.value.code == "storage"
    assert drafts.read(made.id) == made
    assert [path.name for path in drafts.folder.iterdir()] == [f"{made.id}.json"]
    assert drafts.write(made.id, DraftContent(title="saved"), made.etag).content.title == "saved"


def test_a_draft_that_is_too_large_is_refused_and_the_former_kept(drafts: Drafts) -> None:
    made = drafts.create(IRIS)
    large = DraftContent(values={"description": "x" * MAX_BYTES})
    for save in (lambda: drafts.write(made.id, large, made.etag), lambda: drafts.create(large)):
        with pytest.raises(CatalogError) as refused:
            save()
        assert refused.value.code == "invalid_record"
        assert [fault.code for fault in refused.value.fields] == ["too_long"]
    assert [item.id for item in drafts.list()] == [made.id]
    largest = DraftContent(values={"description": "ü" * (MAX_BYTES // 2 - 300)})
    assert drafts.read(drafts.create(largest).id).content == largest


def deep() -> dict[str, Any]:
    value: dict[str, Any] = {}
    for _ in range(5000):
        value = {"a": value}
    return value


@pytest.mark.parametrize("values", [{"a": float("nan")}, {"a": float("inf")}, deep()], ids=["nan", "inf", "deep"])
def test_what_is_no_json_is_refused(drafts: Drafts, values: dict[str, Any]) -> None:
    with pytest.raises(CatalogError) as refused:
        drafts.create(DraftContent(values=values))
    assert refused.value.code == "invalid_record"
    assert drafts.list() == []


@pytest.mark.parametrize("draft_id", ["", "no-such", "0" * 31, "0" * 32, "F" * 32, "../../etc/passwd", "0" * 32 + "\n"])
def test_an_id_that_never_was_is_not_found(drafts: Drafts, draft_id: str) -> None:
    (drafts.folder.parent).mkdir(parents=True)
    for use in (
        lambda: drafts.read(draft_id),
        lambda: drafts.write(draft_id, IRIS, None),
        lambda: drafts.delete(draft_id),
    ):
        with pytest.raises(CatalogError) as absent:
            use()
        assert absent.value.code == "not_found"


def test_a_deleted_draft_is_gone(drafts: Drafts) -> None:
    one, other = drafts.create(IRIS), drafts.create(IRIS)
    drafts.delete(one.id)
    drafts.delete(other.id, other.etag)
    assert drafts.list() == []
    with pytest.raises(CatalogError) as gone:
        drafts.delete(one.id)
    assert gone.value.code == "not_found"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"title": 1}', b'{"titel": ""}', b"[" * 100_000],
    ids=lambda value: value[:9],
)
def test_a_damaged_file_is_listed_and_hides_no_other(drafts: Drafts, content: bytes) -> None:
    sound = drafts.create(IRIS)
    damaged = "0" * 32
    (drafts.folder / f"{damaged}.json").write_bytes(content)
    (drafts.folder / "notes.json").write_bytes(b"{}")
    (drafts.folder / f".{damaged}.json.12345678").write_bytes(b"{}")
    listed = {item.id: item for item in drafts.list()}
    assert listed.keys() == {sound.id, damaged}
    assert listed[sound.id].broken is None
    assert "damaged" in (listed[damaged].broken or "")
    with pytest.raises(CatalogError) as told:
        drafts.read(damaged)
    assert told.value.code == "invalid_record"
    drafts.delete(damaged)
    assert [item.id for item in drafts.list()] == [sound.id]


@pytest.mark.parametrize(
    ("data", "pointers"),
    [
        ({"titel": "", "private": 1}, ["/titel", "/private"]),
        ({"values": [], "loader_path": 3}, ["/values", "/loader_path"]),
        ({"a/b": 0}, ["/a~1b"]),
        ({"title": None}, ["/title"]),
        ({"sources": []}, ["/sources"]),
        ({"sources": {"license": 1}}, ["/sources"]),
    ],
)
def test_what_is_no_draft_is_told_with_every_place(data: dict[str, Any], pointers: list[str]) -> None:
    with pytest.raises(CatalogError) as refused:
        DraftContent.from_dict(data)
    assert refused.value.code == "invalid_record"
    assert [fault.pointer for fault in refused.value.fields] == pointers


def test_what_is_left_out_has_its_default() -> None:
    assert DraftContent.from_dict({}) == DraftContent()
    assert DraftContent.from_dict(json.loads(json.dumps(IRIS.to_dict()))) == IRIS
