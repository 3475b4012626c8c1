"""Sharing through the example channel, as jobs do it: a real catalog and practice Hub."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.jobs import JobSpec
from huggingnersc_lab.sites import Site
from huggingnersc_lab.workspace.tasks.share import TASK, ShareRequest
from huggingnersc_lab.workspace.workspace import Workspace
from tests.channel_example import installed
from tests.practice_hub import FaultyHub


@pytest.fixture
def web(tmp_path: Path) -> Path:
    folder = tmp_path / "www"
    folder.mkdir()
    return folder


@pytest.fixture(autouse=True)
def _site_with_mirror(tmp_path: Path, web: Path, choice: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The practice site, with the example channel turned on."""
    file = tmp_path / "site.toml"
    file.write_text(
        'name = "sandbox"\ntitle = "the practice site"\norganization = "NERSC"\nhub_url = "practice"\n'
        f'[channels.mirror]\nfolder = "{web}"\nurl = "https://data.example.org/"\n'
    )
    object.__setattr__(choice, "site", str(file))
    with installed(tmp_path / "lib"):
        yield


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "iris.csv").write_text("a,b\n1,2\n")
    return folder


@pytest.fixture
def entry(carry: Any, data: Path) -> dict[str, Any]:
    values = {"name": "iris", "pretty_name": "Iris", "size_categories": ["n<1K"], "license": "mit"}
    outcome = carry("publish", values=values | {"data_path": str(data)})
    assert outcome.state == "succeeded", outcome.error
    return values


@pytest.fixture
def chosen(workspace: Workspace, choice: Any) -> Workspace:
    return replace(workspace, catalog=choice.catalog())


def test_a_dataset_is_shared_and_its_entry_says_so(
    carry: Any, entry: dict[str, Any], catalog: Catalog, web: Path
) -> None:
    outcome = carry("share", channel="mirror", action="copy")
    assert outcome.state == "succeeded", outcome.error
    assert (web / "iris" / "iris.csv").read_text() == "a,b\n1,2\n"
    assert outcome.result["url"] == "https://data.example.org/iris/"
    (way,) = catalog.store.read("iris").record.distributions
    assert (way.channel, way.url) == ("mirror", "https://data.example.org/iris/")
    assert "https://data.example.org/iris/" in catalog.repository("iris").card
    assert [step.name for step in carry.read().steps] == ["copy", "copy", "record", "record"]
    outcome = carry("share", channel="mirror", action="withdraw")
    assert outcome.state == "succeeded", outcome.error
    assert catalog.store.read("iris").record.distributions == ()
    assert list(web.iterdir()) == []


def test_what_was_shared_is_written_down_later_when_the_hub_is_away(
    carry: Any, entry: dict[str, Any], catalog: Catalog, practice_hub: FaultyHub, web: Path
) -> None:
    practice_hub.faults.add("server_error", path="*/commit/*", method="POST", count=None)
    outcome = carry("share", channel="mirror", action="copy")
    practice_hub.faults.clear()
    assert (outcome.state, outcome.error["code"]) == ("failed", "upstream")
    assert outcome.error["detail"].startswith("It was shared, but the entry does not say so yet:")
    assert {"key": "record_share", "name": "mirror record iris"} in outcome.error["hints"]
    assert (web / "iris").is_dir()
    assert catalog.store.read("iris").record.distributions == ()
    outcome = carry("share", channel="mirror", action="record")
    assert outcome.state == "succeeded", outcome.error
    assert [way.channel for way in catalog.store.read("iris").record.distributions] == ["mirror"]


def test_nothing_is_shared_that_nobody_agreed_to(chosen: Workspace, entry: dict[str, Any]) -> None:
    wish = ShareRequest(name="iris", channel="mirror", action="copy")
    with pytest.raises(CatalogError, match="Make the data of 'iris' public") as caught:
        TASK.prepare(chosen, wish)
    assert caught.value.fields[0].pointer == "/confirmed"
    assert TASK.prepare(chosen, replace(wish, confirmed=1)).arguments["action"] == "copy"


