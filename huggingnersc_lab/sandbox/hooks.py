"""Hooks into the practice Hub's requests and responses, which by default do nothing.

For tests of clients: a subclass of :class:`Hooks` passed to :class:`huggingnersc_lab.sandbox.PracticeHub` can add
delays, drop connections, log requests, add odd rows to a list, and serve its own paths.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .endpoint import Endpoint

Route = tuple[str, type["Endpoint"]]
"""A regular expression for the path, and its handler."""


class Hooks:
    """The default hooks; all methods are called from the server's event loop."""

    def routes(self) -> Sequence[Route]:
        """Further addresses."""
        return ()

    async def before(self, endpoint: Endpoint) -> None:
        """Called when a request has arrived, before it is processed.

        May respond to it (``endpoint.drop_connection()``, ``endpoint.reply(…)``), which ends it, or raise a
        :class:`huggingnersc_lab.sandbox.refusals.RefusalError`.
        """

    def takes_whole(self, endpoint: Endpoint) -> bool:  # noqa: ARG002
        """Whether :meth:`answer` also gets a large file as a whole, which is otherwise sent in pieces."""
        return False

    def answer(self, endpoint: Endpoint, body: bytes, content_type: str) -> None:
        """Called to send a response, whose status and headers are set."""
        endpoint.finish_with(body, content_type)

    def answered(self, endpoint: Endpoint, status: int) -> None:
        """Called when a response starts to be sent; ``status`` is 0 if the connection is closed instead."""

    def rows(self, rows: list[Any]) -> list[Any]:
        """The rows of the list of datasets, before it is split into pages."""
        return rows
