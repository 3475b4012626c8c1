"""Signed URLs of stored contents, which work without a token."""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass
from urllib.parse import urlencode

from .accounts import Tokens
from .refusals import unauthorized


@dataclass(frozen=True)
class StorageAddress:
    """Permission to PUT or GET one content. A GET includes what the headers of its response need."""

    method: str
    oid: str
    size: int
    commit: str = ""
    name: str = ""

    def path(self, tokens: Tokens) -> str:
        """The path with its signed query."""
        fields = {"size": self.size, "commit": self.commit, "name": self.name}
        return f"/storage/{self.oid}?{urlencode({**fields, 'signature': self._signature(tokens)})}"

    def is_signed_by(self, tokens: Tokens, signature: str) -> bool:
        """Whether `signature` is the right one."""
        return hmac.compare_digest(self._signature(tokens).encode(), signature.encode())

    def _signature(self, tokens: Tokens) -> str:
        return tokens.sign("\n".join([self.method, self.oid, str(self.size), self.commit, self.name]))


@dataclass(frozen=True)
class XetToken:
    """Permission to send chunks of files, until a time (seconds since the epoch)."""

    until: int

    def text(self, tokens: Tokens) -> str:
        """The client's bearer token."""
        return f"xet_{self.until}_{tokens.sign(f'xet {self.until}')}"

    @classmethod
    def check(cls, tokens: Tokens, authorization: str | None) -> None:
        """Refuses with 401 an ``Authorization`` header without such a valid token."""
        scheme, _, text = (authorization or "").partition(" ")
        parts = text.strip().split("_")
        until = parts[1] if len(parts) == 3 and parts[1].isascii() and parts[1].isdigit() else "0"  # noqa: PLR2004
        right = cls(int(until[:12])).text(tokens)
        is_right = scheme.lower() == "bearer" and hmac.compare_digest(right.encode(), text.strip().encode())
        if not is_right or int(until[:12]) < time.time():
            raise unauthorized("The token for the storage of chunks is wrong or has expired")
