"""The faults and the log over HTTP, with the admin's token: for tests that are no Python."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, cast

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.hooks import Route
from huggingnersc_lab.sandbox.refusals import bad_request, forbidden, unauthorized

if TYPE_CHECKING:
    from .hooks import FaultyHooks


class _AdminOnly(Endpoint):
    @property
    def hooks(self) -> FaultyHooks:
        return cast("FaultyHooks", self.hub.hooks)

    async def prepare(self) -> None:
        await super().prepare()
        if self.account is None:
            raise unauthorized("This needs the practice Hub's admin token")
        if self.account.role != "admin":
            raise forbidden("This needs the practice Hub's admin token")


class FaultSwitches(_AdminOnly):
    """``GET``, ``POST`` and ``DELETE /practice/faults``."""

    def get(self) -> None:
        """Which faults are switched on."""
        faults = self.hooks.faults
        self.reply({"faults": faults.to_list(), "latency": faults.latency})

    def post(self) -> None:
        """Switch a fault on (``{"kind": …, "path": …}``), or set ``{"latency": seconds}``."""
        body = self.json_body()
        latency = body.pop("latency", None)
        if latency is not None:
            if not isinstance(latency, (int, float)) or latency < 0:
                raise bad_request("latency must be a number of seconds")
            self.hooks.faults.latency = float(latency)
        if body:
            try:
                self.hooks.faults.add(body.pop("kind", None), **body)
            except ValueError as error:
                raise bad_request(str(error)) from None
        self.get()

    def delete(self) -> None:
        """Switch all faults and the latency off."""
        self.hooks.faults.clear()
        self.get()


class Requests(_AdminOnly):
    """``GET`` and ``DELETE /practice/requests``."""

    def get(self) -> None:
        """The requests so far, without those to ``/practice/``."""
        self.reply([asdict(request) for request in self.hooks.log.to_list()])

    def delete(self) -> None:
        """Forget them."""
        self.hooks.log.clear()
        self.reply([])


ROUTES: tuple[Route, ...] = ((r"/practice/faults", FaultSwitches), (r"/practice/requests", Requests))
