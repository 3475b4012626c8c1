"""Fixtures for everything that publishes: a practice Hub over real HTTP, a catalog on disk, the iris example."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from huggingnersc_lab.catalog import Catalog
from huggingnersc_lab.catalog.publish.submission import Submission
from huggingnersc_lab.hub import Hub
from huggingnersc_lab.hub.policy import Policy
from huggingnersc_lab.jobs.executors import local, slurm
from huggingnersc_lab.sites import Site, load_site
from huggingnersc_lab.workspace import tasks
from huggingnersc_lab.workspace.tasks import Task
from tests.practice_hub import FaultyHub

from .between import Between

# huggingface_hub reads these when it is imported, which nothing above does.
for _name in ("HF_HUB_DISABLE_TELEMETRY", "HF_HUB_DISABLE_XET", "HF_HUB_DISABLE_PROGRESS_BARS"):
    os.environ[_name] = "1"

# Whatever runs in the background of a shell ignores Ctrl-C, and so would the programs that the tests start and stop.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The same examples in every run, and none that a busy machine makes too slow.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=200)
settings.load_profile("steady")

EXAMPLE = Path(__file__).parents[1] / "huggingnersc_lab" / "examples" / "iris"
QUICK = Policy(timeout=5, tries=3, base=0.01, longest=0.02)

PATIENCE = 300
"""Seconds after which something will never happen; no test depends on how long it takes."""

KINDS = Path(__file__).parent / "examples" / "kinds"
JOB_PROGRAM = Path(__file__).parent / "examples" / "job_program.py"

MakeCatalog = Callable[..., Catalog]


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees, or changes, the settings, tokens and caches of the person who runs it."""
    for name in list(os.environ):
        if name.startswith(("HUGGINGNERSC_", "HF_TOKEN", "HF_ENDPOINT")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))
    monkeypatch.setenv("HUGGINGNERSC_PRACTICE_DIR", str(tmp_path / "practice"))
    for name in ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture
def practice_hub(tmp_path: Path) -> Iterator[FaultyHub]:
    with FaultyHub(tmp_path / "practice" / "hub") as hub:
        yield hub


@pytest.fixture(scope="session")
def stand_before() -> Callable[[str], Between]:
    """Starts a server before the Hub of an address; see :class:`Between`."""
    return Between


@pytest.fixture
def between(practice_hub: FaultyHub) -> Iterator[Between]:
    """A server before the practice Hub that misbehaves as it is told."""
    with Between(practice_hub.url) as server:
        yield server


@pytest.fixture
def catalog_root(tmp_path: Path) -> Path:
    root = tmp_path / "catalog"
    root.mkdir()
    return root


@pytest.fixture
def site(practice_hub: FaultyHub, catalog_root: Path) -> Site:
    return load_site("sandbox", catalog_root=str(catalog_root), hub_url=practice_hub.url, environ={})


@pytest.fixture
def make_catalog(practice_hub: FaultyHub, site: Site) -> MakeCatalog:
    """A catalog as one role sees it; None is somebody without a token."""

    def make(role: str | None = "admin", policy: Policy = QUICK, site: Site = site) -> Catalog:
        token = practice_hub.tokens[role] if role else None
        return Catalog(site, hub=lambda: Hub(practice_hub.url, token, "NERSC", policy))

    return make


@pytest.fixture
def catalog(make_catalog: MakeCatalog) -> Catalog:
    return make_catalog()


@pytest.fixture
def iris(catalog: Catalog) -> Submission:
    return read_iris(catalog)


@pytest.fixture
def wait_for() -> Callable[[Callable[[], object]], None]:
    """Wait for a state; the limit only ends a test that would never end."""

    def wait(condition: Callable[[], object]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "what was waited for did not happen"
            time.sleep(0.02)

    return wait


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Task[Any, Any]]:
    """The kind in ``examples/kinds/toy.py``, found as those of the package are; processes of jobs know it, too."""
    kinds = tasks.kinds()
    monkeypatch.setattr(tasks, "__path__", [*tasks.__path__, str(KINDS)])
    for module in (local, slurm):
        monkeypatch.setattr(module, "JOB_COMMAND", (sys.executable, str(JOB_PROGRAM)))
    found = {task.name: task for task in tasks.find_tasks() if task.name in ("toy", "sum")}
    for task in found.values():
        kinds.register(task)
    yield found["toy"]
    for name in found:
        kinds.unregister(name)


def read_iris(catalog: Catalog, name: str = "iris") -> Submission:
    return catalog.read(
        EXAMPLE / "metadata.json",
        loader=EXAMPLE / "load_iris.py",
        name=name,
        pretty_name="Iris",
        data_path=str(EXAMPLE),
    )


def leftovers(root: Path) -> list[str]:
    """Everything in a catalog's root, hidden names too."""
    return sorted(path.name for path in root.iterdir())
