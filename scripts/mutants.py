"""Measure how many small faults the tests notice: mutants of each module, each against the module's own test alone.

``mutants.py [MODULE …] [--sample 25] [--workers 2] [--results FILE]``; modules and folders are named by their paths in
the package, ``store/tree.py``, ``jobs/``. The mutants are cosmic-ray's, the sample is the same each time. What changes
annotations or nothing alone is left out. Run by ``make mutants``.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from queue import SimpleQueue

from check_tests import PACKAGE, ROOT, TESTED_BY, mirror

AREAS = ("store/", "catalog/publish/", "render/merge/", "access/", "jobs/", "account/")
AIM = 0.9
HEADING = "## Mutants"
SLOWEST = 120.0
"""A module whose own test takes more seconds is left out, and named."""


@dataclass(frozen=True)
class Outcome:
    """What became of a module's mutants: how many were tried, and the changes that nothing noticed."""

    module: str
    tried: int
    survivors: tuple[str, ...]
    seconds: float
    problem: str = ""


def test_of(module: str) -> str:
    """The test that a module's mutants have to fail."""
    return TESTED_BY.get(module, mirror(module))


def modules_of(names: Sequence[str]) -> list[str]:
    """Modules of the package by their names, those of folders among them; packages that only import are left out."""
    found = []
    for name in names:
        path = ROOT / PACKAGE / name
        paths = [path] if path.is_file() else sorted(path.rglob("*.py"))
        if not paths:
            sys.exit(f"There is no module '{name}'.")
        found += [each.relative_to(ROOT / PACKAGE).as_posix() for each in paths]
    return [module for module in dict.fromkeys(found) if (ROOT / test_of(module)).is_file()]


def meaning(source: str) -> str | None:
    """What a module does, without words and annotations; None for what is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def mutants(source: str) -> Iterator[str]:
    """Every mutant of a module that means something else, as source."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    tree, seen = get_ast(source), {meaning(source), None}
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if operator.arguments():
            continue
        positions = sum(len(list(operator().mutation_positions(node))) for node in ast_nodes(tree))
        for occurrence in range(positions):
            mutant = mutate_code(source, operator(), occurrence)
            means = None if mutant is None else meaning(mutant)
            if mutant is not None and means not in seen:
                seen.add(means)
                yield mutant


def sample(module: str, source: str, size: int) -> list[str]:
    """The mutants that are tried, the same ones each time."""
    found = list(mutants(source))
    return random.Random(module).sample(found, min(size, len(found)))


def copy_project(folder: Path) -> None:
    """Copy what the tests need."""
    leave_out = shutil.ignore_patterns("__pycache__", "labextension", "node_modules", ".*cache")
    for name in (PACKAGE, "tests", "scripts", "benchmarks", "schema", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for name in ("pyproject.toml", "conftest.py", "package.json"):
        shutil.copy(ROOT / name, folder)


def notices(folder: Path, test: str, seconds: float) -> bool:
    """Whether a test fails in a copy of the project, or does not end in time."""
    environ = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", test]
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(seconds) != 0
    except subprocess.TimeoutExpired:
        return True
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()


def try_module(module: str, size: int, folders: SimpleQueue[Path], pool: ThreadPoolExecutor) -> Outcome:
    """Try a module's mutants, one in each copy of the project at a time."""
    source, test, begin = (ROOT / PACKAGE / module).read_text("utf-8"), test_of(module), time.monotonic()

    def survives(mutant: str, seconds: float) -> bool:
        folder = folders.get()
        path = folder / PACKAGE / module
        try:
            path.write_text(mutant, "utf-8")
            return not notices(folder, test, seconds)
        finally:
            path.write_text(source, "utf-8")
            folders.put(folder)

    if not survives(source, SLOWEST):
        return Outcome(module, 0, (), time.monotonic() - begin, f"{test} fails as it is, or takes too long")
    patience = 20 + 5 * (time.monotonic() - begin)
    tried = sample(module, source, size)
    alive = list(pool.map(lambda mutant: survives(mutant, patience), tried))
    changes = tuple(change(source, mutant) for mutant, is_alive in zip(tried, alive, strict=True) if is_alive)
    return Outcome(module, len(tried), changes, time.monotonic() - begin)


def change(source: str, mutant: str) -> str:
    """What a mutant changes: the lines that differ."""
    lines = unified_diff(source.splitlines(), mutant.splitlines(), n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def section(outcomes: Sequence[Outcome], size: int) -> str:
    """The outcomes as a part of ``RESULTS.md``."""
    lines = [
        f"{HEADING}\n",
        f"    make mutants\n\nA fixed sample of {size} a module, each against the module's own test alone.\n",
        "| module | noticed | aim |",
        "| --- | --- | --- |",
    ]
    for outcome in outcomes:
        if outcome.tried:
            noticed = outcome.tried - len(outcome.survivors)
            holds = "holds" if noticed >= AIM * outcome.tried else "**missed**"
            lines.append(f"| {outcome.module} | {noticed} of {outcome.tried} | ≥ {AIM:.0%}: {holds} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Try the mutants, and tell those that nothing noticed."""
    parser = argparse.ArgumentParser(description="Try mutants of modules.")
    parser.add_argument("modules", nargs="*", default=AREAS)
    parser.add_argument("--sample", type=int, default=25)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--results", type=Path, help="the page whose section on mutants is written anew")
    options = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(options.workers) as pool:
        folders: SimpleQueue[Path] = SimpleQueue()
        for number in range(options.workers):
            copy_project(Path(name, str(number)))
            folders.put(Path(name, str(number)))
        for module in modules_of(options.modules):
            outcome = try_module(module, options.sample, folders, pool)
            outcomes.append(outcome)
            noticed = outcome.tried - len(outcome.survivors)
            print(f"{module}: {outcome.problem or f'{noticed} of {outcome.tried}'} ({outcome.seconds:.0f} s)")
            for survivor in outcome.survivors:
                print("    " + survivor.replace("\n", "\n    "))
            sys.stdout.flush()
    if options.results:
        before = options.results.read_text("utf-8").partition(f"\n{HEADING}\n")[0].rstrip()
        options.results.write_text(f"{before}\n\n{section(outcomes, options.sample)}", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
