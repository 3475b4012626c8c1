"""A Jupyter server with the extension on the practice site, and a client that holds every answer to the contract."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from tornado.httputil import HTTPHeaders

from huggingnersc_lab.sandbox import tokens
from tests.practice_hub import FaultyHub

PACKAGE = Path(__file__).parents[2] / "huggingnersc_lab"
EXAMPLE = PACKAGE / "examples" / "iris"
PATIENCE = 300
"""Seconds after which something will never happen; no test depends on how long it takes."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: HTTPHeaders
    body: bytes

    @property
    def data(self) -> Any:
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return str(self.data["code"])

    @property
    def pointers(self) -> list[str]:
        return [error["pointer"] for error in self.data["errors"]]


Ask = Callable[..., Awaitable[Answer]]


@pytest.fixture
def jp_server_config() -> dict[str, Any]:
    return {"ServerApp": {"jpserver_extensions": {"huggingnersc_lab": True}}}


@pytest.fixture
def ask(
    jp_serverapp: Any,
    http_server_client: Any,
    jp_auth_header: dict[str, str],
    jp_base_url: str,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> Iterator[Ask]:
    """Sends a request, the path exactly as it is written. Every answer fits ``openapi.yaml``, and none has a token."""
    caplog.set_level(logging.DEBUG)
    answers: list[Answer] = []

    async def send(
        method: str, path: str, body: Any = None, *, raw: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        response = await http_server_client.fetch(
            f"{jp_base_url}huggingnersc-lab{path}",
            method=method,
            body=raw if raw is not None or body is None else json.dumps(body),
            headers={**jp_auth_header, **(headers or {})},
            allow_nonstandard_methods=True,
            raise_error=False,
            request_timeout=PATIENCE,
        )
        answer = Answer(response.code, response.headers, response.body or b"")
        answers.append(answer)
        check_contract(method, path, answer)
        return answer

    yield send
    secrets = set(tokens(tmp_path / "practice" / "hub").values()) if (tmp_path / "practice" / "hub").exists() else set()
    said = "\n".join([caplog.text, *(f"{answer.headers}{answer.body.decode()}" for answer in answers)])
    assert [secret for secret in secrets if secret in said] == []
    assert "hf_secret" not in said  # what tests give for a token begins like this


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The catalog's folder."""
    folder = tmp_path / "practice" / "catalog"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def hub(tmp_path: Path, root: Path) -> Iterator[FaultyHub]:
    """The practice Hub, beside an empty catalog."""
    with FaultyHub(tmp_path / "practice" / "hub") as running:
        yield running


def put(root: Path, name: str, /, **members: Any) -> Path:
    """An entry as a curator may have made it by hand."""
    folder = root / name
    folder.mkdir()
    record = {"name": name, "pretty_name": name.title(), "size_categories": ["n<1K"], **members}
    (folder / "record.json").write_text(json.dumps(record))
    (folder / "README.md").write_text(f"# {name}\n")
    return folder


def unmount(root: Path) -> None:
    """Let a catalog be gone: a file stands in its place."""
    root.rename(root.with_name("unmounted"))
    root.write_text("")


@pytest.fixture
def data(jp_root_dir: Path) -> Path:
    """The iris example where the file browser shows it."""
    folder = jp_root_dir / "data" / "iris"
    folder.mkdir(parents=True)
    for path in EXAMPLE.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    return folder


@pytest.fixture
def content(data: Path) -> dict[str, Any]:
    """A draft of it that can be published."""
    values = {
        "name": "iris",
        "pretty_name": "Iris",
        "size_categories": ["n<1K"],
        "license": "cc0-1.0",
        "data_path": str(data),
    }
    return {"title": "My iris", "values": values, "loader_path": "data/iris/load_iris.py"}


@pytest.fixture
def settled(ask: Ask) -> Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]:
    """Waits until a job has ended."""

    async def wait(job: dict[str, Any]) -> dict[str, Any]:
        for _ in range(PATIENCE * 5):
            job = (await ask("GET", f"/jobs/{job['id']}")).data
            if job["state"] in ("succeeded", "failed", "cancelled"):
                return job
            await asyncio.sleep(0.2)
        raise AssertionError(f"the job has not ended: {job}")

    return wait


async def until(condition: Callable[[], bool]) -> None:
    """Wait for what happens in another process or at the other end of a connection."""
    for _ in range(PATIENCE * 20):
        if condition():
            return
        await asyncio.sleep(0.05)
    raise AssertionError("what was waited for did not happen")


@pytest.fixture
def publish(ask: Ask, settled: Any) -> Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]:
    """Publishes a draft's content by a job with a process of its own."""

    async def run(content: dict[str, Any]) -> dict[str, Any]:
        draft = (await ask("POST", "/drafts", content)).data
        job = await ask("POST", "/jobs", {"kind": "publish", "draft_id": draft["id"]})
        assert job.status == 202
        ended: dict[str, Any] = await settled(job.data)
        assert ended["state"] == "succeeded", ended
        return ended

    return run


@cache
def contract() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((PACKAGE / "rest" / "openapi.yaml").read_text())
    return document


@cache
def _registry() -> Any:
    record = json.loads((PACKAGE / "record" / "record.schema.json").read_text())
    return Registry().with_resources(
        [
            ("file:///rest/openapi.yaml", Resource.from_contents({"$schema": DIALECT, **contract()})),
            ("file:///record/record.schema.json", Resource.from_contents(record)),
        ]
    )


DIALECT = "https://json-schema.org/draft/2020-12/schema"


def operation(method: str, path: str) -> dict[str, Any]:
    """What the contract says of a request; empty where it says nothing."""
    plain = path.partition("?")[0]
    templates = sorted(contract()["paths"], key=lambda template: template.count("{"))
    for template in templates:
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), plain):
            found: dict[str, Any] = contract()["paths"][template].get(method.lower(), {})
            return found
    return {}


def check_contract(method: str, path: str, answer: Answer) -> None:
    """Hold an answer to the contract."""
    assert answer.status not in (401, 500), answer.body
    responses = operation(method, path).get("responses", {"default": {"$ref": "#/components/responses/Problem"}})
    assert answer.status >= 400 or str(answer.status) in responses, (method, path, answer.status)
    response = _resolved(responses.get(str(answer.status), responses.get("default")))
    if not answer.body:
        assert "content" not in response, (method, path, answer.status)
        return
    kind = answer.headers["Content-Type"].partition(";")[0]
    schema = response["content"][kind]["schema"]
    faults = [f"{e.json_path}: {e.message}" for e in _validator(json.dumps(schema)).iter_errors(answer.data)]
    assert faults == [], (method, path, answer.status, faults)


def check_schema(name: str, data: Any) -> None:
    """Hold what is no answer by itself to a schema of the contract."""
    schema = json.dumps({"$ref": f"#/components/schemas/{name}"})
    assert [f"{e.json_path}: {e.message}" for e in _validator(schema).iter_errors(data)] == []


def _resolved(node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = contract()
        for part in node["$ref"].removeprefix("#/").split("/"):
            found = found[part]
        node = found
    return node


@cache
def _validator(schema: str) -> Draft202012Validator:
    def absolute(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: absolute(value) for key, value in node.items()}
        if isinstance(node, list):
            return [absolute(item) for item in node]
        return f"file:///rest/openapi.yaml{node}" if isinstance(node, str) and node.startswith("#/") else node

    return Draft202012Validator(absolute(json.loads(schema)), registry=_registry())
