"""``keys``: the person's keys for other services, which go in and never out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.channels import Keys


class KeysHandler(ResourceHandler):
    """GET which keys there are."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Answer ``{keys}``."""
        self.answer(await self.services.run(lambda _: _listed(_keys())))


class KeyHandler(ResourceHandler):
    """PUT and DELETE a key."""

    @authenticated
    @authorized
    async def put(self, name: str) -> None:
        """Save it, and answer ``{keys}``."""
        value = self.members(key=text(required=True))["key"]
        self.answer(await self.services.run(lambda _: _save(_keys(), name, value)))

    @authenticated
    @authorized
    async def delete(self, name: str) -> None:
        """Remove it, and answer ``{keys}``."""
        self.answer(await self.services.run(lambda _: _forget(_keys(), name)))


def _keys() -> Keys:
    from huggingnersc_lab.workspace.shares import keys_of

    return keys_of()


def _save(keys: Keys, name: str, value: str) -> dict[str, Any]:
    keys.save(name, value)
    return _listed(keys)


def _forget(keys: Keys, name: str) -> dict[str, Any]:
    keys.forget(name)
    return _listed(keys)


def _listed(keys: Keys) -> dict[str, Any]:
    listed = []
    for key in keys.known.values():
        source = keys.source(key.name)
        shown = {"name": key.name, "title": key.title, "help_url": key.help_url, "has_user": key.has_user}
        listed.append(shown | ({} if source is None else {"source": source}))
    return {"keys": listed}
