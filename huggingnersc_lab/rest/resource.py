"""What every handler of the REST interface is."""

from __future__ import annotations

from jupyter_server.base.handlers import APIHandler
from jupyter_server.extension.handler import ExtensionHandlerMixin


class ResourceHandler(ExtensionHandlerMixin, APIHandler):
    """A JSON handler that Jupyter's authorizers know as the resource ``huggingnersc_lab``."""

    auth_resource = "huggingnersc_lab"
