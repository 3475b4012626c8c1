"""The verbs that change an entry: what is checked before anything is sent."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.changes import Changes, new_entry
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.planned import Planned
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.catalog.sources import Sources
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.sites import load_site
from tests.practice_hub import FaultyHub

SKY = Submission(DatasetRecord("sky", "Sky", ("n<1K",), license="mit"))


def test_the_change_that_makes_an_entry() -> None:
    assert new_entry(SKY) == Change("publish", "sky", private=False)
    assert new_entry(SKY, private=True, create_pr=True) == Change("publish", "sky", private=True, create_pr=True)
    assert new_entry(SKY, private=None, adopting="NERSC/old") == Change("adopt", "sky", repo_id="NERSC/old")


@pytest.fixture
def offline(tmp_path: Path) -> Iterator[tuple[Changes, list[str]]]:
    """Changes of an empty catalog with a Hub that knows no token; what was asked of it."""
    asked: list[str] = []

    def refuse() -> None:
        asked.append("token")
        raise CatalogError("forbidden", "No token.")

    hub: Any = SimpleNamespace(require_token=refuse, url="https://hub.test")
    site = load_site("nersc", catalog_root=str(tmp_path), environ={})
    return Changes(Sources(site, hub=lambda: hub)), asked


def test_a_question_that_is_open_is_asked_before_all_else(offline: Any) -> None:
    changes, asked = offline
    question = CatalogError("conflict", "Which?")
    with pytest.raises(CatalogError) as raised:
        changes.carry_out(
            Planned(Change("update", "sky"), SKY.record, question=question), keep_on_failure=False, on_step=None
        )
    assert raised.value is question
    assert asked == []


def test_a_token_is_needed_before_anything_is_prepared(offline: Any, tmp_path: Path) -> None:
    changes, asked = offline
    for do in (
        lambda: changes.publish(SKY, keep_on_failure=False, on_step=None),
        lambda: changes.update("sky", {"license": "isc"}, keep_on_failure=False, on_step=None),
    ):
        with pytest.raises(CatalogError, match="No token"):
            do()
    assert asked == ["token", "token"]
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_is_taken(offline: Any, tmp_path: Path) -> None:
    changes, asked = offline
    (tmp_path / "sky").mkdir()
    (tmp_path / "sky" / "record.json").write_text("{}")
    with pytest.raises(CatalogError, match="'sky' is already in the catalog") as refused:
        changes.publish(SKY, keep_on_failure=False, on_step=None)
    assert (refused.value.code, [hint.key for hint in refused.value.hints]) == ("conflict", ["edit_instead"])
    assert asked == []


def test_a_catalog_that_cannot_be_written_to_is_told_first(offline: Any, tmp_path: Path) -> None:
    changes, asked = offline
    tmp_path.rename(f"{tmp_path}-away")
    for do in (
        lambda: changes.publish(SKY, keep_on_failure=False, on_step=None),
        lambda: changes.update("sky", {}, keep_on_failure=False, on_step=None),
        lambda: changes.retire("sky", from_hub=True, confirmed=None),
    ):
        with pytest.raises(CatalogError) as refused:
            do()
        assert refused.value.code == "not_found"
    assert asked == []
    Path(f"{tmp_path}-away").rename(tmp_path)


def test_there_is_nothing_to_finish_or_to_undo(offline: Any) -> None:
    changes, _ = offline
    for verb in (changes.resume, changes.undo):
        with pytest.raises(CatalogError) as refused:
            verb("sky", take_over=None, on_step=None)
        assert refused.value.code == "not_found"


def test_what_was_made_is_told(catalog: Catalog, practice_hub: FaultyHub) -> None:
    changes = Changes(catalog.sources)
    steps: list[Any] = []
    made = changes.publish(SKY, keep_on_failure=False, on_step=steps.append)
    assert made.record.revision == made.commit.oid
    assert made.folder == catalog.store.root / "sky"
    assert made.notebook == made.folder / "sky_loader.ipynb"
    assert made.repo_url == f"{practice_hub.url}/datasets/NERSC/sky"
    assert steps[-1].phase == "done"
    assert changes.retire("sky", from_hub=True, confirmed=None).name == "sky"
    assert list(catalog.store.root.iterdir()) == []
