"""Make ``vocabulary.json`` and ``languages.json``, the words that a dataset card may use.

    python scripts/make_vocabulary.py            # write both files
    python scripts/make_vocabulary.py --check    # only say whether they are up to date (exit 1: no)

The lists come from the packages in :data:`PACKAGES`, fetched with ``npm`` and ``pip`` and read with
``node``; what no package lists stands in ``vocabulary_additions.toml``. The same packages give the
same files byte for byte, one term a line, so that a diff shows what changed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from package_files import (
    PackageError,
    fetch_npm,
    fetch_pypi,
    read_export,
    read_json,
    read_union,
)

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).resolve().parent
RECORD = HERE.parent / "huggingnersc_lab" / "record"
ADDITIONS = HERE / "vocabulary_additions.toml"

PACKAGES = {
    "@huggingface/hub": ("npm", "2.17.5"),
    "@huggingface/tasks": ("npm", "0.21.54"),
    "@huggingface/languages": ("npm", "1.0.0"),
    "spdx-license-list": ("npm", "6.12.0"),
    "datasets": ("PyPI", "5.2.0"),
}
EXPECTED = {
    "annotations_creators": 6,
    "language_creators": 5,
    "languages": 8232,
    "libraries": 16,
    "licenses": 83,
    "modalities": 8,
    "multilinguality": 4,
    "size_categories": 12,
    "task_categories": 53,
    "task_ids": 74,
}
"""How long each list was when a person last looked: none may change unseen with a new version."""
HAND_WRITTEN = ("modalities", "domains", "formats")
UNITS = {"": 1, "K": 10**3, "M": 10**6, "B": 10**9, "T": 10**12}

Term = dict[str, Any]


def make(packages: Mapping[str, Path], additions: Mapping[str, Any]) -> dict[str, str]:
    """The text of each output file, from the folders of the packages and our own additions."""
    resources = packages["datasets"] / "datasets" / "utils" / "resources"
    tasks = packages["@huggingface/tasks"] / "dist" / "commonjs"
    iso = packages["@huggingface/languages"] / "dist" / "index.js"
    hub_types = packages["@huggingface/hub"] / "dist" / "src" / "types" / "public.d.ts"
    spdx = read_json(packages["spdx-license-list"] / "spdx.json")
    pipelines = read_export(tasks / "pipelines.js", "PIPELINE_DATA")
    libraries = read_export(tasks / "dataset-libraries.js", "DATASET_LIBRARIES_UI_ELEMENTS")
    creators = read_json(resources / "creators.json")
    multilinguality = read_json(resources / "multilingualities.json")
    lists = {
        "licenses": licenses(read_union(hub_types, "License"), spdx, additions["licenses"]),
        "task_categories": task_categories(pipelines, additions["task_categories"]),
        "task_ids": task_ids(pipelines),
        "size_categories": size_categories(read_json(resources / "size_categories.json")),
        "annotations_creators": [term(one, capitalize(one)) for one in creators["annotations"]],
        "language_creators": [term(one, capitalize(one)) for one in creators["language"]],
        "multilinguality": [term(one, f"{capitalize(one)}: {text}") for one, text in multilinguality.items()],
        "libraries": [term(one, libraries[one]["prettyLabel"]) for one in sorted(libraries)],
        **{name: hand_written(additions[name]) for name in HAND_WRITTEN},
    }
    all_languages = languages(
        read_export(iso, "LANGUAGES_ISO_639_1"),
        read_export(iso, "LANGUAGES_ISO_639_3"),
        read_json(resources / "languages.json"),
        additions["languages"],
    )
    check({**lists, "languages": all_languages})
    return {
        "vocabulary.json": render({"version": 1, "sources": sources(), **lists}),
        "languages.json": render({"version": 1, "languages": all_languages}),
    }


def sources() -> dict[str, str]:
    """Where each list comes from: registry, package, version, file."""
    at = {name: f"{registry} {name} {version}" for name, (registry, version) in PACKAGES.items()}
    ours = f"scripts/{ADDITIONS.name}"
    tasks = f"{at['@huggingface/tasks']} dist/commonjs"
    resources = f"{at['datasets']} utils/resources"
    return {
        "annotations_creators": f"{resources}/creators.json",
        "language_creators": f"{resources}/creators.json",
        "languages": f"{at['@huggingface/languages']}; {resources}/languages.json; {ours}",
        "libraries": f"{tasks}/dataset-libraries.js",
        "licenses": f"{at['@huggingface/hub']} dist/src/types/public.d.ts; {at['spdx-license-list']} spdx.json; {ours}",
        "multilinguality": f"{resources}/multilingualities.json",
        "size_categories": f"{resources}/size_categories.json",
        "task_categories": f"{tasks}/pipelines.js; {ours}",
        "task_ids": f"{tasks}/pipelines.js",
        **dict.fromkeys(HAND_WRITTEN, ours),
    }


def licenses(known: Iterable[str], spdx: Mapping[str, Any], additions: Mapping[str, Any]) -> list[Term]:
    """Every licence of the Hub; the label is ours where we have one, else that of SPDX."""
    spdx_ids = {identifier.lower(): identifier for identifier in spdx}
    terms = []
    for identifier in dict.fromkeys([*known, *additions]):
        ours = additions.get(identifier, {})
        standard = ours.get("spdx", spdx_ids.get(identifier))
        if standard is not None and standard not in spdx:
            raise PackageError(f"licence '{identifier}': SPDX has no '{standard}'")
        label = ours.get("label") or (standard and spdx[standard]["name"].removesuffix(" only"))
        if not label:
            raise PackageError(f"licence '{identifier}' has no label: add it to {ADDITIONS.name}")
        if f"{standard}-only" in spdx:
            # The Hub's gpl-3.0 does not say whether it is GPL-3.0-only or GPL-3.0-or-later.
            standard = None
        terms.append(term(identifier, label, spdx=standard, aliases=ours.get("aliases")))
    return sorted(terms, key=lambda one: one["id"] in ("unknown", "other"))


def task_categories(pipelines: Mapping[str, Any], additions: Mapping[str, Any]) -> list[Term]:
    """The tasks that the Hub offers for datasets, then those that it takes without offering them."""
    offered = [
        term(name, entry["name"], modality=entry["modality"])
        for name, entry in sorted(pipelines.items())
        if not entry.get("hideInDatasets")
    ]
    return [*offered, *(term(name, ours["label"]) for name, ours in additions.items())]


def task_ids(pipelines: Mapping[str, Any]) -> list[Term]:
    """The subtasks, each with the tasks it belongs to."""
    labels: dict[str, str] = {}
    parents: dict[str, list[str]] = {}
    for name, entry in sorted(pipelines.items()):
        for subtask in entry.get("subtasks", ()):
            labels[subtask["type"]] = subtask["name"]
            parents.setdefault(subtask["type"], []).append(name)
    return [term(name, labels[name], task_categories=parents[name]) for name in sorted(labels)]


def size_categories(names: Iterable[str]) -> list[Term]:
    """The sizes from small to large, the unknown last, with min_rows <= rows < max_rows."""
    terms = []
    for name in names:
        found = re.findall(r"(\d+)([KMBT]?)", name)
        bounds = [int(number) * UNITS[unit] for number, unit in found]
        if not bounds:
            terms.append(term(name, capitalize(name)))
        elif name.startswith("n<"):
            label = f"Fewer than {bounds[0]:,} rows"
            terms.append(term(name, label, min_rows=0, max_rows=bounds[0]))
        elif name.startswith("n>"):
            terms.append(term(name, f"{bounds[0]:,} rows or more", min_rows=bounds[0]))
        else:
            low, high = bounds
            label = f"{low:,} rows or more, but fewer than {high:,}"
            terms.append(term(name, label, min_rows=low, max_rows=high))
    return sorted(terms, key=lambda one: one.get("min_rows", float("inf")))


def languages(
    common: Mapping[str, Any],
    rare: Mapping[str, Any],
    names: Mapping[str, str],
    additions: Mapping[str, Any],
) -> list[Term]:
    """Two-letter codes with their native names, the Hub's special values, then all the others."""
    terms = []
    for code, entry in sorted(common.items()):
        native, label = entry["nativeName"], entry["name"]
        ours = additions.get(code, {}).get("aliases", [])
        aliases = [native, *single_names(native), *single_names(names.get(code, "")), *ours]
        terms.append(term(code, label, common=True, aliases=without(label, aliases)))
    for code, entry in additions.items():
        if code not in common:
            terms.append(term(code, common=True, **entry))
    known = {one["id"] for one in terms}
    others = {code: entry["name"] for code, entry in rare.items()} | dict(names)
    for code, label in sorted(others.items()):
        if code not in known:
            terms.append(term(code, label, aliases=without(label, single_names(label))))
    return terms


