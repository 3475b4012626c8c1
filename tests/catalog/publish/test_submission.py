"""What a contributor hands in, read and checked as a whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.access.access import Access
from huggingnersc_lab.catalog.publish import submission as module
from huggingnersc_lab.catalog.publish.submission import Submission, complete, read_submission, script_warnings, to_entry
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import DatasetRecord
from huggingnersc_lab.record.scripts import Script
from huggingnersc_lab.sites import Site, load_site

NERSC = load_site("nersc", environ={})
GOOD = {"name": "sky", "pretty_name": "Sky", "size_categories": ["n<1K"], "license": "mit"}
SKY = DatasetRecord("sky", "Sky", ("n<1K",), license="mit")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site whose data lies in a folder of the test's own."""
    (tmp_path / "shared" / "sky").mkdir(parents=True)
    alias = (f"{tmp_path}/ro", f"{tmp_path}/shared")
    return replace(NERSC, data_roots=(tmp_path / "shared",), path_aliases=(alias,))


def codes(submission: Submission, pointer: str = "/data_path") -> list[str]:
    return [its.code for its in submission.warnings if its.pointer == pointer]


def test_everything_together(site: Site, tmp_path: Path) -> None:
    files = {
        "m.json": json.dumps(GOOD),
        "load.py": "import helpers\n",
        "run.sh": "srun true\n",
        "helpers.py": "x = 1\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    found = read_submission(
        site,
        tmp_path / "m.json",
        loader=tmp_path / "load.py",
        batch_script=tmp_path / "run.sh",
        companions=[tmp_path / "helpers.py"],
        data_path=str(tmp_path / "shared" / "sky"),
    )
    record = found.record
    assert (record.name, record.loader, record.batch_script) == ("sky", "load.py", "run.sh")
    assert record.companions == ("helpers.py",)
    assert record.data_path == str(tmp_path / "shared" / "sky")
    assert record.access_group
    assert (found.loader, found.batch_script) == (
        Script("load.py", files["load.py"]),
        Script("run.sh", files["run.sh"]),
    )
    assert found.companions == (Script("helpers.py", files["helpers.py"]),)
    assert record.kernel_name == "python3"


def fails(metadata: Any, **given: Any) -> CatalogError:
    with pytest.raises(CatalogError) as refused:
        read_submission(NERSC, metadata, **given)
    return refused.value


def test_every_fault_of_every_part_is_told_at_once(tmp_path: Path) -> None:
    error = fails({**GOOD, "license": "nothing"}, loader=tmp_path / "gone.py", companions=[tmp_path / "gone.txt"])
    assert error.code == "invalid_record"
    assert [field.pointer for field in error.fields] == ["/loader", "/companions", "/license"]
    assert "has 3 errors" in error.detail


def test_a_part_that_fails_alone_says_so_itself(tmp_path: Path) -> None:
    assert fails(GOOD, loader=tmp_path / "gone.py").code == "not_found"
    (tmp_path / "m.json").write_text("{")
    assert "m.json" in fails(tmp_path / "m.json").detail


def test_a_document_that_cannot_be_read_is_one_of_several_faults(tmp_path: Path) -> None:
    error = fails(tmp_path / "gone.json", loader=tmp_path / "gone.py")
    assert (error.code, len(error.fields)) == ("invalid_record", 2)


def test_the_file_is_named_where_the_fault_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "m.json").write_text(json.dumps({**GOOD, "license": "nothing"}))
    assert f"'{tmp_path / 'm.json'}'" in fails(tmp_path / "m.json").detail
    assert "The submission has" in fails(tmp_path / "m.json", name="no name").detail
    assert "The submission has" in fails({**GOOD, "license": "nothing"}).detail


def test_the_path_is_that_which_everybody_has(site: Site, tmp_path: Path) -> None:
    record = replace(SKY, data_path=f"{tmp_path}/ro/../ro/sky")
    found = complete(site, Submission(record))
    assert found.record.data_path == f"{tmp_path}/shared/sky"
    assert codes(found) == ["alias"]


def test_what_a_person_says_is_not_replaced(site: Site, tmp_path: Path) -> None:
    record = replace(SKY, data_path=f"{tmp_path}/shared/sky", access_group="m1", portal_link="https://a.org")
    found = complete(site, Submission(record)).record
    assert (found.access_group, found.portal_link) == ("m1", "https://a.org")
    assert complete(site, Submission(SKY)).record.access_group is None


@pytest.mark.parametrize(
    ("access", "expected", "words"),
    [
        (Access("readable"), [], ""),
        (Access("missing", "/x"), ["missing"], "was not found on this machine. Check that it is correct."),
        (Access("unreadable", "/closed", "m1", remedy="join"), ["unreadable"], "you have no access to '/closed'"),
        (Access("unknown"), ["unknown"], "is readable. The file system did not respond"),
    ],
)
def test_who_can_read_the_path(
    access: Access, expected: list[str], words: str, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "check_access", lambda _: access)
    found = complete(site, Submission(replace(SKY, data_path=f"{tmp_path}/shared/sky")))
    assert codes(found) == expected
    assert words in "".join(its.detail for its in found.warnings)


@pytest.mark.parametrize("status", ["readable", "unknown"])
def test_a_path_that_others_may_not_reach(
    status: Any, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "check_access", lambda _: Access(status))
    outside = Submission(replace(SKY, data_path=str(tmp_path)))
    assert codes(complete(site, outside)) == (["outside"] if status == "readable" else ["unknown"])
    assert "outside" not in codes(complete(replace(site, data_roots=()), outside))


def test_scripts_are_looked_at() -> None:
    loader = Script("load.py", "def\n")
    assert [its.code for its in script_warnings({"loader": loader})] == ["syntax"]
    assert script_warnings({"batch_script": loader}) == script_warnings(
        {"batch_script": loader, "loader": Script("a.R", "")}
    )
    in_notebook = Script("load.py", "import argparse\nargparse.ArgumentParser().add_argument('path')\n")
    alone = complete(NERSC, Submission(SKY, in_notebook)).warnings
    assert complete(NERSC, Submission(replace(SKY, is_distributed=True), in_notebook)).warnings != alone or not alone


def test_an_entry_of_now() -> None:
    entry = to_entry(NERSC, Submission(SKY, Script("load.py", "x")), private=False)
    record = entry.record
    assert (record.repo_id, record.private) == ("NERSC/sky", None)
    assert record.published_at == record.updated_at
    assert str(record.published_at).endswith("Z")
    assert len(str(record.published_at)) == len("2026-01-31T00:00:00Z")
    assert record.published_by
    assert len(str(record.publish_id)) == 32
    assert record.publish_id != to_entry(NERSC, Submission(SKY), private=False).record.publish_id
    assert entry.loader == Script("load.py", "x")


def test_an_entry_that_was_published_before() -> None:
    old = replace(SKY, repo_id="NERSC/other", published_at="2020-01-01T00:00:00Z", published_by="ann")
    record = to_entry(NERSC, Submission(old), private=True, publish_id="7").record
    assert (record.repo_id, record.private, record.publish_id) == ("NERSC/other", True, "7")
    assert (record.published_at, record.published_by) == ("2020-01-01T00:00:00Z", "ann")
    assert record.updated_at != record.published_at
    with pytest.raises(CatalogError) as refused:
        to_entry(NERSC, Submission(replace(SKY, repo_id="other/sky")), private=False)
    assert refused.value.code == "forbidden"
