"""The Jupyter Server extension: its settings and its routes."""

from __future__ import annotations

from jupyter_server.extension.application import ExtensionApp
from traitlets import Unicode

from huggingnersc_lab.rest import ROUTES


class HuggingNERSC(ExtensionApp):
    """HuggingNERSC Lab in a Jupyter server.

    Set its traits as ``c.HuggingNERSC.…`` in a Jupyter configuration file or as
    ``--HuggingNERSC.…`` on the command line. An empty trait leaves the choice to the environment
    variable named in its help, and then to the site.
    """

    name = "huggingnersc_lab"

    site = Unicode(help="Name of a shipped site, or path of a site file. Else HUGGINGNERSC_SITE decides.").tag(
        config=True
    )
    catalog_root = Unicode(
        help="Absolute path of the shared catalog folder. Else HUGGINGNERSC_CATALOG_ROOT decides."
    ).tag(config=True)
    hub_url = Unicode(help="Address of the Hugging Face Hub to publish to. Else HF_ENDPOINT decides.").tag(config=True)
    organization = Unicode(
        help="Organization on the Hub to publish under. Else HUGGINGNERSC_ORGANIZATION decides."
    ).tag(config=True)

    def initialize_handlers(self) -> None:
        """Hand the routes to the server."""
        self.handlers.extend(ROUTES)
