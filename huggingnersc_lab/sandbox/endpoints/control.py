"""An endpoint that no real Hub has: which instance this is."""

from __future__ import annotations

from huggingnersc_lab.sandbox.endpoint import Endpoint


class Instance(Endpoint):
    """``GET /practice/instance``: identifies the running server of a storage folder."""

    def get(self) -> None:
        """The instance id and the organization."""
        self.reply({"instance": self.hub.instance, "organization": self.hub.organization})
