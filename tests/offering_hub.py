"""A small Hub that offers a sign-in with a code, over real HTTP (RFC 8628)."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from huggingface_hub import constants, hf_api

from huggingnersc_lab.hub import device

TOKEN = "hf_oauth_secretOfThisTest.x-Y_z"
GIVEN = "hf_secretGivenByHand"


class OfferingHub(ThreadingHTTPServer):
    """Gives codes, and for them what the person there answers."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Requests)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.answer: dict[str, Any] = {"error": "authorization_pending"}
        self.gives_codes = True
        self.codes = 0


class _Requests(BaseHTTPRequestHandler):
    server: OfferingHub

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        hub = self.server
        if self.path == "/oauth/device" and hub.gives_codes:
            hub.codes += 1
            code = {"device_code": f"d{hub.codes}", "user_code": f"ABCD-{hub.codes}", "interval": 0.05}
            self._say(200, {**code, "verification_uri": f"{hub.url}/device", "expires_in": 600})
        elif self.path == "/oauth/token" and form["device_code"] == [f"d{hub.codes}"]:
            self._say(400 if "error" in hub.answer else 200, hub.answer)
        else:
            self._say(400, {"error": "expired_token"})

    def do_GET(self) -> None:
        known = self.headers.get("Authorization") in (f"Bearer {TOKEN}", f"Bearer {GIVEN}")
        name = {"type": "user", "name": "alice", "orgs": [], "auth": {"accessToken": {"role": "write"}}}
        self._say(200 if known else 401, name if known else {"error": "Unauthorized"})

    def _say(self, status: int, answer: dict[str, Any]) -> None:
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Stay silent."""


@contextmanager
def offering_hub(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfferingHub]:
    """The Hub that huggingface_hub finds in its environment, and keeps the tokens of in a folder."""
    with OfferingHub() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(device, "OFFERING", (server.url,))
        monkeypatch.setattr(constants, "ENDPOINT", server.url)
        monkeypatch.setattr(hf_api.api, "endpoint", server.url)
        for name in ("HF_TOKEN_PATH", "HF_STORED_TOKENS_PATH"):
            monkeypatch.setattr(constants, name, str(folder / name))
        yield server
        server.shutdown()
