"""The routes are those of ``openapi.yaml``, and every one of them is guarded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.serverapp import ServerApp

from huggingnersc_lab.rest import PATHS, ROUTES
from huggingnersc_lab.rest.resource import ResourceHandler

VERBS = ("get", "post", "put", "delete", "patch")
CONTRACT: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[2] / "huggingnersc_lab" / "rest" / "openapi.yaml").read_text()
)


def operations() -> Iterator[tuple[str, str]]:
    for path, item in CONTRACT["paths"].items():
        for verb in VERBS:
            if verb in item:
                yield verb, path


def test_the_routes_are_the_paths_of_the_contract() -> None:
    served = {(verb, path) for path, handler in PATHS.items() for verb in VERBS if verb in vars(handler)}
    assert served == set(operations())
    assert len(ROUTES) == len(PATHS)


def test_every_handler_is_of_the_one_resource() -> None:
    assert {handler.auth_resource for handler in PATHS.values()} == {"huggingnersc_lab"}
    assert all(issubclass(handler, ResourceHandler) for handler in PATHS.values())


def test_no_handler_catches_errors() -> None:
    folder = Path(__file__).parents[2] / "huggingnersc_lab" / "rest"
    catching = [path.name for path in folder.rglob("*.py") if "except " in path.read_text()]
    assert catching == []


@pytest.mark.parametrize(("verb", "path"), list(operations()))
async def test_every_route_asks_for_authentication(verb: str, path: str, ask: Any) -> None:
    answer = await ask(verb.upper(), path.replace("{", "").replace("}", ""), {}, headers={"Authorization": "token x"})
    assert (answer.status, answer.code) == (403, "forbidden")


class ReadsContentsOnly(Authorizer):
    """Lets people read files and nothing else."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return (action, resource) == ("read", "contents")


async def test_every_route_asks_for_authorization(ask: Any, jp_fetch: Any, jp_serverapp: ServerApp) -> None:
    jp_serverapp.web_app.settings["authorizer"] = ReadsContentsOnly(parent=jp_serverapp)
    await jp_fetch("api", "contents")
    for verb, path in operations():
        answer = await ask(verb.upper(), path.replace("{", "").replace("}", ""), {})
        assert (answer.status, answer.code) == (403, "forbidden"), (verb, path)
        assert "huggingnersc_lab" in answer.data["detail"]


def test_the_shipped_lists_are_the_contracts() -> None:
    from huggingnersc_lab.errors import ErrorCode
    from huggingnersc_lab.index import FACETS
    from huggingnersc_lab.jobs import JobState
    from huggingnersc_lab.record.vocabulary import LISTS
    from huggingnersc_lab.rest.datasets import MAX_LIMIT, SORTS
    from huggingnersc_lab.rest.problem import STATUS

    schemas = CONTRACT["components"]["schemas"]
    assert set(schemas["VocabularyList"]["enum"]) == {*LISTS, "known_tags"}
    assert set(schemas["ErrorCode"]["enum"]) == set(ErrorCode.__args__) == set(STATUS)  # type: ignore[attr-defined]
    assert schemas["JobState"]["enum"] == list(JobState.__args__)  # type: ignore[attr-defined]
    assert schemas["FacetName"]["enum"] == list(FACETS)
    asked = {item.get("name"): item.get("schema") for item in CONTRACT["paths"]["/datasets"]["get"]["parameters"]}
    assert (asked["sort"]["enum"], asked["limit"]["maximum"]) == (list(SORTS), MAX_LIMIT)


@pytest.mark.parametrize("path", ["/datasets", "/facets/{facet}"])
def test_every_facet_is_a_parameter(path: str) -> None:
    from huggingnersc_lab.index import FACETS

    parameters = CONTRACT["components"]["parameters"]
    asked = [item["$ref"].rpartition("/")[2] for item in CONTRACT["paths"][path]["get"]["parameters"] if "$ref" in item]
    assert [name for key in asked if (name := parameters[key]["name"]) != "q"] == list(FACETS)


BODIES = [
    (verb, path)
    for verb, path in operations()
    if "requestBody" in CONTRACT["paths"][path][verb] and path != "/drafts/{id}/preview"
]


@pytest.mark.parametrize(("verb", "path"), BODIES)
async def test_a_member_that_nobody_knows_is_refused_at_its_place(verb: str, path: str, ask: Any) -> None:
    place = path.replace("{", "").replace("}", "")
    answer = await ask(verb.upper(), place, {"kind": "undo", "colour": "red"})
    assert (answer.status, answer.code) == (422, "invalid_record")
    assert "/colour" in answer.pointers


@pytest.mark.parametrize(("verb", "path"), BODIES)
@pytest.mark.parametrize(
    "raw",
    [b" ", b"{", b"[]", b"null", b'{"a": NaN}', b'{"a": 1, "a": 2}', b"\xff", b"[" * 100_000, b'{"a":' * 60 + b"1"],
    ids=["blank", "cut", "list", "null", "nan", "twice", "no UTF-8", "deep list", "deep"],
)
async def test_what_is_no_json_object_is_refused(verb: str, path: str, raw: bytes, ask: Any) -> None:
    place = path.replace("{", "").replace("}", "")
    answer = await ask(verb.upper(), place, raw=raw)
    assert (answer.status, answer.code) == (422, "invalid_record")


@pytest.mark.parametrize("member", ["token", "values", "title"])
async def test_ten_megabytes_are_too_much(member: str, ask: Any) -> None:
    place = {"token": ("PUT", "/session/token"), "values": ("POST", "/validate"), "title": ("POST", "/drafts")}[member]
    answer = await ask(*place, raw=json.dumps({member: "x" * 10_000_000}).encode())
    assert (answer.status, answer.code, answer.pointers) == (413, "invalid_record", [""])
