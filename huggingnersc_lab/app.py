"""The Jupyter Server extension: its settings and its routes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_server.extension.application import ExtensionApp
from traitlets import Unicode

from huggingnersc_lab.rest import ROUTES
from huggingnersc_lab.rest.services import Services

if TYPE_CHECKING:
    from jupyter_server.serverapp import ServerApp

    from huggingnersc_lab.workspace.workspace import Workspace


class HuggingNERSC(ExtensionApp):
    """HuggingNERSC Lab in a Jupyter server.

    Set its traits as ``c.HuggingNERSC.…`` in a Jupyter configuration file or as
    ``--HuggingNERSC.…`` on the command line. If a trait is empty, the environment
    variable named in its help applies, then the site file.
    """

    name = "huggingnersc_lab"

    site = Unicode(help="Name of a built-in site, or path of a site file. Default: HUGGINGNERSC_SITE.").tag(config=True)
    catalog_root = Unicode(help="Absolute path of the shared catalog folder. Default: HUGGINGNERSC_CATALOG_ROOT.").tag(
        config=True
    )
    hub_url = Unicode(help="URL of the Hugging Face Hub to publish to. Default: HF_ENDPOINT.").tag(config=True)
    organization = Unicode(help="Organization on the Hub to publish under. Default: HUGGINGNERSC_ORGANIZATION.").tag(
        config=True
    )

    def initialize_settings(self) -> None:
        """Create the objects that handlers share; each is initialized when first needed."""
        self.settings["huggingnersc_lab_services"] = self.services = Services(self.open_workspace)

    def initialize_handlers(self) -> None:
        """Register the routes with the server."""
        self.handlers.extend(ROUTES)

    def open_workspace(self) -> Workspace:
        """Open the workspace selected by the traits, the environment and the server's root folder."""
        from huggingnersc_lab.workspace.site_choice import SiteChoice
        from huggingnersc_lab.workspace.tasks import kinds
        from huggingnersc_lab.workspace.workspace import Workspace

        assert self.serverapp is not None  # noqa: S101 - who asks is a handler of it
        contents = self.serverapp.contents_manager
        root = getattr(contents, "root_dir", None)  # only for contents managers that keep files on disk
        allow_hidden = bool(getattr(contents, "allow_hidden", False))
        return Workspace.open(
            SiteChoice(**self._choice()), Path(root) if root else None, kinds=kinds(), allow_hidden=allow_hidden
        )

    def _choice(self) -> dict[str, Any]:
        return {
            "site": self.site or None,
            "catalog_root": self.catalog_root or None,
            "hub_url": self.hub_url or None,
            "organization": self.organization or None,
        }

    async def _start_jupyter_server_extension(self, _serverapp: ServerApp) -> None:
        """Serve the practice Hub while the server runs, if the site uses it, so that links to it work."""
        self._beginning = asyncio.create_task(self._serve_practice_hub())

    async def _serve_practice_hub(self) -> None:
        try:
            await asyncio.to_thread(self._start_practice_hub)
        except Exception:  # the server works without it
            self.log.exception("The practice Hub did not start.")

    def _start_practice_hub(self) -> None:
        from huggingnersc_lab.errors import CatalogError
        from huggingnersc_lab.sites import load_site

        choice = self._choice()
        try:
            site = load_site(choice.pop("site"), **choice)
            if site.is_practice:  # other sites do not need to import the workspace
                self.log.info("The practice Hub is at %s", self.services.workspace().serve_practice_hub())
        except CatalogError as err:
            self.log.warning("No practice Hub: %s", err.detail)

    async def stop_extension(self) -> None:
        """Stop the practice Hub, if it was started here."""
        from huggingnersc_lab.account.connection import disconnect

        self.services.close()
        await asyncio.to_thread(disconnect)