@pytest.mark.parametrize(
    ("wish", "code", "pointers"),
    [
        ({"channel": "pigeon"}, "invalid_record", ["/channel"]),
        ({"action": "fly"}, "invalid_record", ["/action"]),
        ({"options": {"replace": "yes", "speed": 9}}, "invalid_record", ["/options/speed", "/options/replace"]),
        ({"name": "nobody"}, "not_found", []),
        ({"name": "../iris"}, "not_found", []),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused_at_once(
    wish: dict[str, Any], code: str, pointers: list[str], chosen: Workspace, entry: dict[str, Any]
) -> None:
    given = {"name": "iris", "channel": "mirror", "action": "copy", "confirmed": 1, **wish}
    with pytest.raises(CatalogError) as caught:
        TASK.prepare(chosen, ShareRequest(**given))
    assert (caught.value.code, [field.pointer for field in caught.value.fields]) == (code, pointers)


def test_what_is_missing_is_named_at_its_field(chosen: Workspace, carry: Any) -> None:
    values = {"pretty_name": "Sky", "size_categories": ["n<1K"], "license": "mit"}
    link = [{"channel": "link", "url": "https://example.org/sky.zip"}]
    assert carry("publish", "sky", values={"name": "sky", **values, "distributions": link}).state == "succeeded"
    with pytest.raises(CatalogError) as caught:
        TASK.prepare(chosen, ShareRequest(name="sky", channel="mirror", action="copy", confirmed=1))
    assert [(field.pointer, field.code) for field in caught.value.fields] == [("/data_path", "required")]


def test_only_one_job_works_on_a_channel_of_a_dataset(
    chosen: Workspace, entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    wish = ShareRequest(name="iris", channel="mirror", action="copy", confirmed=1)
    spec = TASK.prepare(chosen, wish)
    monkeypatch.setattr(chosen.jobs._executors["local"], "submit", lambda *_: None)
    chosen.jobs.start(JobSpec(spec.kind, spec.dataset, spec.arguments))
    with pytest.raises(CatalogError, match="already") as caught:
        TASK.prepare(chosen, wish)
    assert caught.value.code == "conflict"


def test_what_people_wrote_on_the_card_stays(carry: Any, entry: dict[str, Any], catalog: Catalog) -> None:
    from huggingface_hub import HfApi

    card = catalog.repository("iris").card
    edited = card + "\nA sentence of theirs.\n"
    HfApi(catalog.hub.url).upload_file(
        path_or_fileobj=edited.encode(), path_in_repo="README.md", repo_id="NERSC/iris", repo_type="dataset"
    )
    assert carry("share", channel="mirror", action="copy").state == "succeeded"
    after = catalog.repository("iris").card
    assert "A sentence of theirs." in after
    assert "https://data.example.org/iris/" in after


def test_actions_that_read_the_data_are_heavy(chosen: Workspace, entry: dict[str, Any], carry: Any) -> None:
    wish = ShareRequest(name="iris", channel="mirror", action="copy", confirmed=2)
    assert TASK.is_heavy(TASK.read_arguments(TASK.prepare(chosen, wish)))
    assert carry("share", channel="mirror", action="copy").state == "succeeded"
    light = TASK.prepare(chosen, replace(wish, action="withdraw"))
    assert not TASK.is_heavy(TASK.read_arguments(light))


def test_a_heavy_action_does_not_run_on_a_login_node(
    chosen: Workspace, entry: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "is_at_login_node", True)
    commands = tmp_path / "bin"
    commands.mkdir()
    monkeypatch.setenv("PATH", str(commands))
    request = {"name": "iris", "channel": "mirror", "action": "copy", "confirmed": 1}
    with pytest.raises(CatalogError) as refused:
        TASK.start(chosen, request)
    assert refused.value.code == "heavy_on_login_node"
    assert chosen.jobs.list() == []
    (commands / "sbatch").write_text("#!/bin/sh\necho 4711\n")
    (commands / "sbatch").chmod(0o755)
    job = TASK.start(chosen, request)
    assert (job.executor, job.scheduler_id) == ("slurm", "4711")
