from __future__ import annotations

import logging
import threading
from typing import Any

import pytest
from tornado.web import HTTPError

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.rest import services as services_module
from huggingnersc_lab.rest.problem import problem_of, without_tokens
from huggingnersc_lab.workspace.workspace import Workspace

TOKENS = ["hf_" + "aB3" * 12, "hf_practice_x-Y_z9", "hf_oauth_eyJhbGciOi.J9-x_y.z"]


@pytest.mark.parametrize("token", TOKENS)
def test_no_token_stands_in_a_problem(token: str) -> None:
    body = problem_of(CatalogError("upstream", f"Bearer {token} was refused"), 500, has_precondition=False)
    assert token[8:] not in str(body)
    assert body["message"] == body["detail"] == "Bearer hf_… was refused"


def test_the_words_of_older_metadata_stand() -> None:
    assert without_tokens({"pointer": "/hf_dir", "detail": ["hf_hub_download"]}) == {
        "pointer": "/hf_dir",
        "detail": ["hf_hub_download"],
    }


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, "invalid_record", 400),
        (401, "forbidden", 403),
        (403, "forbidden", 403),
        (404, "not_found", 404),
        (405, "invalid_record", 405),
        (503, "unexpected", 503),
    ],
)
def test_what_the_server_refuses_is_told_in_the_same_form(status: int, code: str, told: int) -> None:
    body = problem_of(HTTPError(status, "No."), status, has_precondition=False)
    assert (body["status"], body["code"], body["detail"]) == (told, code, "No. Nothing was changed.")


async def test_what_nobody_foresaw_is_logged_without_a_token_and_told_without_its_place(
    ask: Any, jp_fetch: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError(f"sent {TOKENS[0]}")

    monkeypatch.setattr(Workspace, "open_entry", fail)
    with caplog.at_level(logging.ERROR), pytest.raises(Exception, match="500") as err:
        await jp_fetch("huggingnersc-lab", "records", "sky")
    body = err.value.response.body.decode()  # type: ignore[attr-defined]
    assert "Internal error" in body
    assert "RuntimeError" not in body
    assert "RuntimeError: sent hf_…" in caplog.text
    assert TOKENS[0] not in caplog.text


@pytest.mark.parametrize("place", ["disk", "hub"])
async def test_what_hangs_is_told_and_holds_up_nothing_else(
    place: str, ask: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await ask("GET", "/session")
    monkeypatch.setattr(services_module, "DISK_SECONDS", 0.2)
    goes_on = threading.Event()
    target = (
        "huggingnersc_lab.account.sign_in.sign_in"
        if place == "hub"
        else "huggingnersc_lab.workspace.drafts.Drafts.list"
    )
    monkeypatch.setattr(target, lambda *_: goes_on.wait(60))
    request = ("PUT", "/session/token", {"token": "hf_practice_x"}) if place == "hub" else ("GET", "/drafts")
    answer = await ask(*request)
    assert (answer.status, answer.code) == ((502, "upstream") if place == "hub" else (507, "storage"))
    assert "check again then" in answer.data["detail"]
    monkeypatch.setattr(services_module, "DISK_SECONDS", 20)
    assert (await ask("GET", "/datasets")).status == 200
    goes_on.set()
