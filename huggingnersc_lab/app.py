"""The Jupyter Server extension: its settings and its routes."""

from __future__ import annotations

import asyncio
from functools import cached_property
from typing import TYPE_CHECKING

from jupyter_server.extension.application import ExtensionApp
from traitlets import Unicode

from huggingnersc_lab.rest import ROUTES

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

    from huggingnersc_lab.catalog import Catalog


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

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog that the traits and the environment choose."""
        from huggingnersc_lab.catalog import Catalog
        from huggingnersc_lab.sites import load_site

        site = load_site(
            self.site or None,
            catalog_root=self.catalog_root or None,
            hub_url=self.hub_url or None,
            organization=self.organization or None,
        )
        return Catalog(site)

    async def _start_jupyter_server_extension(self, _serverapp: ServerApp) -> None:
        """Serve the practice Hub while the server runs, where it is the site's, so that links to it work."""
        await asyncio.to_thread(self._serve_practice_hub)

    def _serve_practice_hub(self) -> None:
        from huggingnersc_lab.errors import CatalogError

        try:
            if self.catalog.site.is_practice:
                self.log.info("The practice Hub is at %s", self.catalog.hub.url)
        except CatalogError as err:
            self.log.warning("No practice Hub: %s", err.detail)

    async def stop_extension(self) -> None:
        """Stop the practice Hub, if it was started here."""
        from huggingnersc_lab.catalog.connection import disconnect

        await asyncio.to_thread(disconnect)

    def initialize_handlers(self) -> None:
        """Hand the routes to the server."""
        self.handlers.extend(ROUTES)
