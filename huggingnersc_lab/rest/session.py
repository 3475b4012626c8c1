"""``session``: the server, its site, and the user's account on the Hub."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import authenticated

from huggingnersc_lab._version import __version__
from huggingnersc_lab.rest.body import text
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.account.sign_in import HubAnswer
    from huggingnersc_lab.sites import Site


class SessionResource(ResourceHandler):
    """Responds with the session."""

    async def answer_session(self, *, check: bool = False) -> None:
        """Respond with the session; ``check`` asks the Hub even if its last response is fresh."""
        known = await self.services.hub_answer(check=check)
        site, offered, executors = await self.services.run(
            lambda workspace: (
                workspace.catalog.site,
                workspace.code_sign_ins.is_offered,
                _executors(workspace.catalog.site),
            )
        )
        self.answer(
            {
                "version": __version__,
                "site": _site(site),
                "account": _account(known),
                "token": {"source": known.token_source, "kept": known.token_kept} if known.token_source else None,
                "hub": _hub(known),
                "device_sign_in": offered,
                "executors": executors,
                "login_node": site.is_at_login_node,
            }
        )


class SessionHandler(SessionResource):
    """GET the session of this server."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with the session; the front end compares its version with its own."""
        await self.answer_session(check=self.query(check=text("0", "1")).get("check") == "1")


class TokenHandler(SessionResource):
    """PUT and DELETE the token entered in JupyterLab."""

    @authenticated
    @authorized
    async def put(self) -> None:
        """Sign in."""
        token = self.members(token=text(required=True))["token"]
        await self.services.run_at_hub(lambda workspace: _sign_in(workspace.catalog.site, token))
        self.services.forget_answer()
        await self.answer_session()

    @authenticated
    @authorized
    async def delete(self) -> None:
        """Sign out."""
        await self.services.run(lambda workspace: _sign_out(workspace.catalog.site))
        self.services.forget_answer()
        await self.answer_session()


class DeviceHandler(SessionResource):
    """POST to sign in with a code that is entered at the Hub."""

    @authenticated
    @authorized
    async def post(self) -> None:
        """Respond with the code."""
        begun = await self.services.run_at_hub(lambda workspace: workspace.code_sign_ins.begin())
        shown = ("id", "user_code", "verification_uri", "expires_in", "interval")
        self.answer({member: getattr(begun, member) for member in shown}, HTTPStatus.CREATED)


class DeviceStateHandler(SessionResource):
    """GET the state of a sign-in by code."""

    @authenticated
    @authorized
    async def get(self, sign_in_id: str) -> None:
        """Answer ``{state}``."""
        state = await self.services.run(lambda workspace: workspace.code_sign_ins.state(sign_in_id))
        if state == "done":
            self.services.forget_answer()
        self.answer({"state": state})


def _sign_in(site: Site, token: str) -> None:
    from huggingnersc_lab.account.sign_in import sign_in

    sign_in(site, token)


def _sign_out(site: Site) -> None:
    from huggingnersc_lab.account.sign_in import sign_out

    sign_out(site)


def _site(site: Site) -> dict[str, Any]:
    data = {
        "name": site.name,
        "title": site.title,
        "practice": site.is_practice,
        "organization": site.organization,
        "hub_url": site.hub_url,
        "default_kernel": site.default_kernel,
        "catalog_root": None if site.catalog_root is None else str(site.catalog_root),
        "channels": list(site.channels),
    }
    return data | ({"jupyter_url": site.jupyter_url} if site.jupyter_url else {})


def _executors(site: Site) -> list[dict[str, Any]]:
    from huggingnersc_lab.workspace.placement import available

    return [{"name": name, "resources": resources} for name, resources in available(site).items()]


def _account(known: HubAnswer) -> dict[str, Any] | None:
    account = known.account
    if account is None:
        return None
    return {"name": account.name, "role": account.role, "may": account.may, "sentence": account.sentence()}


def _hub(known: HubAnswer) -> dict[str, Any]:
    data = {"url": known.url, "reachable": known.reachable}
    return data | ({"detail": known.detail} if known.detail else {})
