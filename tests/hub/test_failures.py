"""A fault of this program is none of the Hub's: it goes on as it is, and is told as unexpected."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.hub import Hub, commits, history
from huggingnersc_lab.hub.policy import Policy
from tests.practice_hub import FaultyHub

QUICK = Policy(timeout=5, tries=2, base=0.01, longest=0.02)
REPO = "NERSC/sky"


@pytest.fixture
def hub(practice_hub: FaultyHub) -> Hub:
    hub = Hub(practice_hub.url, practice_hub.tokens["admin"], "NERSC", QUICK)
    hub.create_repo(REPO, private=False)
    return hub


def fail(*_: Any, **__: Any) -> Any:
    raise KeyError("url")


def test_what_reads_an_answer(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history.Revision, "from_row", fail)
    with pytest.raises(KeyError):
        hub.revisions(REPO, 5)


def test_what_the_library_calls_after_answers_have_come(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    state = hub.state(REPO)
    assert state is not None

    def fail_late(limits: Any) -> None:
        if limits.answers:
            fail()

    monkeypatch.setattr(commits, "adopt", fail_late)  # which the content of a file calls, whenever it is read
    with pytest.raises(KeyError):
        hub.commit(REPO, {"a.txt": b"a"}, title="Add", publish_id="p", parent=state.sha)


@pytest.mark.parametrize("error", [TypeError, ValueError, AttributeError, KeyError, RecursionError])
def test_what_is_wrong_before_anything_is_sent(
    error: type[Exception], hub: Hub, practice_hub: FaultyHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an argument that the library does not know: it is the library that complains."""
    from huggingface_hub import hf_api

    def complain(**_: Any) -> None:
        raise error("no such argument")

    practice_hub.clear_requests()
    monkeypatch.setitem(vars(hf_api), "_resolve_repo_visibility", complain)
    with pytest.raises(error):
        hub.create_repo("NERSC/new", private=False)
    assert practice_hub.requests == []
