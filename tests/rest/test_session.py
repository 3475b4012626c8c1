from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from importlib.metadata import version
from typing import Any

import pytest
from jupyter_server.auth.authorizer import Authorizer
from jupyter_server.serverapp import ServerApp
from tornado.httpclient import HTTPClientError, HTTPResponse

Fetch = Callable[..., Awaitable[HTTPResponse]]


async def test_answers_the_installed_version(jp_fetch: Fetch) -> None:
    response = await jp_fetch("huggingnersc-lab", "session")
    assert response.code == 200
    assert response.headers["Content-Type"].startswith("application/json")
    assert json.loads(response.body) == {"version": version("huggingnersc_lab")}


async def test_asks_for_authentication(jp_fetch: Fetch) -> None:
    with pytest.raises(HTTPClientError) as refusal:
        await jp_fetch("huggingnersc-lab", "session", headers={"Authorization": "token wrong"})
    assert refusal.value.code == 403


class ReadsContentsOnly(Authorizer):
    """Lets people read files and nothing else."""

    def is_authorized(self, handler: Any, user: Any, action: str, resource: str) -> bool:
        return (action, resource) == ("read", "contents")


async def test_asks_for_authorization(jp_fetch: Fetch, jp_serverapp: ServerApp) -> None:
    jp_serverapp.web_app.settings["authorizer"] = ReadsContentsOnly(parent=jp_serverapp)
    await jp_fetch("api", "contents")
    with pytest.raises(HTTPClientError) as refusal:
        await jp_fetch("huggingnersc-lab", "session")
    assert refusal.value.code == 403
    assert b"huggingnersc_lab" in refusal.value.response.body  # type: ignore[union-attr]
