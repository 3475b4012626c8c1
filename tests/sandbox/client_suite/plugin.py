"""A pytest plugin for a run of huggingface_hub's tests: points them at the practice Hub and reports each test.

It runs in the suite's process, where nothing of this project can be imported, and knows it from the environment alone.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

_HUB = os.environ["CLIENT_SUITE_HUB"]
_CONSTANTS: dict[str, str] = json.loads(os.environ["CLIENT_SUITE_CONSTANTS"])


def _tell(what: str, **values: str) -> None:
    request = urllib.request.Request(f"{_HUB}/suite/{what}", json.dumps(values).encode(), method="POST")
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60):
        pass


def _point_at_the_hub() -> None:
    """Must come before a test or conftest.py is imported, which would take the constants over."""
    constants = importlib.import_module("tests.testing_constants")
    for name, value in _CONSTANTS.items():
        setattr(constants, name, value)


def _check_cards_here() -> None:
    """The client asks huggingface.co itself whether a card is valid, whatever its endpoint."""
    for name in ("httpx", "httpx2"):
        if importlib.util.find_spec(name):
            client = importlib.import_module(name).Client
            client.send = _sent_here(client.send)


def _sent_here(send: Any) -> Any:
    def sent(self: Any, request: Any, **options: Any) -> Any:
        if str(request.url) == "https://huggingface.co/api/validate-yaml":
            request.url = type(request.url)(f"{_HUB}/api/validate-yaml")
            request.headers["Host"] = request.url.netloc.decode()
        return send(self, request, **options)

    return sent


_point_at_the_hub()
_check_cards_here()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Tells whose requests follow."""
    _tell("begin", test=item.nodeid)
    result: Any = yield
    return result


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Tells how each part of a test went."""
    _tell("outcome", test=report.nodeid, outcome=report.outcome, when=report.when or "")
