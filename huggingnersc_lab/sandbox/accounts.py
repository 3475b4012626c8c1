"""Accounts, their tokens, and the Hub's permissions for the roles in an organization."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from huggingnersc_lab.private_files import create_private

from .refusals import forbidden, unauthorized

Role = Literal["admin", "write", "contributor", "read"]

_BEGINNING = "hf_practice_"


@dataclass(frozen=True)
class Account:
    """One user of the practice Hub, as seen through one of their tokens."""

    token_name: str
    """The key of the token in `tokens`."""
    name: str
    """User name, which is also the user's own namespace."""
    role: Role | None
    """Role in the practice organization; None for outsiders."""
    scope: Literal["read", "write"] = "write"
    """Permissions of the token itself, regardless of the role."""


ACCOUNTS = (
    Account("admin", "practice-admin", "admin"),
    Account("write", "practice-writer", "write"),
    Account("contributor", "practice-contributor", "contributor"),
    Account("read", "practice-reader", "read"),
    Account("read_scope", "practice-writer", "write", scope="read"),
    Account("outsider", "practice-outsider", None),
)


class Tokens:
    """The tokens of a storage folder, created on first use, in a file only its owner can read."""

    def __init__(self, storage: Path) -> None:
        path = storage / "tokens.json"
        if not path.exists():
            fresh = {account.token_name: _BEGINNING + secrets.token_urlsafe(24) for account in ACCOUNTS}
            content = {"tokens": fresh, "signing_key": secrets.token_hex(32)}
            create_private(path, json.dumps(content, indent=1).encode())
        content = json.loads(path.read_text(encoding="utf-8"))
        self.by_role: Mapping[str, str] = content["tokens"]
        self._signing_key = bytes.fromhex(content["signing_key"])

    @property
    def storage_id(self) -> str:
        """A unique name of the storage folder."""
        return self.sign("storage")[:16]

    def account(self, authorization: str | None) -> Account | None:
        """The account of an ``Authorization`` header, None without one; 401 for a wrong one."""
        if not authorization:
            return None
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "basic":  # sent by git: the token is the password, with any user name
            token = _password(token)
        if scheme.lower() in ("bearer", "basic"):
            for account in ACCOUNTS:
                if hmac.compare_digest(self.by_role[account.token_name].encode(), token.strip().encode()):
                    return account
        raise unauthorized()

    def sign(self, text: str) -> str:
        """A signature that only this storage can create: it makes a URL usable without a token."""
        return hmac.new(self._signing_key, text.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Permissions:
    """The rules of one organization; everything outside it belongs to the user of that name."""

    organization: str

    def may_see(self, account: Account | None, namespace: str, *, private: bool) -> bool:
        """Whether this account can read a repository."""
        return not private or self.may_read(account, namespace)

    def may_read(self, account: Account | None, namespace: str) -> bool:
        """Whether this account can read the files of a gated repository. Nobody else can get access."""
        if account is None:
            return False
        return account.name == namespace or (namespace == self.organization and account.role is not None)

    def canonical(self, namespace: str) -> str:
        """A namespace in its owner's spelling: the Hub's ids ignore case."""
        known = (self.organization, *(account.name for account in ACCOUNTS))
        return next((name for name in known if name.lower() == namespace.lower()), namespace)

    def check_create(self, account: Account | None, namespace: str) -> Account:
        """Refuses with 401 or 403 if the account cannot create a repository in `namespace`."""
        account = self._writer(account, "create a repository")
        in_organization = namespace == self.organization and account.role in (
            "admin",
            "write",
            "contributor",
        )
        if account.name != namespace and not in_organization:
            raise forbidden(f'You don\'t have the rights to create a dataset under the namespace "{namespace}"')
        return account

    def may_write(self, account: Account | None, namespace: str, created_by: str) -> bool:
        """Whether this account can write to a repository directly."""
        if account is None or account.scope == "read":
            return False
        if namespace != self.organization:
            return account.name == namespace
        if account.role == "contributor":
            return account.name == created_by
        return account.role in ("admin", "write")

    def check_write(self, account: Account | None, namespace: str, created_by: str) -> Account:
        """Refuses with 401 or 403 if the account cannot write to this repository directly."""
        account = self._writer(account, "upload to a repository")
        if not self.may_write(account, namespace, created_by):
            raise forbidden("Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request")
        return account

    def check_manage(self, account: Account | None, namespace: str, created_by: str) -> Account:
        """Refuses with 401 or 403 if the account cannot delete, move or configure this repository."""
        account = self._writer(account, "manage a repository")
        if not self.may_write(account, namespace, created_by):
            raise forbidden("You don't have the rights to delete, move or configure this repository")
        return account

    def check_discuss(self, account: Account | None) -> Account:
        """Refuses with 401 or 403 if the account cannot open a discussion or a pull request."""
        return self._writer(account, "open a discussion or a pull request")

    def _writer(self, account: Account | None, deed: str) -> Account:
        if account is None:
            raise unauthorized("Invalid username or password.")
        if account.scope == "read":
            raise forbidden(f"Forbidden: you must use a write token to {deed}.")
        return account

    def whoami(self, account: Account) -> dict[str, Any]:
        """The response of ``/api/whoami-v2``."""
        organizations = []
        if account.role is not None:
            organizations.append(
                {
                    "type": "org",
                    "id": _id(self.organization),
                    "name": self.organization,
                    "fullname": self.organization,
                    "isEnterprise": False,
                    "canPay": False,
                    "roleInOrg": account.role,
                }
            )
        return {
            "type": "user",
            "id": _id(account.name),
            "name": account.name,
            "fullname": account.name.replace("-", " ").title(),
            "isPro": False,
            "canPay": False,
            "orgs": organizations,
            "auth": {
                "type": "access_token",
                "accessToken": {
                    "displayName": f"practice {account.token_name}",
                    "role": account.scope,
                },
            },
        }


def _password(credentials: str) -> str:
    """The password of HTTP's basic authentication; empty if there is none."""
    try:
        return base64.b64decode(credentials.strip(), validate=True).decode().partition(":")[2]
    except ValueError:  # binascii's and Unicode's are ValueErrors
        return ""


def _id(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:24]
