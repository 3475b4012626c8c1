"""The practice Hub: a small local server that speaks the Hugging Face Hub protocol.

The real ``huggingface_hub`` runs against it unchanged, with no account and no network::

    connection = connect(Path("~/.local/share/practice-hub").expanduser())
    api = HfApi(endpoint=connection.url, token=connection.token)
    api.create_repo("NERSC/iris", repo_type="dataset")

Importing this package is cheap: the server's libraries are imported when a name below is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .server import PracticeHub
    from .service import Connection, connect, serve, tokens

__all__ = ["Connection", "PracticeHub", "connect", "serve", "tokens"]

_HOMES = {
    "Connection": ".service",
    "PracticeHub": ".server",
    "connect": ".service",
    "serve": ".service",
    "tokens": ".service",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name], __name__), name)
