"""Large files with ``hf_xet``: a token for its storage, and the parts of that storage needed for uploads.

https://huggingface.co/docs/xet/api. Downloads use plain HTTP, since no response says that a file is stored in xet.
"""

from __future__ import annotations

import asyncio
import time

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import not_found
from huggingnersc_lab.sandbox.signed import XetToken
from huggingnersc_lab.sandbox.storage.xet import read_shard

_VALID_SECONDS = 3600


class WriteToken(Endpoint):
    """``GET /api/datasets/ID/xet-write-token/REVISION``."""

    def get(self, repo_id: str, revision: str) -> None:
        """Where to send chunks, with a token."""
        repository = self.visible(repo_id)
        permissions = self.hub.permissions
        if self.flag("create_pr") or revision.startswith("refs/pr/"):
            permissions.check_discuss(self.account)
        else:
            permissions.check_write(self.account, repository.namespace, repository.settings.created_by)
        until = int(time.time()) + _VALID_SECONDS
        # hf_xet caches, by URL, which chunks it has sent: another storage folder needs another URL.
        url = f"{self.endpoint}/xet/{self.hub.tokens.storage_id}"
        token = XetToken(until).text(self.hub.tokens)
        self.set_header("X-Xet-Cas-Url", url)
        self.set_header("X-Xet-Access-Token", token)
        self.set_header("X-Xet-Token-Expiration", str(until))
        self.reply({"casUrl": url, "accessToken": token, "exp": until})


class _XetStorage(Endpoint):
    """Base of the storage's endpoints: their token does not belong to an account."""

    def identify(self, authorization: str | None) -> None:
        XetToken.check(self.hub.tokens, authorization)


class Xorb(_XetStorage):
    """``POST /xet/STORAGE/v1/xorbs/default/HASH``."""

    async def post(self, _storage: str, name: str) -> None:
        """Stores a xorb."""
        inserted = await asyncio.to_thread(self.hub.xorbs.add, name, self.request.body)
        self.reply({"was_inserted": inserted})


class Shard(_XetStorage):
    """``POST /xet/STORAGE/v1/shards``."""

    async def post(self, _storage: str) -> None:
        """Assembles the files that a shard describes."""
        for file in read_shard(self.request.body):
            await asyncio.to_thread(self.hub.xorbs.build, file, self.hub.large_files)
        self.reply({"result": 1})


class Absent(_XetStorage):
    """The rest of the storage's API: 404, after which ``hf_xet`` continues without it."""

    def _refuse(self, *_: str) -> None:
        raise not_found("This storage accepts only xorbs and shards")

    get = head = post = put = delete = _refuse
