"""Who a token belongs to and what it may do, in plain words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

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
    def from_whoami(cls, data: Mapping[str, Any], organization: str) -> Account:
        """From the reply of ``GET /api/whoami-v2``."""
        name = str(data.get("name", ""))
        orgs = {org.get("name"): org.get("roleInOrg") or "read" for org in data.get("orgs", ())}
        role = "admin" if name == organization else orgs.get(organization)
        token = (data.get("auth") or {}).get("accessToken") or {}
        return cls(name, organization, role, token.get("role"))

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


def viewer_key(place: str, organization: str, token: str | None) -> str:
    """Tells apart what is to be seen of an organization; nobody can learn the token from it.

    Args:
        place: the Hub's address, or the practice Hub's folder.
        organization: the organization.
        token: access token; None for nobody's.
    """
    return hashlib.sha256("\n".join((place, organization, token or "")).encode("utf-8", "replace")).hexdigest()[:16]
