"""Addresses of stored contents that can be used without a token, because they are signed."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlencode

from .accounts import Tokens


@dataclass(frozen=True)
class StorageAddress:
    """One permission: to PUT or GET one content. A GET carries what its answer's headers need."""

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
