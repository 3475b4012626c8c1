"""Who a token belongs to, what it may do, and what a refusal says of it."""

from __future__ import annotations

from typing import Any

import pytest

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.account import Account, explained, viewer_key
from huggingnersc_lab.hub.answers import WrongAnswerError


def whoami(role: str | None = "write", token_role: str | None = "write", **members: Any) -> dict[str, Any]:
    orgs = [{"name": "other", "roleInOrg": "admin"}]
    if role is not None:
        orgs.append({"name": "NERSC", "roleInOrg": role})
    return {"name": "ada", "orgs": orgs, "auth": {"accessToken": {"role": token_role}}, **members}


@pytest.mark.parametrize(
    ("role", "token_role", "may"),
    [
        ("admin", "write", "publish"),
        ("write", "write", "publish"),
        ("write", "fineGrained", "publish"),
        ("write", None, "publish"),
        ("contributor", "write", "contribute"),
        ("read", "write", "propose"),
        (None, "write", "propose"),
        ("admin", "read", "read"),
    ],
)
def test_what_an_account_may(role: str | None, token_role: str | None, may: str) -> None:
    account = Account.from_whoami(whoami(role, token_role), "NERSC")
    assert (account.name, account.organization, account.role, account.token_role) == ("ada", "NERSC", role, token_role)
    assert account.may == may
    assert account.sentence()


def test_an_account_may_everything_in_what_is_its_own() -> None:
    assert Account.from_whoami({"name": "ada"}, "ada").role == "admin"


def test_a_member_without_a_role_may_read() -> None:
    assert Account.from_whoami({"name": "ada", "orgs": [{"name": "NERSC"}]}, "NERSC").role == "read"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        {},
        {"name": ""},
        {"name": 1},
        {"name": "a\x1bb"},
        whoami(orgs={"name": "NERSC"}),
        whoami(orgs=["NERSC"]),
        whoami(orgs=[{}]),
        whoami(auth=[1]),
        whoami(auth={"accessToken": {"role": 1}}),
        whoami(role=1),  # type: ignore[arg-type]
    ],
)
def test_another_answer_is_told(answer: object) -> None:
    with pytest.raises(WrongAnswerError):
        Account.from_whoami(answer, "NERSC")


def test_a_refusal_says_what_may_be_done_instead() -> None:
    refusal = CatalogError("forbidden", "It was refused.")
    told = explained(refusal, lambda: Account("ada", "NERSC", None, "write"))
    assert told.detail == ("It was refused. ada may not write to NERSC, but may propose changes as pull requests.")
    assert list(told.hints) == [Hint("propose")]
    told = explained(refusal, lambda: Account("ada", "NERSC", "write", "read"))
    assert "create one with the 'write' role" in told.detail
    assert list(told.hints) == []


def test_other_errors_stay_and_a_refusal_does_where_nobody_tells_more() -> None:
    def unreachable() -> Account:
        raise CatalogError("upstream", "It does not answer.")

    other, refusal = CatalogError("conflict", "It is there."), CatalogError("forbidden", "It was refused.")
    assert explained(other, unreachable) is other
    assert explained(refusal, unreachable) is refusal


def test_a_key_tells_viewers_apart_and_no_token() -> None:
    keys = [
        viewer_key("https://hub", "NERSC", None),
        viewer_key("https://hub", "NERSC", "hf_a"),
        viewer_key("https://hub", "NERSC", "hf_b"),
        viewer_key("https://hub", "other", "hf_a"),
        viewer_key("https://other", "NERSC", "hf_a"),
    ]
    assert len(set(keys)) == len(keys)
    assert {len(key) for key in keys} == {16}
    assert viewer_key("https://hub", "NERSC", "") == keys[0]
    assert viewer_key("/odd\udc80", "NERSC", None)