def hand_written(entries: Mapping[str, Any]) -> list[Term]:
    """The terms of one table of our additions, sorted."""
    return [term(name, **entries[name]) for name in sorted(entries)]


def check(lists: Mapping[str, list[Term]]) -> None:
    """Refuse doubled or empty words, doubled file extensions, and a list of another length."""
    problems = []
    for name, terms in lists.items():
        if doubled := more_than_once(one["id"] for one in terms):
            problems.append(f"{name}: more than once: {doubled}")
        if not all(one["id"].strip() and one["label"].strip() for one in terms):
            problems.append(f"{name}: a term without identifier or label")
        expected = EXPECTED.get(name, len(terms))
        if len(terms) != expected:
            problems.append(f"{name}: {len(terms)} terms instead of {expected}; check them, then update EXPECTED")
    formats = lists.get("formats", [])
    if doubled := more_than_once(ending for one in formats for ending in one.get("extensions", ())):
        problems.append(f"formats: extension of more than one format: {doubled}")
    if problems:
        raise PackageError("; ".join(problems))


def render(document: Mapping[str, Any]) -> str:
    """JSON with sorted keys and one term a line."""
    members = []
    for key, value in sorted(document.items()):
        if isinstance(value, list):
            terms = [json.dumps(one, ensure_ascii=False, sort_keys=True) for one in value]
            text = "[\n    " + ",\n    ".join(terms) + "\n  ]"
        else:
            text = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2)
            text = text.replace("\n", "\n  ")
        members.append(f'  "{key}": {text}')
    return "{\n" + ",\n".join(members) + "\n}\n"


