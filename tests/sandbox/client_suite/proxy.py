"""Stands before the practice Hub and lets it pass for one with models: to the Hub they are datasets.

Addresses and bodies that name a model are made to name a dataset of the same id, and what is answered is made to name
a model again. Everything else goes through as it is. It also notes which test a request belongs to.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest, HTTPResponse
from tornado.web import RequestHandler

_OF_A_MODEL = re.compile(
    r"/(?!api/|datasets/|spaces/|kernels/|buckets/|storage/|xet/|practice/)"
    r"[^/]+(?:/[^/]+)?(?:/(?:resolve|raw|blob|tree|commit|discussions)/.*|\.git/.*)"
)
_HOP = frozenset({"connection", "transfer-encoding", "content-length", "host", "content-encoding"})
_PATIENCE = 120


@dataclass
class Story:
    """What happened in one test."""

    requests: int = 0
    refused: list[str] = field(default_factory=list)
    """What was answered 501."""
    outcome: str = "passed"


class Stories:
    """The stories of all tests, by their ids."""

    def __init__(self) -> None:
        self.by_test: dict[str, Story] = {}
        self.current = Story()

    def begin(self, test: str) -> None:
        """The requests that follow are those of `test`."""
        self.current = self.by_test.setdefault(test, Story())

    def end(self, test: str, outcome: str, when: str) -> None:
        """One part of a test (setup, call, teardown) is over; the worst counts."""
        story = self.by_test.setdefault(test, Story())
        if outcome == "failed" or (outcome == "skipped" and when != "teardown" and story.outcome == "passed"):
            story.outcome = outcome


class Control(RequestHandler):
    """``POST /suite/begin`` and ``/suite/outcome``: what the plugin tells."""

    def initialize(self, stories: Stories) -> None:
        self.stories = stories

    def post(self, what: str) -> None:
        said = json.loads(self.request.body)
        if what == "begin":
            self.stories.begin(said["test"])
        else:
            self.stories.end(said["test"], said["outcome"], said["when"])


class Proxy(RequestHandler):
    """Everything else."""

    def initialize(self, hub: str, stories: Stories) -> None:
        self.hub = hub
        self.stories = stories

    async def prepare(self) -> None:
        story = self.stories.current
        story.requests += 1
        path, body, mapped = self._as_dataset()
        query = f"?{self.request.query}" if self.request.query else ""
        headers = {name: value for name, value in self.request.headers.get_all() if name.lower() not in _HOP}
        request = HTTPRequest(
            self.hub + path + query,
            method=self.request.method or "GET",
            # The client would call a body of no type a form.
            headers={"Content-Type": "application/octet-stream", **headers, "Host": self.request.host},
            body=body if body or self.request.method in ("POST", "PUT", "PATCH") else None,
            allow_nonstandard_methods=True,
            follow_redirects=False,
            decompress_response=False,
            request_timeout=_PATIENCE,
        )
        try:
            answer = await AsyncHTTPClient().fetch(request)
        except HTTPClientError as error:
            if error.response is None:
                raise
            answer = error.response
        if answer.code == 501:
            story.refused.append(f"{self.request.method} {self.request.path}")
        self._pass_on(answer, mapped=mapped)

    def _as_dataset(self) -> tuple[str, bytes, bool]:
        path, body = self.request.path, self.request.body
        if path == "/api/models" or path.startswith("/api/models/"):
            return "/api/datasets" + path.removeprefix("/api/models"), body, True
        if path.startswith("/api/models-tags-by-type"):
            return path, body, False
        if _OF_A_MODEL.fullmatch(path):
            return f"/datasets{path}", body, True
        if path in ("/api/repos/create", "/api/repos/delete", "/api/repos/move"):
            said: dict[str, Any] = json.loads(body or b"{}")
            if said.get("type") in (None, "model"):
                return path, json.dumps({**said, "type": "dataset"}).encode(), True
        if path == "/api/validate-yaml" and b'"repoType": "model"' in body:
            return path, body, True
        return path, body, False

    def _pass_on(self, answer: HTTPResponse, *, mapped: bool) -> None:
        self.clear()
        self.set_status(answer.code)
        for name, value in answer.headers.get_all():
            if name.lower() not in _HOP:
                self.add_header(name, self._as_model(value) if mapped else value)
        body = answer.body or b""
        if mapped and "json" in answer.headers.get("Content-Type", ""):
            body = self._as_model(body.decode()).encode()
        if self.request.method == "HEAD":
            self.set_header("Content-Length", answer.headers.get("Content-Length", "0"))
            body = b""
        self.finish(body if answer.code not in (204, 304) else None)

    def _as_model(self, text: str) -> str:
        home = f"{self.request.protocol}://{self.request.host}"
        text = text.replace(f"{home}/datasets/", f"{home}/").replace("/api/datasets/", "/api/models/")
        text = text.replace(f"{home}/api/datasets?", f"{home}/api/models?")
        text = text.replace("A dataset repository named", "A model repository named")
        text = text.replace("Access to dataset ", "Access to model ")
        return re.sub(r"^/datasets/", "/", text).replace('"type": "dataset"', '"type": "model"')
