"""The account of a token and its permissions, in plain words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.answers import WrongAnswerError

May = Literal["publish", "contribute", "propose", "read"]
"""``publish``: write any repository of the organization; ``contribute``: create repositories and write your own;
``propose``: open pull requests; ``read``: nothing else."""


@dataclass(frozen=True)
class Account:
    """The account behind a token.

    Attributes:
        name: user name on the Hub.
        organization: the organization asked about.
        role: role in it (``admin``, ``write``, ``contributor``, ``read``), None if not a member.
        token_role: permissions of the token: ``read``, ``write`` or ``fineGrained``.
    """

    name: str
    organization: str
    role: str | None
    token_role: str | None

    @classmethod
    def from_whoami(cls, data: object, organization: str) -> Account:
        """Parse the response of ``GET /api/whoami-v2``; raises ``WrongAnswerError`` if it is invalid."""
        name = data.get("name") if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or not isinstance(name, str) or not name or not name.isprintable():
            raise WrongAnswerError("it does not name the token's account")
        orgs = {org.get("name"): org.get("roleInOrg") or "read" for org in _objects(data.get("orgs"))}
        role = "admin" if name == organization else orgs.get(organization)
        auth = _object(data.get("auth"))
        token_role = _object(auth.get("accessToken")).get("role")
        for said in (role, token_role):
            if said is not None and not isinstance(said, str):
                raise WrongAnswerError("it does not list the account's permissions")
        return cls(name, organization, role, token_role)

    @property
    def may(self) -> May:
        """The most that account and token allow together; for a fine-grained token, only trying tells more."""
        if self.token_role == "read":
            return "read"
        if self.role in ("admin", "write"):
            return "publish"
        return "contribute" if self.role == "contributor" else "propose"

    def sentence(self) -> str:
        """The account's permissions, for people."""
        where = self.organization
        if self.token_role == "read":
            return (
                f"Your token ({self.name}) can only read {where}: create one with the 'write' role in your "
                "settings on the Hub."
            )
        return {
            "publish": f"{self.name} may publish in {where} ({self.role}).",
            "contribute": f"{self.name} may create repositories in {where} and change their own.",
            "propose": f"{self.name} may not write to {where}, but may propose changes as pull requests.",
            "read": f"{self.name} may read {where}.",
        }[self.may]


def explained(refusal: CatalogError, ask: Callable[[], Account]) -> CatalogError:
    """A ``forbidden`` error with the account's permissions added, if available; other errors are returned unchanged."""
    if refusal.code != "forbidden":
        return refusal
    try:
        account = ask()
    except CatalogError:
        return refusal
    hints = [Hint("propose")] if account.token_role != "read" else []
    return CatalogError("forbidden", f"{refusal.detail} {account.sentence()}", hints=hints)


def _object(value: object) -> Mapping[str, Any]:
    """An object; an empty one if missing."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongAnswerError("one of its values is not an object")
    return value


def _objects(value: object) -> Iterable[Mapping[str, Any]]:
    """A list of objects with names; empty if missing."""
    found = [_object(item) for item in value] if isinstance(value, list) else None if value else []
    if found is None or not all(isinstance(item.get("name"), str) for item in found):
        raise WrongAnswerError("the list of organizations contains an invalid entry")
    return found


def viewer_key(place: str, organization: str, token: str | None) -> str:
    """Identifies what an account may see of an organization, without revealing its token.

    Args:
        place: the Hub's URL, or the practice Hub's folder.
        organization: the organization.
        token: access token; None for anonymous access.
    """
    return hashlib.sha256("\n".join((place, organization, token or "")).encode("utf-8", "replace")).hexdigest()[:16]
