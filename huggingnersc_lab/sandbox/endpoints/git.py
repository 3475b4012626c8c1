"""``git clone`` and ``git fetch`` over HTTP: git's "smart" protocol, implemented with dulwich.

https://git-scm.com/docs/http-protocol. ``git push`` is not supported: commits follow the rules of the Hub's API.
"""

from __future__ import annotations

import asyncio
import zlib
from http import HTTPStatus
from io import BytesIO
from pathlib import Path

from dulwich.protocol import ReceivableProtocol
from dulwich.repo import Repo
from dulwich.server import BackendRepo, DictBackend, UploadPackHandler

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.refusals import RefusalError, bad_request, not_spoken

_SERVICE = "git-upload-pack"
_MAX_REQUEST = 1 << 26


class _Git(Endpoint):
    """Base of git's endpoints."""

    def refuse(self, error: RefusalError) -> None:
        """Responds with an error; git asks for a password only for this kind of response."""
        if error.status == HTTPStatus.UNAUTHORIZED:
            self.set_header("WWW-Authenticate", 'Basic realm="Practice Hub"')
        super().refuse(error)

    async def serve(self, repo_id: str, request: bytes, *, advertise: bool) -> bytes:
        """The response of git's server side to `request`."""
        folder = self.readable(repo_id).folder
        try:
            return await asyncio.to_thread(_upload_pack, folder, request, advertise=advertise)
        except Exception as error:  # noqa: BLE001 - dulwich raises this and that for what git would never send
            raise bad_request(f"git's request cannot be processed: {type(error).__name__}") from None


class InfoRefs(_Git):
    """``GET /datasets/ID[.git]/info/refs?service=git-upload-pack``."""

    async def get(self, repo_id: str) -> None:
        """All refs, the first step of git's protocol."""
        service = self.get_query_argument("service", "")
        if service != _SERVICE:
            raise not_spoken(f"git with {service or 'the dumb protocol'} (clone and fetch only)")
        answer = await self.serve(repo_id, b"", advertise=True)
        self.send(answer, f"application/x-{_SERVICE}-advertisement")


class UploadPack(_Git):
    """``POST /datasets/ID[.git]/git-upload-pack``."""

    async def post(self, repo_id: str) -> None:
        """The objects that the client lacks."""
        body = self.request.body
        if self.request.headers.get("Content-Encoding") == "gzip":
            body = _unzip(body)
        self.send(await self.serve(repo_id, body, advertise=False), f"application/x-{_SERVICE}-result")


def _unzip(body: bytes) -> bytes:
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        content = unzip.decompress(body, _MAX_REQUEST)
    except zlib.error:
        raise bad_request("The body is not gzip-encoded") from None
    if unzip.unconsumed_tail or not unzip.eof:
        raise bad_request("The body is truncated or too long")
    return content


def _upload_pack(folder: Path, request: bytes, *, advertise: bool) -> bytes:
    output = BytesIO()
    protocol = ReceivableProtocol(BytesIO(request).read, output.write)
    with Repo(str(folder)) as repo:
        if advertise:
            protocol.write_pkt_line(f"# service={_SERVICE}\n".encode())
            protocol.write_pkt_line(None)
        repos: dict[str, BackendRepo] = {"/": repo}
        UploadPackHandler(DictBackend(repos), ["/"], protocol, stateless_rpc=True, advertise_refs=advertise).handle()
    return output.getvalue()
