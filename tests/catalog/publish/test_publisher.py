"""Publishing by hand of the facade: what it makes, who wins a race, what a failure leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.publisher import Publisher, Step
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.sites import Site
from huggingnersc_lab.store.staging import Staging
from tests.practice_hub import FaultyHub

EXAMPLE = Path(__file__).parents[3] / "huggingnersc_lab" / "examples" / "iris"
MakeCatalog = Callable[..., Catalog]


def read(catalog: Catalog, name: str = "iris", **given: Any) -> Submission:
    return catalog.read(
        EXAMPLE / "metadata.json",
        loader=EXAMPLE / "load_iris.py",
        name=name,
        pretty_name="Iris",
        data_path=str(EXAMPLE),
        **given,
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def api(practice_hub: FaultyHub) -> HfApi:
    return HfApi(endpoint=practice_hub.url, token=practice_hub.tokens["admin"])


def test_one_commit_holds_card_loader_and_record(catalog: Catalog, api: HfApi, practice_hub: FaultyHub) -> None:
    steps: list[Step] = []
    done = catalog.publish(read(catalog), on_step=steps.append)
    assert [step.name for step in steps if step.phase == "done"] == [
        "stage",
        "repository",
        "commit",
        "catalog",
        "close",
    ]
    info = api.dataset_info("NERSC/iris")
    assert {file.rfilename for file in info.siblings or ()} == {
        ".gitattributes",
        "README.md",
        "load_iris.py",
        "record.json",
    }
    assert info.sha == done.commit.oid == done.record.revision
    assert "license:cc0-1.0" in (info.tags or ())
    assert sum("/commit/" in entry.path for entry in practice_hub.requests) == 1
    assert names(done.folder) == [
        ".generated-card.md",
        "README.md",
        "iris_loader.ipynb",
        "load_iris.py",
        "record.json",
    ]


def test_a_preview_shows_what_is_published(catalog: Catalog, practice_hub: FaultyHub) -> None:
    submission = read(catalog)
    practice_hub.clear_requests()
    shown = catalog.preview(submission)
    assert not practice_hub.requests
    assert not names(catalog.store.root)
    done = catalog.publish(submission)
    for name, content in shown.files.items():
        if name not in ("record.json", "iris_loader.ipynb"):  # they hold the publish id and the time
            assert (done.folder / name).read_bytes() == content
    assert set(shown.files) == set(names(done.folder))


def test_nothing_is_sent_before_everything_is_checked(catalog: Catalog, practice_hub: FaultyHub) -> None:
    practice_hub.clear_requests()
    with pytest.raises(CatalogError) as err:
        catalog.read({"pretty_name": "Iris", "license": "apache2"}, name="a b", loader=EXAMPLE / "none.py")
    assert {field.pointer for field in err.value.fields} >= {"/name", "/license", "/size_categories", "/loader"}
    assert not practice_hub.requests


@pytest.mark.parametrize("role", ["read", "read_scope", "outsider", None])
def test_who_may_not_write_is_told_what_to_do(
    role: str | None, make_catalog: MakeCatalog, api: HfApi, catalog_root: Path, practice_hub: FaultyHub
) -> None:
    catalog = make_catalog(role)
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog))
    assert err.value.code == "forbidden"
    advice = {"read": "--create-pr", "outsider": "--create-pr", "read_scope": "'write' role", None: "HF_TOKEN"}[role]
    assert advice in str(err.value)
    assert not names(catalog_root)
    assert not list(api.list_datasets(author="NERSC"))
    assert not any(token in err.value.detail for token in practice_hub.tokens.values())


@pytest.mark.parametrize("role", ["write", "contributor"])
def test_who_may_write_publishes_and_changes_their_own(role: str, make_catalog: MakeCatalog) -> None:
    catalog = make_catalog(role)
    catalog.publish(read(catalog))
    assert catalog.update("iris", {"license": "mit"}).record.license == "mit"


@pytest.mark.parametrize("role", ["contributor", "read", "outsider"])
def test_who_may_not_change_it_proposes_a_change(
    role: str, catalog: Catalog, make_catalog: MakeCatalog, api: HfApi
) -> None:
    catalog.publish(read(catalog))
    head = api.dataset_info("NERSC/iris").sha
    with pytest.raises(CatalogError) as err:
        make_catalog(role).update("iris", {"license": "mit"})
    assert err.value.code == "forbidden"
    assert names(catalog.store.root) == ["iris"]
    done = make_catalog(role).update("iris", {"license": "mit"}, create_pr=True)
    assert done.commit.pull_request_url
    assert done.record.pull_request_url == done.commit.pull_request_url
    assert api.dataset_info("NERSC/iris").sha == head
    api.merge_pull_request("NERSC/iris", int(done.commit.pull_request or 0), repo_type="dataset")
    assert "license:mit" in (api.dataset_info("NERSC/iris").tags or ())


@pytest.mark.parametrize("content", [None, b"theirs"])
def test_a_repository_of_somebody_else_is_left_alone(
    content: bytes | None, catalog: Catalog, api: HfApi, catalog_root: Path
) -> None:
    api.create_repo("NERSC/iris", repo_type="dataset")
    if content:
        api.upload_file(path_or_fileobj=content, path_in_repo="notes.txt", repo_id="NERSC/iris", repo_type="dataset")
    head = api.dataset_info("NERSC/iris").sha
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog))
    assert err.value.code == "conflict"
    assert "--create-pr" in str(err.value)
    assert api.dataset_info("NERSC/iris").sha == head
    assert not names(catalog_root)


def test_a_name_that_is_cataloged_is_taken(catalog: Catalog, practice_hub: FaultyHub) -> None:
    catalog.publish(read(catalog))
    practice_hub.clear_requests()
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog))
    assert err.value.code == "conflict"
    assert "update iris" in str(err.value)
    assert not practice_hub.requests


@pytest.mark.parametrize(
    ("fault", "options"),
    [
        ("server_error", {"path": "*/commit/*", "method": "POST", "count": None}),
        ("server_error", {"path": "*/preupload/*", "count": None}),
        ("drop_before", {"path": "*/commit/*", "method": "POST", "count": None}),
        ("too_many_requests", {"path": "*/commit/*", "method": "POST", "count": None, "retry_after": 3600}),
    ],
)
@pytest.mark.timeout(200)
def test_a_failure_after_the_repository_was_made_is_undone(
    fault: Any, options: dict[str, Any], catalog: Catalog, practice_hub: FaultyHub, api: HfApi, catalog_root: Path
) -> None:
    practice_hub.faults.add(fault, **options)
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog))
    assert err.value.code == "upstream"
    assert err.value.detail.endswith("Nothing was left behind.")
    assert not names(catalog_root)
    assert not list(api.list_datasets(author="NERSC"))


@pytest.mark.parametrize("path", ["*/repos/create", "*/commit/*"])
@pytest.mark.parametrize("fault", ["drop_after", "server_error", "too_many_requests", "drop_before"])
def test_what_passes_is_waited_for_and_done_once(
    fault: Any, path: str, catalog: Catalog, practice_hub: FaultyHub, api: HfApi
) -> None:
    practice_hub.faults.add(fault, path=path, method="POST", **({"retry_after": 0} if "many" in fault else {}))
    done = catalog.publish(read(catalog))
    commits = api.list_repo_commits("NERSC/iris", repo_type="dataset")
    assert len(commits) == 2
    assert commits[0].commit_id == done.record.revision


@pytest.mark.parametrize("is_gone", [False, True])
@pytest.mark.parametrize("way", ["resume", "undo"])
def test_what_cannot_be_undone_is_kept_and_resumed_or_undone(
    way: str, is_gone: bool, catalog: Catalog, practice_hub: FaultyHub, api: HfApi, catalog_root: Path
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    practice_hub.faults.add("server_error", path="*/repos/delete", count=None)
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog))
    assert f"'huggingnersc {way} iris'" in str(err.value)
    assert names(catalog_root) == [".iris.staging"]
    practice_hub.faults.clear()
    if is_gone:  # a Hub that says 500 may have done all the same what it was asked for
        api.delete_repo("NERSC/iris", repo_type="dataset")
    getattr(catalog, way)("iris")
    assert names(catalog_root) == (["iris"] if way == "resume" else [])
    assert [info.id for info in api.list_datasets(author="NERSC")] == (["NERSC/iris"] if way == "resume" else [])
    if way == "resume":
        assert len(api.list_repo_commits("NERSC/iris", repo_type="dataset")) == 2


def test_what_was_taken_back_in_part_is_not_resumed(
    catalog: Catalog, practice_hub: FaultyHub, api: HfApi, catalog_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog.publish(read(catalog))
    before = (catalog_root / "iris" / "record.json").read_bytes()

    def full(*_: object) -> None:
        raise CatalogError("storage", "The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Staging, "swap_in", full)
        patch.setattr(Staging, "swap_out", full)
        with pytest.raises(CatalogError) as err:
            catalog.update("iris", {"license": "mit"})
    assert "resume" not in str(err.value)
    assert "'huggingnersc undo iris' to remove it" in str(err.value)
    with pytest.raises(CatalogError) as resumed:
        catalog.resume("iris")
    assert resumed.value.code == "conflict"
    assert "Run 'huggingnersc undo iris' to finish undoing it" in str(resumed.value)
    catalog.undo("iris")
    assert names(catalog_root) == ["iris"]
    assert (catalog_root / "iris" / "record.json").read_bytes() == before
    titles = [commit.title for commit in api.list_repo_commits("NERSC/iris", repo_type="dataset")]
    assert titles[:2] == ["Undo: Update iris", "Update iris"]


def test_a_failure_may_be_kept_for_a_person_to_decide(
    catalog: Catalog, practice_hub: FaultyHub, catalog_root: Path, make_catalog: MakeCatalog
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError) as err:
        catalog.publish(read(catalog), keep_on_failure=True)
    assert "The prepared files were kept" in err.value.detail
    practice_hub.faults.clear()
    assert make_catalog().resume("iris").record.revision
    assert names(catalog_root) == ["iris"]


def test_what_was_refused_is_not_kept(
    catalog: Catalog, api: HfApi, catalog_root: Path, make_catalog: MakeCatalog
) -> None:
    api.create_repo("NERSC/iris", repo_type="dataset")
    api.upload_file(path_or_fileobj=b"x", path_in_repo="theirs.txt", repo_id="NERSC/iris", repo_type="dataset")
    for role, code in (("admin", "conflict"), ("read", "forbidden")):
        with pytest.raises(CatalogError) as err:
            make_catalog(role).publish(read(catalog), keep_on_failure=True)
        assert err.value.code == code
        assert "Nothing was left behind." in err.value.detail
        assert not names(catalog_root)


def test_no_token_is_written_anywhere(catalog: Catalog, practice_hub: FaultyHub, catalog_root: Path) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError):
        catalog.publish(read(catalog), keep_on_failure=True)
    written = [path for path in catalog_root.rglob("*") if path.is_file()]
    assert len(written) > 5
    for path in written:
        assert b"hf_" not in path.read_bytes(), path


def test_a_torn_line_of_the_journal_is_passed_over(
    catalog: Catalog, practice_hub: FaultyHub, catalog_root: Path
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError):
        catalog.publish(read(catalog), keep_on_failure=True)
    practice_hub.faults.clear()
    with (catalog_root / ".iris.staging" / "journal.jsonl").open("ab") as stream:
        stream.write(b'\n{"step": "comm')
    assert catalog.resume("iris").record.revision


def test_another_hub_does_not_resume_it(
    catalog: Catalog, practice_hub: FaultyHub, site: Site, make_catalog: MakeCatalog
) -> None:
    from dataclasses import replace

    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    with pytest.raises(CatalogError):
        catalog.publish(read(catalog), keep_on_failure=True)
    other = make_catalog(site=replace(site, hub_url="https://huggingface.co"))
    with pytest.raises(CatalogError) as err:
        other.resume("iris")
    assert err.value.code == "conflict"
    assert "--hub-url" in str(err.value)


def test_what_changed_after_it_was_planned_is_not_overwritten(catalog: Catalog, iris: Submission) -> None:
    new = catalog.preview(iris)
    catalog.publish(iris)
    with pytest.raises(CatalogError) as err:
        Publisher(catalog.store, catalog.hub).publish(new)
    assert (err.value.code, list(err.value.hints)) == ("conflict", [Hint("edit_instead", "iris")])
    edited = catalog.plan(Change("update", "iris", {"license": "mit"}))
    catalog.update("iris", {"license": "cc-by-4.0"})
    with pytest.raises(CatalogError) as err:
        catalog.carry_out(edited)
    assert (err.value.code, list(err.value.hints)) == ("conflict", [Hint("look_again", "iris")])
    assert "was changed by somebody else" in err.value.detail
    assert catalog.store.read("iris").record.license == "cc-by-4.0"
    assert catalog.unfinished() == []
