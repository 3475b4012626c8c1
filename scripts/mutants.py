"""Measure how many small faults the tests notice: mutants of each module, each against the module's own test alone.

``mutants.py [MODULE …] [--sample 25] [--workers 2] [--seconds 600] [--results FILE]``; modules and folders are named by
their paths in the package, ``store/tree.py``, ``jobs/``. The mutants are cosmic-ray's, the sample is the same each
time. What changes annotations or nothing alone is left out. Run by ``make mutants``.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

from check_tests import PACKAGE, ROOT, TESTED_BY, mirror
from preloaded import Preloaded

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
    return TESTED_BY[module][0] if module in TESTED_BY else mirror(module)


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
    """What a module does, without words, annotations and what guards its own code; None for what is no Python."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.arg):
            node.annotation = None
        elif isinstance(node, ast.Call):  # what only guards against mistakes of the code around it
            node.keywords = [its for its in node.keywords if its.arg not in ("strict", "frozen")]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.returns = None
        elif isinstance(node, ast.AnnAssign):
            node.annotation = ast.Constant(None)
    return ast.dump(tree)


def mutants(source: str, chance: random.Random) -> Iterator[str]:
    """Every mutant of a module that means something else, as source, in an order by chance."""
    from cosmic_ray.ast import ast_nodes, get_ast
    from cosmic_ray.mutating import mutate_code
    from cosmic_ray.plugins import get_operator, operator_names

    tree, seen = get_ast(source), {meaning(source), None}
    operators = [get_operator(name) for name in sorted(operator_names())]
    places = [
        (operator, occurrence)
        for operator in operators
        if not operator.arguments()
        for occurrence in range(sum(len(list(operator().mutation_positions(node))) for node in ast_nodes(tree)))
    ]
    chance.shuffle(places)
    for operator, occurrence in places:
        try:
            mutant = mutate_code(source, operator(), occurrence)
        except AttributeError:  # cosmic-ray cannot replace "module.Error" behind "except"
            continue
        means = None if mutant is None else meaning(mutant)
        if mutant is not None and means not in seen:
            seen.add(means)
            yield mutant


def sample(module: str, source: str, size: int) -> list[str]:
    """The mutants that are tried, the same ones each time."""
    return list(islice(mutants(source, random.Random(module)), size))


def copy_project(folder: Path) -> None:
    """Copy what the tests need."""
    leave_out = shutil.ignore_patterns("__pycache__", "labextension", "node_modules", ".*cache")
    for name in (PACKAGE, "tests", "scripts", "benchmarks", "schema", "src"):
        shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
    for name in ("pyproject.toml", "conftest.py", "package.json"):
        shutil.copy(ROOT / name, folder)


def write(path: Path, source: str) -> None:
    """Write a module; what was compiled of it could look as if it were of this one."""
    path.write_text(source, "utf-8")
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()


def try_module(
    module: str, size: int, copies: SimpleQueue[Preloaded], pool: ThreadPoolExecutor, most_seconds: float
) -> Outcome:
    """Try a module's mutants, one in each copy of the project at a time; none is begun after ``most_seconds``."""
    source, test, begin = (ROOT / PACKAGE / module).read_text("utf-8"), test_of(module), time.monotonic()

    def survives(mutant: str, seconds: float) -> bool:
        copy = copies.get()
        path = copy.folder / PACKAGE / module
        try:
            write(path, mutant)
            return copy.passes(test, seconds)
        finally:
            write(path, source)
            copies.put(copy)

    if not survives(source, SLOWEST):
        return Outcome(module, 0, (), time.monotonic() - begin, f"{test} fails as it is, or takes too long")
    patience = 20 + 5 * (time.monotonic() - begin)

    def survives_in_time(mutant: str) -> bool | None:
        return survives(mutant, patience) if time.monotonic() - begin < most_seconds else None

    chosen = sample(module, source, size)
    alive = list(pool.map(survives_in_time, chosen))
    changes = tuple(change(source, mutant) for mutant, is_alive in zip(chosen, alive, strict=True) if is_alive)
    return Outcome(module, len(chosen) - alive.count(None), changes, time.monotonic() - begin)


def change(source: str, mutant: str) -> str:
    """What a mutant changes: the lines that differ."""
    lines = unified_diff(source.splitlines(), mutant.splitlines(), n=0)
    return "\n".join(line for line in lines if not line.startswith(("---", "+++")))


def rows(page: str) -> dict[str, str]:
    """What a page has on mutants: module → its line of the table."""
    lines = page.partition(f"\n{HEADING}\n")[2].partition("\n## ")[0].splitlines()
    return {line.split()[1]: line for line in lines if line.startswith("| ") and ".py " in line}


def with_outcomes(page: str, outcomes: Sequence[Outcome], size: int) -> str:
    """A page with the outcomes in the section on mutants, the last if there is none; all else stays."""
    found = rows(page)
    before, _, section = page.partition(f"\n{HEADING}\n")
    _, heading, after = section.partition("\n## ")
    for outcome in outcomes:
        if outcome.tried:
            noticed = outcome.tried - len(outcome.survivors)
            holds = "holds" if noticed >= AIM * outcome.tried else "**missed**"
            found[outcome.module] = f"| {outcome.module} | {noticed} of {outcome.tried} | ≥ {AIM:.0%}: {holds} |"
    lines = [
        f"{HEADING}\n",
        f"    make mutants\n\nA fixed sample of {size} a module, each against the module's own test alone.",
        f"Modules that are not listed have not been measured; where fewer than {size} were tried, the time was up, or",
        "the module has no more.\n",
        "| module | noticed | aim |",
        "| --- | --- | --- |",
        *(found[module] for module in sorted(found)),
    ]
    return before.rstrip() + "\n\n" + "\n".join(lines) + "\n" + heading + after


def main() -> int:
    """Try the mutants, and tell those that nothing noticed."""
    parser = argparse.ArgumentParser(description="Try mutants of modules.")
    parser.add_argument("modules", nargs="*", default=AREAS)
    parser.add_argument("--sample", type=int, default=25)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seconds", type=float, default=600.0, help="after which a module's last mutant is begun")
    parser.add_argument("--results", type=Path, help="the page whose lines on these modules are written anew")
    options = parser.parse_args()
    outcomes = []
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(options.workers) as pool:
        copies: SimpleQueue[Preloaded] = SimpleQueue()
        for number in range(options.workers):
            copy_project(Path(name, str(number)))
            copies.put(Preloaded(Path(name, str(number))))
        for module in modules_of(options.modules):
            outcome = try_module(module, options.sample, copies, pool, options.seconds)
            outcomes.append(outcome)
            noticed = outcome.tried - len(outcome.survivors)
            print(f"{module}: {outcome.problem or f'{noticed} of {outcome.tried}'} ({outcome.seconds:.0f} s)")
            for survivor in outcome.survivors:
                print("    " + survivor.replace("\n", "\n    "))
            sys.stdout.flush()
        for _ in range(options.workers):
            copies.get().close()
    if options.results:
        page = options.results.read_text("utf-8")
        options.results.write_text(with_outcomes(page, outcomes, options.sample), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
