"""The REST interface's OpenAPI document as a page for people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

METHODS = ("get", "post", "put", "delete")


def rest_page(source: Path) -> Iterator[str]:
    """The lines of the page: every request, then the shapes that go in and out."""
    document = yaml.safe_load(source.read_text())
    components = document["components"]
    yield from (document["info"]["description"].rstrip(), "", "## Requests", "")
    yield from ("Any other answer is a [Problem](#problem).", "")
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield from _request(f"{method.upper()} {path}", item[method], components)
    yield from ("## Shapes", "", "A member with `?` may be missing.", "")
    for name, schema in components["schemas"].items():
        yield from _shape(name, schema)


def _request(title: str, operation: dict[str, Any], components: dict[str, Any]) -> Iterator[str]:
    yield from (f"### {title}", "", operation["summary"])
    if description := operation.get("description"):
        yield from ("", description.strip())
    yield ""
    for parameter in (_resolved(part, components) for part in operation.get("parameters", ())):
        about = f": {parameter['description']}" if "description" in parameter else ""
        yield f"- {parameter['in']} `{parameter['name']}`{about}"
    if "requestBody" in operation:
        yield f"- body: {_content(_resolved(operation['requestBody'], components))}"
    for status, part in operation["responses"].items():
        if status != "default":
            answer = _resolved(part, components)
            shape = f" {_content(answer)}" if "content" in answer else ""
            yield f"- {status}: {answer['description'].strip()}{shape}"
    yield ""


def _shape(name: str, schema: dict[str, Any]) -> Iterator[str]:
    yield from (f"### {name}", "")
    if description := schema.get("description"):
        yield from (description.strip(), "")
    if "properties" not in schema:
        yield from (_form(schema) + ".", "")
        return
    required = schema.get("required", ())
    yield from ("| member | form | what it is |", "| --- | --- | --- |")
    for member, its in schema["properties"].items():
        mark = "" if member in required else "?"
        about = " ".join(str(its.get("description", "")).split())
        yield f"| `{member}`{mark} | {_form(its)} | {about} |".replace("  ", " ")
    yield ""


def _form(schema: dict[str, Any]) -> str:
    """What a value is, in a few words; `or` stands between the choices."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return " or ".join(f"`{value}`" for value in schema["enum"])
    if "const" in schema:
        return f"`{schema['const']}`"
    for group, word in (("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")):
        if group in schema:
            return word.join(_form(choice) for choice in schema[group])
    kinds = schema.get("type", "any")
    return " or ".join(_kind(kind, schema) for kind in ([kinds] if isinstance(kinds, str) else kinds))


def _kind(kind: str, schema: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {_form(schema.get('items', {}))}"
    if kind == "object" and "properties" in schema:
        members = ", ".join(f"`{name}`: {_form(its)}" for name, its in schema["properties"].items())
        return f"{{{members}}}"
    return {"string": "text", "boolean": "true or false", "integer": "whole number"}.get(kind, kind)


def _content(holder: dict[str, Any]) -> str:
    return ", ".join(
        _form(media.get("schema", {})) if kind.endswith("json") else f"`{kind}`"
        for kind, media in holder["content"].items()
    )


def _resolved(part: dict[str, Any], components: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    group, name = part["$ref"].split("/")[-2:]
    found: dict[str, Any] = components[group][name]
    return found
