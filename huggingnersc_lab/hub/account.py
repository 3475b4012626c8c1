"""Who a token belongs to and what it may do, in plain words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.hints import Hint
from huggingnersc_lab.hub.answers import WrongAnswerError

May = Literal["publish", "contribute", "propose", "read"]
"""``publish``: write any repository of the organization; ``contribute``: make repositories and write one's own;
``propose``: open pull requests; ``read``: nothing else."""


@dataclass(frozen=True)
class Account:
    """The account behind a token.

    Attributes:
        name: user name on the Hub.
        organization: the organization asked about.
        role: role in it (``admin``, ``write``, ``contributor``, ``read``), None for no member.
        token_role: what the token allows: ``read``, ``write`` or ``fineGrained``.
    """

    name: str
    organization: str
    role: str | None
    token_role: str | None

    @classmethod
    def from_whoami(cls, data: object, organization: str) -> Account:
        """From the reply of ``GET /api/whoami-v2``; raises ``WrongAnswerError`` for what is none."""
        name = data.get("name") if isinstance(data, Mapping) else None
        if not isinstance(data, Mapping) or not isinstance(name, str) or not name or not name.isprintable():
            raise WrongAnswerError("it does not say whose the token is")
        orgs = {org.get("name"): org.get("roleInOrg") or "read" for org in _objects(data.get("orgs"))}
        role = "admin" if name == organization else orgs.get(organization)
        auth = _object(data.get("auth"))
        token_role = _object(auth.get("accessToken")).get("role")
        for said in (role, token_role):
            if said is not None and not isinstance(said, str):
                raise WrongAnswerError("it does not say what the account may do")
        return cls(name, organization, role, token_role)

    @property
    def may(self) -> May:
        """The most that account and token allow together; of a fine-grained token only trying tells more."""
        if self.token_role == "read":
            return "read"
        if self.role in ("admin", "write"):
            return "publish"
        return "contribute" if self.role == "contributor" else "propose"

    def sentence(self) -> str:
        """What this account may do, for people."""
        where = self.organization
        if self.token_role == "read":
            return (
                f"Your token ({self.name}) may read but not write to {where}: make one with the 'write' role in your "
                "settings on the Hub."
            )
        return {
            "publish": f"{self.name} may publish in {where} ({self.role}).",
            "contribute": f"{self.name} may make repositories in {where} and change their own.",
            "propose": f"{self.name} may not write to {where}, but may propose it as a pull request.",
            "read": f"{self.name} may read {where}.",
        }[self.may]


def explained(refusal: CatalogError, ask: Callable[[], Account]) -> CatalogError:
    """A ``forbidden`` with what the account may do instead, where that can be found out; any other error as it is."""
    if refusal.code != "forbidden":
        return refusal
    try:
        account = ask()
    except CatalogError:
        return refusal
    hints = [Hint("propose")] if account.token_role != "read" else []
    return CatalogError("forbidden", f"{refusal.detail} {account.sentence()}", hints=hints)


def _object(value: object) -> Mapping[str, Any]:
    """An object, or an empty one for what is left out."""
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongAnswerError("what should be an object is none")
    return value


def _objects(value: object) -> Iterable[Mapping[str, Any]]:
    """A list of objects with a name each, or an empty one for what is left out."""
    found = [_object(item) for item in value] if isinstance(value, list) else None if value else []
    if found is None or not all(isinstance(item.get("name"), str) for item in found):
        raise WrongAnswerError("the list of organizations has something in it that is none")
    return found


def viewer_key(place: str, organization: str, token: str | None) -> str:
    """Tells apart what is to be seen of an organization; nobody can learn the token from it.

    Args:
        place: the Hub's address, or the practice Hub's folder.
        organization: the organization.
        token: access token; None for nobody's.
    """
    return hashlib.sha256("\n".join((place, organization, token or "")).encode("utf-8", "replace")).hexdigest()[:16]