def term(identifier: str, label: str, **more: Any) -> Term:
    """One term, without the members that say nothing."""
    said = {key: value for key, value in more.items() if value is not None and value != []}
    return {"id": identifier, "label": label, **said}


def capitalize(identifier: str) -> str:
    """A label for people: 'Expert generated'."""
    return identifier.replace("-", " ").capitalize()


def single_names(text: str) -> list[str]:
    """The names in 'Catalan; Valencian' or in 'Malay (macrolanguage)'."""
    names = [re.sub(r"\(.*?\)", "", part).strip() for part in re.split("[;,/]", text)]
    return [name for name in names if name]


def without(label: str, names: Iterable[str]) -> list[str]:
    """The names in their order, each once, leaving out the label."""
    return [name for name in dict.fromkeys(names) if name.casefold() != label.casefold()]


def more_than_once(words: Iterable[str]) -> str:
    """The words that stand more than once, joined; empty when none does."""
    return ", ".join(sorted(word for word, count in Counter(words).items() if count > 1))


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; returns the exit code."""
    parser = argparse.ArgumentParser(description="Make the vocabulary shipped with the package.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if outdated")
    parser.add_argument("--output", type=Path, default=RECORD, help="folder of the two files")
    options = parser.parse_args(arguments)
    fetchers = {"npm": fetch_npm, "PyPI": fetch_pypi}
    try:
        with tempfile.TemporaryDirectory() as folder:
            packages = {
                name: fetchers[registry](name, version, Path(folder)) for name, (registry, version) in PACKAGES.items()
            }
            texts = make(packages, tomllib.loads(ADDITIONS.read_text(encoding="utf-8")))
    except PackageError as error:
        print(f"make_vocabulary: {error}", file=sys.stderr)
        return 1
    return report_outdated(texts, options.output) if options.check else write(texts, options.output)


def report_outdated(texts: Mapping[str, str], folder: Path) -> int:
    """Name each file of the folder that differs from its text; 1 when there is one, else 0."""
    paths = {folder / name: text.encode() for name, text in texts.items()}
    old = [path for path, text in paths.items() if not path.is_file() or path.read_bytes() != text]
    for path in old:
        print(f"make_vocabulary: {path.name} is out of date: run this script", file=sys.stderr)
    return 1 if old else 0


def write(texts: Mapping[str, str], folder: Path) -> int:
    """Write each text to its file in the folder; returns 0."""
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"make_vocabulary: wrote {name}, {len(text.encode()):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
