"""What no real Hub has: which instance this is, its faults, and what was asked of it."""

from __future__ import annotations

from dataclasses import asdict

from huggingnersc_lab.sandbox.endpoint import Endpoint
from huggingnersc_lab.sandbox.faults import is_seconds
from huggingnersc_lab.sandbox.refusals import bad_request, forbidden, unauthorized


class Instance(Endpoint):
    """``GET /practice/instance``: how others recognise the running server of a storage folder."""

    def get(self) -> None:
        """The instance id and the organization."""
        self.reply({"instance": self.hub.instance, "organization": self.hub.organization})


class _AdminOnly(Endpoint):
    async def prepare(self) -> None:
        """Refuses everyone but the admin."""
        await super().prepare()
        if self.account is None:
            raise unauthorized("This needs the practice Hub's admin token")
        if self.account.role != "admin":
            raise forbidden("This needs the practice Hub's admin token")


class FaultSwitches(_AdminOnly):
    """``GET``, ``POST`` and ``DELETE /practice/faults``."""

    def get(self) -> None:
        """Which faults are switched on."""
        self.reply({"faults": self.hub.faults.to_list(), "latency": self.hub.faults.latency})

    def post(self) -> None:
        """Switches a fault on (``{"kind": …, "path": …}``) or sets ``{"latency": seconds}``."""
        body = self.json_body()
        latency = body.pop("latency", None)
        if latency is not None:
            if not is_seconds(latency):
                raise bad_request("latency must be a number of seconds, at most an hour")
            self.hub.faults.latency = float(latency)
        if body:
            try:
                self.hub.faults.add(body.pop("kind", None), **body)
            except ValueError as error:
                raise bad_request(str(error)) from None
        self.get()

    def delete(self) -> None:
        """Switches all faults and the latency off."""
        self.hub.faults.clear()
        self.get()


class RequestLogEndpoint(_AdminOnly):
    """``GET`` and ``DELETE /practice/requests``."""

    def get(self) -> None:
        """The requests so far, without those to ``/practice/``."""
        self.reply([asdict(request) for request in self.hub.requests.to_list()])

    def delete(self) -> None:
        """Forgets them."""
        self.hub.requests.clear()
        self.reply([])
