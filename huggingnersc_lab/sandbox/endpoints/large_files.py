"""Large files: the LFS batch protocol (basic transfer) and its storage.

https://github.com/git-lfs/git-lfs/blob/main/docs/api/batch.md
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from tornado.web import stream_request_body

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import (
    RefusalError,
    bad_request,
    entry_not_found,
    forbidden,
    not_spoken,
)
from huggingnersc_lab.sandbox.signed import StorageAddress
from huggingnersc_lab.sandbox.storage.large import Pointer, Upload, is_oid
from huggingnersc_lab.sandbox.storage.repositories import Repository

from .contents import Content, set_large_headers

_LFS_JSON = "application/vnd.git-lfs+json"
_MAX_UPLOAD = 1 << 40


class LfsBatch(Endpoint):
    """``POST /datasets/ID.git/info/lfs/objects/batch``."""

    def post(self, repo_id: str) -> None:
        """Where to upload each content (nothing if it is already here), or where to download it."""
        body = self.json_body()
        if body.get("operation") == "download":
            self._tell_where(self.readable(repo_id), body)
            return
        self.visible(repo_id)
        if body.get("operation") != "upload":
            raise not_spoken(f"LFS batch with operation {body.get('operation')!r}")
        self.hub.permissions.check_discuss(self.account)  # needed to open a pull request with such files
        objects = []
        for oid, size in _announced(body):
            entry: dict[str, Any] = {"oid": oid, "size": size, "authenticated": True}
            if self.hub.large_files.size(oid) != size:
                address = StorageAddress("PUT", oid, size).path(self.hub.tokens)
                verify = f"{self.repo_url(repo_id)}.git/info/lfs/objects/verify"
                entry["actions"] = {
                    "upload": {"href": self.endpoint + address},
                    "verify": {"href": verify},
                }
            objects.append(entry)
        self._answer(objects)

    def _tell_where(self, repository: Repository, body: dict[str, Any]) -> None:
        """Where to download each content that a pointer in this dataset names; others are not given away."""
        named = repository.git.pointers()
        objects = []
        for oid, size in _announced(body):
            entry: dict[str, Any] = {"oid": oid, "size": size}
            if Pointer(oid, size) in named and self.hub.large_files.size(oid) == size:
                address = StorageAddress("GET", oid, size).path(self.hub.tokens)
                entry |= {"authenticated": True, "actions": {"download": {"href": self.endpoint + address}}}
            else:
                entry["error"] = {"code": 404, "message": "This dataset has no such LFS object"}
            objects.append(entry)
        self._answer(objects)

    def _answer(self, objects: list[dict[str, Any]]) -> None:
        answer = {"transfer": "basic", "objects": objects, "hash_algo": "sha256"}
        self.send(json.dumps(answer).encode(), _LFS_JSON)


def _announced(body: dict[str, Any]) -> list[tuple[str, int]]:
    objects = body.get("objects")
    if not isinstance(objects, list) or not all(isinstance(item, dict) for item in objects):
        raise bad_request('"objects" must be an array of objects')
    for item in objects:
        size = item.get("size")
        if not is_oid(item.get("oid")) or not isinstance(size, int) or size < 0:
            raise bad_request("Each object needs a sha256 as oid and a size")
    return [(item["oid"], item["size"]) for item in objects]


class LfsVerify(Endpoint):
    """``POST /datasets/ID.git/info/lfs/objects/verify``."""

    def post(self, repo_id: str) -> None:
        """Whether an upload has arrived."""
        self.visible(repo_id)
        body = self.json_body()
        if not is_oid(body.get("oid")) or self.hub.large_files.size(body["oid"]) != body.get("size"):
            raise entry_not_found("This LFS object has not been uploaded")
        self.reply({})


@stream_request_body
class Storage(Content):
    """``PUT``, ``GET`` and ``HEAD /storage/OID`` with a signed query."""

    address: StorageAddress
    upload: Upload | None = None

    async def prepare(self) -> None:
        """Checks the signature before the body is read."""
        await super().prepare()
        if self._finished:
            return
        method = "GET" if self.request.method == "HEAD" else self.request.method or ""
        self.address = StorageAddress(
            method,
            self.path_args[0],
            self.number("size", 0),
            self.get_query_argument("commit", ""),
            self.get_query_argument("name", ""),
        )
        if not self.address.is_signed_by(self.hub.tokens, self.get_query_argument("signature", "")):
            raise forbidden("This storage address has a wrong signature")
        if method == "PUT":
            self.request.connection.set_max_body_size(_MAX_UPLOAD)  # type: ignore[union-attr]
            self.upload = self.hub.large_files.receive(self.address.oid, self.address.size)

    def data_received(self, chunk: bytes) -> None:
        """Receives a piece of the body."""
        if self.upload is not None:
            self.upload.write(chunk)

    def on_connection_close(self) -> None:
        """Drops an upload whose connection was closed."""
        super().on_connection_close()
        self._drop_upload()

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """Drops the upload if anything goes wrong."""
        self._drop_upload()
        super().send_error(status_code, **kwargs)

    def _drop_upload(self) -> None:
        if self.upload is not None:
            self.upload.abort()
            self.upload = None

    def put(self, _oid: str) -> None:
        """Stores a content."""
        upload, self.upload = self.upload, None
        if upload is not None:
            upload.finish()
        self.reply()

    async def get(self, oid: str) -> None:
        """Sends a content."""
        size = self.hub.large_files.size(oid)
        if size is None:
            raise RefusalError(404, "This LFS object is not stored here")
        set_large_headers(self, self.address.commit, oid, size)
        name = quote(self.address.name, safe="")
        self.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{name}")
        await self.send_file(self.hub.large_files.path(oid), size, oid)

    head = get
