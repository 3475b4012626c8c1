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

MORE_IN_TESTS = 5
"""So many files more may be in a folder of tests: what the tests of all its modules share."""

TESTED_BY: Mapping[str, tuple[str, str]] = {
    "catalog/catalog.py": (
        "tests/test_doctests.py",
        "the facade: its methods are one call each, shown by the examples in their docstrings",
    ),
    "cli/__init__.py": ("tests/cli/test_commands.py", "the beginning of a process, which its commands start"),
    "cli/browse.py": ("tests/cli/test_commands.py", "commands, run as people run them"),
    "cli/publication.py": ("tests/cli/test_publish.py", "what other commands print, compared as a whole"),
    "jobs/executors/base.py": (
        "tests/jobs/executors/test_local.py",
        "a protocol and attributes; what fits it is tested",
    ),
    "record/parts.py": ("tests/record/test_codec.py", "attributes alone, read and written by the codec"),
    "rest/resource.py": ("tests/rest/test_rest.py", "needs the server that its handlers run in"),
    "workers/child.py": ("tests/workers/test_calls.py", "runs only as a process of its own, which calls start"),
    "channels/doi/services/figshare_table.py": (
        "tests/channels/doi/services/test_figshare.py",
        "a table of paths and names that the service's tests go through",
    ),
    "inspection/problem.py": ("tests/inspection/test_walk.py", "attributes; the walk goes through all of them"),
    "inspection/tally.py": ("tests/inspection/test_walk.py", "what a walk counts, compared as a whole"),
    "workspace/contributor.py": (
        "tests/rest/drafts/test_drafts.py",
        "the verbs of the requests about drafts, one call each",
    ),
    "workspace/draft_checks.py": (
        "tests/rest/drafts/test_drafts.py",
        "needs a draft, a catalog and files, which requests about drafts have",
    ),
    "workspace/workspace.py": (
        "tests/workspace/tasks/test_tasks.py",
        "puts the parts together; jobs go through all of them",
    ),
}
"""By module without a mirror, the test that goes through it, and why there is none of its own."""

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


MANY = ("tests/examples/invalid/",)
"""Folders of data, which have as many files as there are cases."""


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
        other = TESTED_BY[module][0] if module in TESTED_BY else None
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


def check_sizes(sources: Mapping[str, str], files: Iterable[str]) -> list[str]:
    """Files of too many lines, and folders with too many files."""
    counts = Counter(str(PurePosixPath(path).parent) for path in files)
    lines = {path: len(source.splitlines()) for path, source in sources.items()}
    return [
        *(f"{path}: {count} lines, more than {MAX_LINES}" for path, count in lines.items() if count > MAX_LINES),
        *(
            f"{folder}/: {count} files, more than {MAX_FILES}"
            for folder, count in counts.items()
            if count > MAX_FILES + (MORE_IN_TESTS if folder.startswith("tests") else 0)
        ),
    ]


def main() -> int:
    """Tell all faults; the exit code says whether there are some."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    files = [path for path in listed if (ROOT / path).is_file()]
    sources = {path: (ROOT / path).read_text("utf-8") for path in files if path.endswith(".py")}
    sized = [path for path in files if path.startswith((f"{PACKAGE}/", "tests/")) and not _is_in(path, MANY)]
    faults = check_mirrors(sources) + check_sizes(sources, sized)
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults:
        print(f"{len(faults)} faults. What is otherwise is named in {Path(__file__).name}.", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
