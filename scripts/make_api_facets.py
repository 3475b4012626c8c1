"""Carry the facets and the searched fields of ``huggingnersc_lab/index`` into the REST interface and the panel.

Writes the marked parts of ``rest/openapi.yaml``, and ``src/types/facets.ts``. It runs before the other generators,
which read the first. ``--check`` only compares.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from huggingnersc_lab.index.facets import FACETS, Facet
from huggingnersc_lab.index.fields import MAIN_PREFIXES

ROOT = Path(__file__).parents[1]
CONTRACT = ROOT / "huggingnersc_lab" / "rest" / "openapi.yaml"
PANEL = ROOT / "src" / "types" / "facets.ts"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when a file is out of date")
    check = parser.parse_args().check
    facets = FACETS.values()
    made = {
        CONTRACT: with_parts(CONTRACT.read_text(), contract_parts(facets, MAIN_PREFIXES)),
        PANEL: formatted(panel_module(facets, MAIN_PREFIXES)),
    }
    stale = [path for path, text in made.items() if not path.is_file() or path.read_text() != text]
    for path in stale:
        if check:
            print(f"Out of date: {path.relative_to(ROOT)}. Run `make codegen`.")
        else:
            path.write_text(made[path])
    return 1 if check and stale else 0


def with_parts(text: str, parts: Mapping[str, Iterable[str]]) -> str:
    """A text with other lines between ``# begin NAME`` and ``# end NAME``, indented as these are.

    Raises:
        ValueError: the text has no such part, or one without an end.
    """
    lines: list[str] = []
    found: set[str] = set()
    skipped = ""
    for line in text.splitlines():
        indent, _, mark = line.partition("# ")
        if skipped and mark != f"end {skipped}":
            continue
        skipped = ""
        lines.append(line)
        if mark.startswith("begin ") and (name := mark.removeprefix("begin ")) in parts:
            skipped = name
            found.add(name)
            lines += [f"{indent}{part}" for part in parts[name]]
    if skipped or found != parts.keys():
        raise ValueError(f"No such part, or no end of it: {', '.join([skipped, *(parts.keys() - found)])}")
    return "\n".join(lines) + "\n"


def contract_parts(facets: Iterable[Facet], prefixes: Iterable[str]) -> dict[str, list[str]]:
    """The lines of each part of the contract."""
    facets = list(facets)
    references = [f"- {{ $ref: '#/components/parameters/{_parameter(facet)}' }}" for facet in facets]
    return {
        "facet references": references,
        "search parameters": [*_query_parameter(prefixes), *(line for facet in facets for line in _lines(facet))],
        "facet names": [f"enum: [{', '.join(facet.name for facet in facets)}]"],
    }


def _parameter(facet: Facet) -> str:
    return f"Facet{facet.name.capitalize()}"


def _query_parameter(prefixes: Iterable[str]) -> list[str]:
    fields = ", ".join(f"`{prefix}:…`" for prefix in prefixes)
    return [
        "Query:",
        "  name: q",
        "  in: query",
        "  description: >-",
        '    The query: words that must all match, `"phrases"`, `-word` to exclude, `size:>1TB`, and fields:',
        f"    {fields}.",
        "    The last word can be incomplete. Never an error.",
        "  schema: { type: string, default: '' }",
    ]


def _lines(facet: Facet) -> Iterator[str]:
    values = ", ".join(f"`{value}` ({title})" for value, title in facet.values.items())
    about = f"One of {values}." if values else f"One of these {facet.meaning}."
    yield f"{_parameter(facet)}:"
    yield f"  name: {facet.name}"
    yield "  in: query"
    yield f"  description: {json.dumps(about, ensure_ascii=False)}"
    yield "  schema:"
    yield "    type: array"
    yield "    items: { type: string }"


def panel_module(facets: Iterable[Facet], prefixes: Iterable[str]) -> str:
    """The TypeScript module, not yet formatted."""
    facets = list(facets)
    vocabularies = {facet.name: facet.vocabulary for facet in facets if facet.vocabulary}
    titles = "\n".join(f"case {_text(facet.name)}: return trans.__({_text(facet.title)});" for facet in facets)
    values = "\n".join(
        f"case {_text(f'{facet.name}={value}')}: return trans.__({_text(title)});"
        for facet in facets
        for value, title in facet.values.items()
    )
    return f"""
// Made by `make codegen` from huggingnersc_lab/index: change it there.
import type {{ TranslationBundle }} from '@jupyterlab/translation';

import type {{ FacetName }} from './api';

/**
 * What the list can be narrowed by, in the order in which people see it.
 */
export const FACETS: readonly FacetName[] = {json.dumps([facet.name for facet in facets])};

/**
 * The vocabularies that have the titles of a facet's values.
 */
export const FACET_VOCABULARIES: Readonly<Partial<Record<FacetName, string>>> = {json.dumps(vocabularies)};

/**
 * What may stand before a colon in a query.
 */
export const PREFIXES: readonly string[] = {json.dumps(list(prefixes))};

/**
 * A facet's name for people.
 */
export function facetTitle(facet: FacetName, trans: TranslationBundle): string {{
  switch (facet) {{ {titles} }}
}}

/**
 * A value's name for people; null for a value that no facet declares, such as one of a vocabulary.
 */
export function valueTitle(facet: FacetName, value: string, trans: TranslationBundle): string | null {{
  switch (`${{facet}}=${{value}}`) {{ {values} default: return null; }}
}}
"""


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def formatted(text: str) -> str:
    command = [str(ROOT / "node_modules" / ".bin" / "prettier"), "--stdin-filepath", str(PANEL.relative_to(ROOT))]
    return subprocess.run(command, input=text, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT).stdout


if __name__ == "__main__":
    sys.exit(main())
