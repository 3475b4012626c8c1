"""Check that tests mirror the package, and that files and folders stay small.

The test of ``huggingnersc_lab/A/b.py`` is ``tests/A/test_b.py``, that of a package ``A/__init__.py`` that does more
than import is ``tests/A/test_A.py``, and that of ``scripts/b.py`` is ``tests/scripts/test_b.py``. What many modules do
together is tested in a folder ``scenarios``. What differs is named below, with the reason. Run by ``make lint``.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[1]
PACKAGE = "huggingnersc_lab"
MAX_LINES = 350
MAX_FILES = 20

TESTED_BY: Mapping[str, str] = {
    # One behaviour, parted for its size: whoever calls the front one goes through all of them.
    "access/rights.py": "tests/access/test_access.py",
    "access/sweeper.py": "tests/access/test_looks.py",
    "cards/process.py": "tests/cards/test_cards.py",
    "cards/process_main.py": "tests/cards/test_cards.py",
    "catalog/publish/adopt/card.py": "tests/catalog/publish/adopt/test_adopt.py",
    "catalog/publish/new.py": "tests/catalog/publish/test_publisher.py",
    "catalog/publish/places.py": "tests/workspace/scenarios/test_places.py",
    "catalog/publish/planned.py": "tests/catalog/publish/test_plan.py",
    "catalog/publish/planner.py": "tests/catalog/publish/test_plan.py",
    "catalog/publish/recovery.py": "tests/catalog/publish/scenarios/test_crashes.py",
    "catalog/publish/retire.py": "tests/workspace/tasks/test_retire.py",
    "catalog/publish/scripts.py": "tests/cli/scenarios/test_companions.py",
    "catalog/publish/submission.py": "tests/catalog/publish/test_publisher.py",
    "catalog/publish/undo.py": "tests/catalog/publish/scenarios/test_crashes.py",
    "catalog/search/background.py": "tests/catalog/search/test_finder.py",
    "catalog/search/watcher.py": "tests/catalog/search/test_finder.py",
    "channels/doi/actions/check.py": "tests/channels/doi/services/test_osti.py",
    "channels/doi/actions/publish.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/actions/reserve.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/actions/update.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/actions/withdraw.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/dataset.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/reservation.py": "tests/channels/doi/scenarios/test_life.py",
    "channels/doi/services/figshare_table.py": "tests/channels/doi/services/test_figshare.py",
    "channels/request/ask.py": "tests/channels/request/scenarios/test_hosting.py",
    "channels/request/channel.py": "tests/channels/request/scenarios/test_hosting.py",
    "channels/request/check.py": "tests/channels/request/scenarios/test_hosting.py",
    "channels/request/move.py": "tests/channels/request/scenarios/test_hosting.py",
    "checksums/algorithms.py": "tests/checksums/test_tree.py",
    "checksums/pieces.py": "tests/checksums/test_tree.py",
    "checksums/problem.py": "tests/checksums/test_walk.py",
    "checksums/reading/lanes.py": "tests/checksums/test_tree.py",
    "checksums/reading/planner.py": "tests/checksums/test_tree.py",
    "checksums/reading/work.py": "tests/checksums/test_tree.py",
    "channels/drive/archive/output.py": "tests/channels/drive/archive/test_pack.py",
    "channels/drive/archive/writers.py": "tests/channels/drive/archive/test_pack.py",
    "channels/drive/bundle_folder.py": "tests/channels/drive/test_bundle.py",
    "channels/drive/distributions.py": "tests/channels/drive/test_complete.py",
    "hub/commits.py": "tests/hub/test_hub.py",
    "hub/deadline.py": "tests/catalog/scenarios/test_time.py",
    "hub/device.py": "tests/rest/scenarios/test_device.py",
    "hub/discussions.py": "tests/hub/test_hub.py",
    "hub/files.py": "tests/hub/test_streams.py",
    "hub/paging.py": "tests/hub/test_listing.py",
    "hub/requests.py": "tests/hub/test_answers.py",
    "hub/tags.py": "tests/hub/test_answers.py",
    "hub/transport.py": "tests/hub/test_streams.py",
    "jobs/executors/base.py": "tests/jobs/executors/test_local.py",
    "record/parts.py": "tests/record/test_codec.py",
    "render/companions.py": "tests/cli/scenarios/test_companions.py",
    "render/entry_files.py": "tests/render/scenarios/test_golden.py",
    "render/html/allow_list.py": "tests/render/html/test_safe_html.py",
    "render/html/card_markdown.py": "tests/render/html/test_safe_html.py",
    "render/merge/front_matter.py": "tests/render/merge/test_card.py",
    "render/merge/sections.py": "tests/render/merge/test_card.py",
    "render/notebook_cells.py": "tests/render/test_notebook.py",
    "store/staged.py": "tests/store/test_staging.py",
    "workers/batch.py": "tests/access/test_prober.py",
    "workers/child.py": "tests/workers/test_calls.py",
    "workers/pool.py": "tests/workers/test_calls.py",
    "workers/steps.py": "tests/workers/test_calls.py",
    "workers/worker.py": "tests/workers/test_calls.py",
    # Asked as people do: over HTTP, on the command line, in a notebook, or by the examples in the docstrings.
    "account/sign_in.py": "tests/rest/test_session.py",
    "catalog/catalog.py": "tests/test_doctests.py",
    "catalog/changes.py": "tests/catalog/publish/test_publisher.py",
    "catalog/export.py": "tests/cli/scenarios/test_exporting.py",
    "catalog/results.py": "tests/cli/test_show.py",
    "catalog/sources.py": "tests/cli/scenarios/test_without_catalog.py",
    "cli/__init__.py": "tests/cli/test_commands.py",
    "cli/arguments.py": "tests/cli/scenarios/test_bad_input.py",
    "cli/browse.py": "tests/cli/test_commands.py",
    "cli/open.py": "tests/cli/test_show.py",
    "cli/publication.py": "tests/cli/test_publish.py",
    "cli/session.py": "tests/cli/test_change.py",
    "render/cells/__init__.py": "tests/render/test_notebook.py",
    "render/cells/follow.py": "tests/render/test_distributed.py",
    "render/cells/gate.py": "tests/render/test_notebook.py",
    "render/cells/script.py": "tests/render/scenarios/test_script_loaders.py",
    "render/cells/submit.py": "tests/render/test_distributed.py",
    "rest/body.py": "tests/rest/test_rest.py",
    "rest/cards.py": "tests/rest/records/test_records.py",
    "rest/resource.py": "tests/rest/test_rest.py",
    "workspace/checksums.py": "tests/workspace/tasks/test_checksum.py",
    "workspace/contributor.py": "tests/rest/drafts/test_drafts.py",
    "workspace/draft_checks.py": "tests/rest/drafts/test_drafts.py",
    "workspace/locations.py": "tests/rest/test_locations.py",
    "workspace/notebooks.py": "tests/rest/records/test_records.py",
    "workspace/picked_scripts.py": "tests/rest/scenarios/test_companions.py",
    "workspace/reader.py": "tests/rest/test_datasets.py",
    "workspace/site_choice.py": "tests/workspace/tasks/test_publish.py",
    "workspace/workspace.py": "tests/workspace/tasks/test_tasks.py",
}
"""By module without a mirror, the tests that go through it."""

UNTESTED = {
    "_version.py": "written by the build",
    "__main__.py": "one call of the command line",
    "catalog/search/found.py": "attributes alone",
    "channels/doi/service.py": "attributes and a protocol alone",
    "workers/registry.py": "a table",
    "examples/": "what a contributor would hand in",
    "sandbox/": "the practice Hub is asked over HTTP; tests/sandbox has a file for each thing that one asks of it",
}
"""By module, or folder with a slash, why it has no test of its own."""

FREE = {
    "tests/compat/": "what earlier versions have written",
    "tests/sandbox/": "the practice Hub, by what one asks of it",
    "tests/security/": "what one user may do to another",
    "tests/test_doctests.py": "the examples in all docstrings",
    "tests/test_labextension.py": "what the package is installed with",
}
"""By test, or folder with a slash, what it tests in place of a module."""


def _is_in(path: str, names: Iterable[str]) -> str | None:
    return next((name for name in names if path == name or (name.endswith("/") and path.startswith(name))), None)


def mirror(module: str) -> str:
    """The test of a module of the package, both by their paths; the module's without the package.

    >>> mirror("store/tree.py"), mirror("hub/__init__.py")
    ('tests/store/test_tree.py', 'tests/hub/test_hub.py')
    """
    path = PurePosixPath(module)
    name = (path.parent.name or "package") if path.stem == "__init__" else path.stem
    return str(PurePosixPath("tests", path.parent, f"test_{name}.py"))


def does_something(source: str) -> bool:
    """Whether a package's ``__init__`` holds more than words, imports and constants."""
    harmless = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign, ast.AnnAssign)
    return not all(isinstance(node, harmless) for node in ast.parse(source).body)


