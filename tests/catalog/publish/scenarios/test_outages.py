"""The Hub fails at any step, stays away while that is taken back, and comes again: each way out that is named works."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import HfApi

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish import recovery as traces
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.sites import load_site
from tests.catalog.publish.worlds import EXAMPLE
from tests.practice_hub import FaultyHub

HURRIED = Policy(timeout=0.25, tries=2, base=0.01, longest=0.02, total=1.0, undo=0.6)
PATIENT = Policy(timeout=10, tries=3, base=0.01, longest=0.02)
MOST_STEPS = 30

KINDS = ("down", "drop", "lose", "hang", "lose_hang", "error")
"""Nothing listens; connections break before, or after, all is done; silence before, or after, that; status 500."""

CARD = b"---\npretty_name: Sky\nlicense: mit\nsize_categories:\n- n<1K\n---\n# Sky\n\nWritten by hand.\n"

_numbers = itertools.count()


@dataclass
class Scene:
    """A catalog of its own at a Hub that all share, behind what misbehaves."""

    hub: FaultyHub
    between: Any
    root: Path
    name: str = field(default_factory=lambda: f"iris{next(_numbers)}")

    @property
    def repo_id(self) -> str:
        return f"NERSC/{self.name}"

    @property
    def api(self) -> HfApi:
        return HfApi(endpoint=self.hub.url, token=self.hub.tokens["admin"])

    def catalog(self, policy: Policy = PATIENT) -> Catalog:
        site = load_site("sandbox", catalog_root=str(self.root), hub_url=self.between.url, environ={})
        token = self.hub.tokens["admin"]
        return Catalog(site, hub=lambda: Hub(self.between.url, token, "NERSC", policy))

    def publish(self, policy: Policy = PATIENT, **options: Any) -> None:
        catalog = self.catalog(policy)
        submission = catalog.read(
            EXAMPLE / "metadata.json", loader=EXAMPLE / "load_iris.py", name=self.name, pretty_name="Iris"
        )
        catalog.publish(submission, **options)

    def upload(self) -> None:
        """A repository that others made."""
        self.api.create_repo(self.repo_id, repo_type="dataset")
        self.api.upload_file(path_or_fileobj=CARD, path_in_repo="README.md", repo_id=self.repo_id, repo_type="dataset")

    def state(self) -> dict[str, Any]:
        """All that counts: the entry, the repository with its files, and the pull requests that are open."""
        folder = self.root / self.name
        record = json.loads((folder / "record.json").read_bytes()) if folder.exists() else {}
        found: dict[str, Any] = {
            "names": sorted(path.name for path in self.root.iterdir()),
            "license": record.get("license"),
            "publish_id": record.get("publish_id"),
        }
        if not self.api.repo_exists(self.repo_id, repo_type="dataset"):
            return found
        hub = Hub(self.hub.url, self.hub.tokens["admin"], "NERSC")
        files = self.api.list_repo_files(self.repo_id, repo_type="dataset")
        discussions = list(self.api.get_repo_discussions(self.repo_id, repo_type="dataset"))
        return {
            **found,
            "private": self.api.dataset_info(self.repo_id).private,
            "files": {path: hub.read_file(self.repo_id, path, "main") for path in files},
            "open": len([it for it in discussions if it.is_pull_request and it.status == "open"]),
        }

    def titles(self) -> list[str]:
        """Of the commits on ``main``, the newest first."""
        return [commit.title for commit in self.api.list_repo_commits(self.repo_id, repo_type="dataset")]


@dataclass(frozen=True)
class Verb:
    """What is done, what has to be there before, and what is there once it is done."""

    prepare: Callable[[Scene], None]
    run: Callable[[Scene, Policy], None]
    is_done: Callable[[Scene, dict[str, Any]], bool]


def _update(**options: Any) -> Callable[[Scene, Policy], None]:
    def run(scene: Scene, policy: Policy) -> None:
        scene.catalog(policy).update(scene.name, {"license": "mit"}, **options)

    return run


VERBS: dict[str, Verb] = {
    "new": Verb(
        lambda scene: None,
        lambda scene, policy: scene.publish(policy),
        lambda scene, state: scene.titles()[:-1] == [f"Catalog {scene.name}"],
    ),
    "update": Verb(
        lambda scene: scene.publish(),
        _update(),
        lambda scene, state: scene.titles()[0] == f"Update {scene.name}" and len(scene.titles()) == 3,
    ),
    "update and hide": Verb(
        lambda scene: scene.publish(),
        _update(private=True),
        lambda scene, state: state["private"] and len(scene.titles()) == 3,
    ),
    "propose": Verb(
        lambda scene: scene.publish(),
        _update(create_pr=True),
        lambda scene, state: state["open"] == 1 and len(scene.titles()) == 2,
    ),
    "adopt": Verb(
        lambda scene: scene.upload(),
        lambda scene, policy: scene.publish(policy, adopting=scene.repo_id, private=None),
        lambda scene, state: scene.titles()[0] == f"Catalog {scene.name}" and len(scene.titles()) == 3,
    ),
}


@pytest.fixture(scope="module")
def world(
    tmp_path_factory: pytest.TempPathFactory, stand_before: Callable[[str], Any]
) -> Iterator[tuple[FaultyHub, Any]]:
    with FaultyHub(tmp_path_factory.mktemp("world") / "hub") as hub, stand_before(hub.url) as between:
        yield hub, between


@pytest.fixture
def scene(world: tuple[FaultyHub, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(traces, "IN_FLIGHT_SECONDS", 0.05)
    root = tmp_path / "catalog"
    root.mkdir()
    yield Scene(*world, root)
    world[1].heal()


def break_at(between: Any, step: int, kind: str) -> None:
    """Let everything fail from a request on; it is the last whose wish is granted where only answers are lost."""
    first = len(between.seen) + step
    later = {"lose": "drop", "lose_hang": "hang"}.get(kind, kind)

    def rule(seen: Any) -> Any:
        if seen.number < first:
            return between.act("pass")
        how = kind if seen.number == first else later
        return between.reply({"error": "out of order"}, 500) if how == "error" else between.act(how)

    between.rule = rule


def ways_of(failure: CatalogError, name: str) -> list[str]:
    """The commands that an error names."""
    return re.findall(rf"'huggingnersc (resume|undo) {name}'", str(failure))


def fail_at(scene: Scene, verb: Verb, step: int, kind: str) -> CatalogError | None:
    """The failure; None where there was none."""
    break_at(scene.between, step, kind)
    try:
        verb.run(scene, replace(HURRIED, tries=1 if "hang" in kind else 2))
    except CatalogError as err:
        return err
    finally:
        scene.between.heal()
    return None


def check_done(scene: Scene, verb: Verb, before: dict[str, Any]) -> None:
    state = scene.state()
    assert state["names"] == [scene.name]
    assert state["publish_id"] not in (None, before["publish_id"])
    assert verb.is_done(scene, state), (state, scene.titles())
    scene.state()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", VERBS)
def test_each_way_out_that_is_named_works(name: str, kind: str, scene: Scene) -> None:
    verb = VERBS[name]
    tried: set[str] = set()
    for step in range(1, MOST_STEPS):
        for way in ("resume", "undo"):
            scene = Scene(scene.hub, scene.between, scene.root / f"{step}-{way}")
            scene.root.mkdir()
            verb.prepare(scene)
            before = scene.state()
            failure = fail_at(scene, verb, step, kind)
            if failure is None:
                check_done(scene, verb, before)
                assert tried >= {"resume", "undo"}
                return
            assert failure.code == "upstream", failure.detail
            named = ways_of(failure, scene.name)
            if not named:
                assert "Nothing was" in failure.detail or not (scene.root / f".{scene.name}.staging").exists()
                assert scene.state() == before, failure.detail
            elif way in named:
                tried.add(way)
                getattr(scene.catalog(), way)(scene.name)
                if way == "resume":
                    check_done(scene, verb, before)
                else:
                    assert scene.state() == before, failure.detail
    raise AssertionError("it never comes to its end")
