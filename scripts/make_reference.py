"""Write docs/reference from the schemas, the searched fields, the settings, the REST interface and the command line.

``--check`` only compares, and leaves out the command line: typer's releases draw its help differently.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from rest_page import rest_page

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "huggingnersc_lab"
TARGET = ROOT / "docs" / "reference"
NOTE = "<!-- Made by `make codegen` from the code: change it there. -->\n\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when a page is out of date")
    check = parser.parse_args().check
    stale = []
    pages = {
        "record.md": schema_page("record/record.schema.json", "Record"),
        "site.md": schema_page("sites/site.schema.json", "Site file"),
        "rest.md": "\n".join(["# REST interface", "", NOTE.strip(), "", *rest_page(PACKAGE / "rest" / "openapi.yaml")]),
        "search.md": search_page(),
        "settings.md": settings_page(),
    }
    if not check:
        pages["cli.md"] = cli_page()
    for name, text in pages.items():
        path = TARGET / name
        if check:
            if not path.is_file() or path.read_text() != text:
                stale.append(name)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    if stale:
        print(f"Out of date in docs/reference: {', '.join(stale)}. Run `make codegen`.")
    return 1 if stale else 0


def schema_page(file_name: str, title: str) -> str:
    schema = json.loads((PACKAGE / file_name).read_text())
    lines = [f"# {title}", "", NOTE.strip(), "", schema["description"], ""]
    required = set(schema.get("required", ()))
    lines += ["| field | form | what it is |", "| --- | --- | --- |"]
    for name, member in schema["properties"].items():
        mark = " (required)" if name in required else ""
        lines.append(f"| `{name}`{mark} | {_form(member)} | {_cell(member.get('description', ''))} |")
        for child, inner in (member.get("items", {}).get("properties") or member.get("properties") or {}).items():
            lines.append(f"| `{name}.{child}` | {_form(inner)} | {_cell(inner.get('description', ''))} |")
            lines += _parts(f"{name}.{child}", inner) if name == "channels" else []
        further = member.get("additionalProperties")
        for child, inner in (further.get("properties", {}) if isinstance(further, dict) else {}).items():
            lines.append(f"| `{name}.NAME.{child}` | {_form(inner)} | {_cell(inner.get('description', ''))} |")
    if shorthands := schema.get("x-shorthands"):
        lines += [
            "",
            "## Short forms",
            "",
            "Metadata files, drafts and `--set` take these as well; a record does not hold them.",
            "",
        ]
        lines += ["| field | form | what it is |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {_form(its)} | {_cell(its['description'])} |" for name, its in shorthands.items()]
    return "\n".join(lines) + "\n"


def _parts(name: str, member: dict[str, Any]) -> list[str]:
    """A row for each part of an object, and theirs."""
    rows = []
    for part, inner in member.get("properties", {}).items():
        rows.append(f"| `{name}.{part}` | {_form(inner)} | {_cell(inner.get('description', ''))} |")
        rows += _parts(f"{name}.{part}", inner)
    return rows


def search_page() -> str:
    """The fields that are searched, and the facets."""
    from huggingnersc_lab.index.facets import FACETS
    from huggingnersc_lab.index.fields import TEXT_FIELDS, VALUE_FIELDS

    lines = ["# Search", "", NOTE.strip(), "", "## Texts", ""]
    lines += ["Words are searched in all of these; a text with more weight counts more.", ""]
    lines += ["| text | weight |", "| --- | --- |"]
    lines += [f"| {text.label} | {text.weight:g} |" for text in TEXT_FIELDS.values()]
    lines += ["", "## Fields", "", "A field before a colon is searched alone: `by:lovelace`.", ""]
    lines += ["| field | also | what it holds | example |", "| --- | --- | --- | --- |"]
    for field in (*VALUE_FIELDS.values(), *(text for text in TEXT_FIELDS.values() if text.prefixes)):
        prefix, *others = field.prefixes
        about = field.label if field.name in TEXT_FIELDS else VALUE_FIELDS[field.name].meaning
        also = ", ".join(f"`{other}:`" for other in others)
        lines.append(f"| `{prefix}:` | {also} | {_cell(about)} | `{prefix}:{field.example}` |")
    lines += [
        "",
        "`size:` also takes bytes of data: `size:>1TB`, `size:<=20GiB`; the signs are `<`, `<=`, `>`, `>=`, `=`.",
    ]
    lines += ["", "## Facets", "", "What the list can be narrowed by, and its number of datasets be counted for.", ""]
    lines += ["| facet | in the panel | values |", "| --- | --- | --- |"]
    for facet in FACETS.values():
        values = ", ".join(f"`{value}` ({title})" for value, title in facet.values.items())
        values = f"`huggingnersc vocabulary {facet.vocabulary}`" if facet.vocabulary else values
        lines.append(f"| `{facet.name}` | {facet.title} | {values} |")
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """The panel's settings and commands, and the server's traits."""
    from huggingnersc_lab.app import HuggingNERSC

    plugin = json.loads((ROOT / "schema" / "plugin.json").read_text())
    lines = ["# Settings", "", NOTE.strip(), "", "## The panel", ""]
    lines += [
        "In JupyterLab: *Settings → Settings Editor → HuggingNERSC Lab*. In a file: `huggingnersc-lab:plugin`.",
        "",
    ]
    lines += ["| setting | default | what it is |", "| --- | --- | --- |"]
    for name, member in plugin["properties"].items():
        about = ". ".join(filter(None, [member["title"], member.get("description", "").rstrip(".")]))
        choices = (member.get("items") or member).get("oneOf", ())
        of = f" One of {', '.join(_code(choice['const']) for choice in choices)}." if choices else ""
        of = of.replace(" One of", " Any of") if member["type"] == "array" else of
        lines.append(f"| `{name}` | {_code(member['default'])} | {_cell(about)}.{of} |")
    lines += ["", "## Keys", "", "| keys | command |", "| --- | --- |"]
    lines += [f"| {' '.join(key['keys'])} | `{key['command']}` |" for key in plugin["jupyter.lab.shortcuts"]]
    lines += ["", "## Menus", "", "| where | command |", "| --- | --- |"]
    menus = plugin["jupyter.lab.menus"]
    lines += [f"| {menu['id']} | `{item['command']}` |" for menu in menus["main"] for item in menu["items"]]
    lines += [
        f"| `{_cell(item['selector'])}` | `{item['command']}` |" for item in menus["context"] if "command" in item
    ]
    lines += ["", "## The server", ""]
    lines += ["In a Jupyter configuration file, such as `jupyter_server_config.py`.", ""]
    lines += ["| trait | what it is |", "| --- | --- |"]
    traits = HuggingNERSC.class_own_traits(config=True)
    lines += [f"| `c.HuggingNERSC.{name}` | {_cell(str(trait.help))} |" for name, trait in traits.items()]
    return "\n".join(lines) + "\n"


def _code(value: object) -> str:
    return f"`{json.dumps(value)}`"


def _form(member: dict[str, Any]) -> str:
    kind = member.get("type", "")
    if isinstance(kind, list):
        return " or ".join(_form({**member, "type": one}) for one in kind)
    if "const" in member:
        return f"`{json.dumps(member['const'])}`"
    if "enum" in member:
        return ", ".join(f"`{value}`" for value in member["enum"])
    if kind == "array":
        most = f" of at most {member['maxItems']:,}:" if "maxItems" in member else " of"
        return f"list{most} {_form(member.get('items', {}))}"
    form = {"string": "text", "boolean": "true or false", "integer": "whole number"}.get(kind, kind)
    if "x-vocabulary" in member:
        form = f"one of `huggingnersc vocabulary {member['x-vocabulary']}`"
    elif "maxLength" in member:
        form += f", at most {member['maxLength']:,} characters"
    elif "maxProperties" in member:
        form += f", at most {member['maxProperties']:,} members"
    if "x-pattern-detail" in member:
        form += f". {member['x-pattern-detail']}"
    if member.get("readOnly"):
        form += ", filled in by the program"
    return _cell(form)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def cli_page() -> str:
    names = re.findall(r"^│ ([a-z][a-z-]+)  ", _help(), flags=re.MULTILINE)
    parts = ["# Command line", "", NOTE.strip(), "", "```text", _help(), "```", ""]
    for name in names:
        parts += [f"## {name}", "", "```text", _help(name), "```", ""]
    return "\n".join(parts)


def _help(*command: str) -> str:
    program = Path(sys.executable).with_name("huggingnersc")
    # The command line of this checkout, whichever one is installed.
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    environment |= {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LANG": "C.UTF-8"}
    found = subprocess.run([program, *command, "--help"], capture_output=True, text=True, check=True, env=environment)
    return "\n".join(line.rstrip() for line in found.stdout.strip("\n").splitlines())


if __name__ == "__main__":
    sys.exit(main())
