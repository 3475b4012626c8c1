"""What a commit changed: files, and members of the card."""

from __future__ import annotations

import pytest

from huggingnersc_lab.catalog.history import diff as changes
from huggingnersc_lab.catalog.history.diff import MemberChange
from tests.catalog.history.sky import Commit, Look, card, files, push
from tests.practice_hub import FaultyHub


def test_only_folders_that_differ_are_looked_into(commit: Commit, look: Look, practice_hub: FaultyHub) -> None:
    commit(data__a="1", data__deep__b="1", other__c="1")
    commit(data__deep__b="2")
    commit(data__a=None, gone="x")
    commit(gone=None, other__c=None)
    practice_hub.clear_requests()
    last, third, second, first, _ = look()
    assert files(first) == [("data/", "added"), ("other/", "added")]
    assert files(second) == [("data/deep/b", "changed")]
    assert files(third) == [("data/a", "removed"), ("gone", "added")]
    assert files(last) == [("gone", "removed"), ("other/", "removed")]
    asked = [request.path.partition("/tree/")[2][41:] for request in practice_hub.requests if "/tree/" in request.path]
    assert sorted(asked) == sorted([""] * 5 + ["data"] * 3 + ["data/deep"] * 2)


def test_a_file_in_the_place_of_a_folder(commit: Commit, look: Look) -> None:
    commit(data__a="1")
    commit(data__a=None, other="1")
    commit(data="2")
    assert files(look()[0]) == [("data", "added")]


def test_members_of_the_card_before_and_after(commit: Commit, look: Look) -> None:
    info = {"features": [{"name": "x"}]}
    commit(README_md=card(license="mit", tags=["a", "b"], gated=True, size=1))
    commit(README_md=card(license="mit", tags=["b"], gated=False, size=1, dataset_info=info, text="x" * 500))
    newest, added, _ = look()
    assert newest.members[:2] == (MemberChange("tags", "a, b", "b"), MemberChange("gated", "true", "false"))
    assert newest.members[2] == MemberChange("dataset_info", None, '{"features": [{"name": "x"}]}')
    assert newest.members[3].after == "x" * 199 + "…"
    assert [item.member for item in added.members] == ["license", "tags", "gated", "size"]
    assert all(item.before is None for item in added.members)


def test_a_member_that_is_only_written_another_way_did_not_change(commit: Commit, look: Look) -> None:
    commit(README_md="---\nlicense: mit\ntags: [a, b]\n---\n")
    commit(README_md="---\r\n# checked\r\nlicense: 'mit'\r\ntags:\r\n- a\r\n- b\r\n---\r\n# Sky")
    newest = look()[0]
    assert (files(newest), newest.members) == ([("README.md", "changed")], ())


def test_a_card_that_is_deleted_takes_its_members_with_it(commit: Commit, look: Look) -> None:
    commit(README_md=card(license="mit"))
    commit(README_md=None, a="1")
    assert look()[0].members == (MemberChange("license", "mit", None),)


BOMB = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n"


@pytest.mark.parametrize(
    "text", [BOMB, "---\n- no mapping\n---\n", "---\na: [\n---\n", "---\n" + "a: x\n" * 20_000 + "---"]
)
def test_front_matter_that_cannot_be_read_changes_nothing_that_is_told(
    text: str, commit: Commit, look: Look, practice_hub: FaultyHub
) -> None:
    commit(README_md=card(license="mit"))
    push(practice_hub, text)
    newest = look()[0]
    assert (newest.title, files(newest), newest.members) == (
        "Push",
        [(".gitattributes", "removed"), ("README.md", "changed")],
        (),
    )


def test_many_files_are_cut_off(commit: Commit, look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "MOST_FILES", 3)
    monkeypatch.setattr(changes, "MOST_FOLDERS", 1)
    commit(**{f"f{number}": "1" for number in range(9)}, a__a="1", b__b="1")
    commit(a__a="2", b__b="2")
    newest, added, _ = look()
    assert files(newest) == [("a/a", "changed"), ("b/", "changed")]
    assert len(added.files) == 3
