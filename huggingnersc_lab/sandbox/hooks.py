"""Where a program may step into the practice Hub's requests and answers; by itself nothing does.

It is for tests of clients: a subclass of :class:`Hooks` given to :class:`huggingnersc_lab.sandbox.PracticeHub` can be
slow, drop a connection, log requests or add odd rows to a list, and serve addresses of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .endpoint import Endpoint

Route = tuple[str, type["Endpoint"]]
"""A regular expression over the path, and what answers there."""


class Hooks:
    """The practice Hub as it is; each method is called from the server's event loop."""

    def routes(self) -> Sequence[Route]:
        """Further addresses."""
        return ()

    async def before(self, endpoint: Endpoint) -> None:
        """A request has arrived and nothing of it was looked at.

        May answer it (``endpoint.drop_connection()``, ``endpoint.reply(…)``), which ends it, or raise a
        :class:`huggingnersc_lab.sandbox.refusals.RefusalError`.
        """

    def takes_whole(self, endpoint: Endpoint) -> bool:  # noqa: ARG002
        """Whether :meth:`answer` is to be given a large file in one piece, too, which is sent in many else."""
        return False

    def answer(self, endpoint: Endpoint, body: bytes, content_type: str) -> None:
        """An answer is ready; status and headers are set. Sends it."""
        endpoint.finish_with(body, content_type)

    def answered(self, endpoint: Endpoint, status: int) -> None:
        """An answer begins to be sent; ``status`` is 0 where the connection is closed instead."""

    def rows(self, rows: list[Any]) -> list[Any]:
        """What the list of datasets holds, before it is cut into pages."""
        return rows
