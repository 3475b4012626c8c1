from __future__ import annotations

import asyncio
from typing import NoReturn

import pytest

from huggingnersc_lab.account.sign_in import HubAnswer
from huggingnersc_lab.rest import services as services_module
from huggingnersc_lab.rest.services import Services


def no_workspace() -> NoReturn:
    raise AssertionError("nothing here needs a workspace")


def test_a_hub_that_did_not_answer_is_asked_again_before_one_that_did(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([HubAnswer("https://hub", reachable=False), HubAnswer("https://hub", reachable=True)])
    monkeypatch.setattr(services_module, "AGAIN_SECONDS", 0.0)

    async def ask_three_times() -> list[bool | None]:
        services = Services(no_workspace)
        monkeypatch.setattr(services, "_ask", lambda: next(answers))
        try:
            return [(await services.hub_answer()).reachable for _ in range(3)]
        finally:
            services.close()

    assert asyncio.run(ask_three_times()) == [False, True, True]