def check_mirrors(sources: Mapping[str, str]) -> list[str]:
    """Modules without their tests, tests without their module, and exceptions that nothing needs.

    Args:
        sources: path from the root of the project → content, of all Python files.
    """
    modules = {path.removeprefix(f"{PACKAGE}/") for path in sources if path.startswith(f"{PACKAGE}/")}
    tests = {path for path in sources if path.startswith("tests/") and PurePosixPath(path).name.startswith("test_")}
    faults = []
    for module in sorted(modules):
        is_package = module.endswith("__init__.py")
        needless = is_package and not does_something(sources[f"{PACKAGE}/{module}"])
        has = mirror(module) in tests
        other = TESTED_BY.get(module)
        if (has or needless) and other:
            faults.append(f"{module}: is named in TESTED_BY and needs not be")
        elif other and other not in tests:
            faults.append(f"{module}: its tests, {other}, are not there")
        elif not (has or needless or other or _is_in(module, UNTESTED)):
            faults.append(f"{module}: has no {mirror(module)}")
    faults += [f"{module}: is named in TESTED_BY and not there" for module in sorted(TESTED_BY.keys() - modules)]
    wanted = {mirror(module) for module in modules}
    wanted |= {f"tests/scripts/test_{PurePosixPath(path).name}" for path in sources if path.startswith("scripts/")}
    for test in sorted(tests - wanted):
        if "scenarios" not in PurePosixPath(test).parts and not _is_in(test, FREE):
            faults.append(f"{test}: no module has this name; a test of several belongs in a folder 'scenarios'")
    for name in sorted((UNTESTED.keys() - {"_version.py"}) | FREE.keys()):
        if not any(_is_in(path, [name]) for path in modules | tests):
            faults.append(f"{name}: is an exception, and not there")
    return faults


def check_sizes(sources: Mapping[str, str], package_files: Iterable[str]) -> list[str]:
    """Files of too many lines, and folders of the package with too many files."""
    counts = Counter(str(PurePosixPath(path).parent) for path in package_files)
    lines = {path: len(source.splitlines()) for path, source in sources.items()}
    return [
        *(f"{path}: {count} lines, more than {MAX_LINES}" for path, count in lines.items() if count > MAX_LINES),
        *(f"{folder}/: {count} files, more than {MAX_FILES}" for folder, count in counts.items() if count > MAX_FILES),
    ]


def main() -> int:
    """Tell all faults; the exit code says whether there are some."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    files = [path for path in listed if (ROOT / path).is_file()]
    sources = {path: (ROOT / path).read_text("utf-8") for path in files if path.endswith(".py")}
    faults = check_mirrors(sources) + check_sizes(sources, [path for path in files if path.startswith(f"{PACKAGE}/")])
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults. What is otherwise is named in {Path(__file__).name}.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
