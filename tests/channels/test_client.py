"""Requests to other services, and what can go wrong with them."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from huggingnersc_lab.channels.client import Client, Patience
from huggingnersc_lab.errors import CatalogError
from tests.channels.stand_ins.service import Reply, Seen, Service, serve

SECRET = "sesame-0123456789"


def echo(seen: Seen) -> Reply:
    return Reply(201 if seen.method == "POST" else 200, {"path": seen.path, "body": seen.body}, {"Location": "there"})


@pytest.fixture
def service() -> Iterator[Service]:
    with serve(echo) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def client(service: Service, waits: list[float]) -> Client:
    return Client(
        "Figs",
        f"{service.url}/v2/",
        f"token {SECRET}",
        "figs",
        lambda text: text.replace(SECRET, "…"),
        {"title": "/pretty_name"},
        patience=Patience(seconds=5, tries=3, first_wait=0.5, longest_wait=20, most_bytes=10_000),
        sleep=waits.append,
    )


def refused(client: Client, method: str = "POST") -> CatalogError:
    with pytest.raises(CatalogError) as raised:
        client.send(method, "/things", "reserve the DOI", body={"a": 1})
    assert SECRET not in f"{raised.value} {raised.value.fields!r} {client!r}"
    assert raised.value.detail.startswith("Could not reserve the DOI: ")
    return raised.value


def test_what_is_sent_and_what_comes_back(service: Service, client: Client) -> None:
    answer = client.send("POST", "things/a b/?x", "ask", body={"ü": 1}, query={"q": "a&b c"})
    assert (answer.status, answer.headers["location"]) == (201, "there")
    assert answer.data == {"path": "/v2/things/a b/?x", "body": {"ü": 1}}
    (seen,) = service.seen
    assert seen.raw_path == "/v2/things/a%20b/%3Fx?q=a%26b+c"
    assert (seen.headers["authorization"], seen.headers["content-type"]) == (f"token {SECRET}", "application/json")
    assert SECRET not in seen.raw_path


def test_an_answer_without_a_body(service: Service, client: Client) -> None:
    service.fail("DELETE", ".*", status=204)
    assert client.send("DELETE", "things/1", "ask").data is None


@pytest.mark.parametrize(
    "url", ["http://example.org/", "ftp://example.org", "figs.example", "http://127.0.0.1.example.org"]
)
def test_a_key_goes_over_https_only(client: Client, url: str) -> None:
    with pytest.raises(CatalogError, match="does not begin with https://") as raised:
        replace(client, url=url)
    assert raised.value.code == "invalid_record"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_redirect_is_followed(service: Service, client: Client, status: int, method: str) -> None:
    with serve(echo) as elsewhere:
        service.fail(method, ".*", status=status, headers={"Location": f"{elsewhere.url}/v2/things"})
        error = refused(client, method)
        assert elsewhere.seen == []
    assert (error.code, "sends to another address" in error.detail) == ("upstream", True)


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (400, "invalid_record", "refuses what was sent: Too short (…)."),
        (401, "forbidden", "does not accept your key."),
        (403, "forbidden", "does not allow it: Too short (…)."),
        (404, "not_found", "it is not at Figs, or your account may not see it."),
        (409, "conflict", "refuses it: Too short (…)."),
        (422, "invalid_record", "refuses what was sent: Too short (…)."),
        (418, "upstream", "answered with status 418: Too short (…)."),
        (500, "upstream", "answered with status 500: Too short (…). Try again later."),
    ],
)
def test_what_a_service_refuses(service: Service, client: Client, status: int, code: str, words: str) -> None:
    said = {"errors": [{"source": "title", "title": f"Too short ({SECRET})."}]}
    service.fail("POST", ".*", status=status, data=said)
    error = refused(client)
    assert (error.code, words in error.detail) == (code, True), error.detail
    assert [(field.pointer, field.detail) for field in error.fields] == (
        [("/pretty_name", "Too short (…).")] if code == "invalid_record" else []
    )
    assert [(hint.key, hint.name) for hint in error.hints] == ([("enter_key", "figs")] if status == 401 else [])
    assert len(service.seen) == 1


def test_the_caller_may_take_an_error_for_an_answer(service: Service, client: Client) -> None:
    service.fail("GET", ".*", status=404, data=b"no such thing")
    assert client.send("GET", "things/1", "ask", allow=[404]).status == 404


@pytest.mark.parametrize("body", [b"<html>", b"[" * 9000, b'{"a": NaN}', b"\xff", b'"half'])
def test_an_answer_that_is_no_json(service: Service, client: Client, body: bytes) -> None:
    service.fail("POST", ".*", data=body)
    error = refused(client)
    assert (error.code, "not of its documented form" in error.detail) == ("upstream", True)


def test_an_answer_that_is_too_long(service: Service, client: Client) -> None:
    service.fail("POST", ".*", data=b" " * 20_000)
    assert "answered with more than is read" in refused(client).detail


def test_a_service_that_sends_a_byte_now_and_then(service: Service, client: Client) -> None:
    service.fail("POST", ".*", "slow")
    error = refused(replace(client, patience=Patience(seconds=0.3, tries=1)))
    assert "did not answer in time. It may have been done all the same: do it again" in error.detail


@pytest.mark.parametrize("kind", ["cut_before", "cut_after", "short"])
def test_a_connection_that_breaks_is_not_asked_twice_to_make_something(
    service: Service, client: Client, waits: list[float], kind: str
) -> None:
    service.fail("POST", ".*", kind)
    assert "It may have been done all the same" in refused(client).detail
    assert (len(service.seen), waits) == (1, [])


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
@pytest.mark.parametrize("fault", [{"kind": "cut_after"}, {"status": 500}, {"status": 503}])
def test_what_may_be_repeated_is(
    service: Service, client: Client, waits: list[float], method: str, fault: dict[str, Any]
) -> None:
    service.fail(method, ".*", times=2, **fault)
    assert client.send(method, "things", "ask").status == 200
    assert (len(service.seen), waits) == (3, [0.5, 1.0])


def test_repeating_has_an_end(service: Service, client: Client, waits: list[float]) -> None:
    service.fail("GET", ".*", "cut_before", times=9)
    assert "could not be reached" in refused(client, "GET").detail
    assert len(service.seen) == 3


@pytest.mark.parametrize(("asked", "waited"), [({"Retry-After": "7"}, 7.0), ({"Retry-After": "soon"}, 0.5), ({}, 0.5)])
def test_a_busy_service_is_asked_again_when_it_wants(
    service: Service, client: Client, waits: list[float], asked: dict[str, str], waited: float
) -> None:
    service.fail("POST", ".*", status=429, headers=asked)
    assert client.send("POST", "things", "ask").status == 201
    assert waits == [waited]


def test_a_wait_may_be_a_date(service: Service, client: Client, waits: list[float]) -> None:
    service.fail("POST", ".*", status=429, headers={"Retry-After": "Thu, 01 Jan 1970 00:00:00 GMT"})
    assert client.send("POST", "things", "ask").status == 201
    assert waits == [0.0]


def test_a_wait_that_is_too_long_is_told(service: Service, client: Client, waits: list[float]) -> None:
    service.fail("POST", ".*", status=429, headers={"Retry-After": "3600"})
    assert refused(client).detail.endswith("has had too many requests. Try again in 3600 seconds.")
    assert waits == []


def test_nobody_listens(client: Client, waits: list[float]) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    error = refused(replace(client, url=url))
    assert "could not be reached (Connection refused). Check the network" in error.detail
    assert len(waits) == 2
