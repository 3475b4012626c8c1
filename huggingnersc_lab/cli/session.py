"""What all commands share: the program's options, the catalog they select, and error handling.

The options are accepted before and after the command; :func:`everywhere` adds them to a command.
"""

from __future__ import annotations

import inspect
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_type_hints

import typer

from huggingnersc_lab.cli.problem import report
from huggingnersc_lab.cli.terminal.output import Output
from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from types import FrameType

    from huggingnersc_lab.catalog import Catalog
    from huggingnersc_lab.catalog.publish.change import OnConflict
    from huggingnersc_lab.sites import Site
    from huggingnersc_lab.workspace.site_choice import SiteChoice
    from huggingnersc_lab.workspace.workspace import Workspace

T = TypeVar("T")

_PANEL = "Global options"
FLAG = " "
"""Metavar of an option without a value: its help shows no type."""


@dataclass
class Options:
    """The program's global options, as given."""

    site: Annotated[
        str | None,
        typer.Option(
            "--site", metavar="NAME|FILE", help="Centre: nersc, mila, sandbox or a TOML file.", rich_help_panel=_PANEL
        ),
    ] = None
    catalog_root: Annotated[
        str | None,
        typer.Option("--catalog-root", metavar="DIR", help="Folder that holds the catalog.", rich_help_panel=_PANEL),
    ] = None
    hub_url: Annotated[
        str | None,
        typer.Option("--hub-url", metavar="URL", help="URL of the Hub, or 'practice'.", rich_help_panel=_PANEL),
    ] = None
    organization: Annotated[
        str | None,
        typer.Option("--organization", metavar="ORG", help="Organization on the Hub.", rich_help_panel=_PANEL),
    ] = None
    as_json: Annotated[
        bool, typer.Option("--json", metavar=FLAG, help="Print results and errors as JSON.", rich_help_panel=_PANEL)
    ] = False

    def over(self, outer: Options | None) -> Options:
        """These options, completed with those given before the command."""
        if outer is None:
            return self
        return Options(**{item.name: getattr(self, item.name) or getattr(outer, item.name) for item in fields(self)})


class Session:
    """One run of a command."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.output = Output(as_json=options.as_json)

    @cached_property
    def site(self) -> Site:
        """The selected site; the output says so if it is the practice site."""
        from huggingnersc_lab.sites import load_site

        options = self.options
        site = load_site(
            options.site,
            catalog_root=options.catalog_root,
            hub_url=options.hub_url,
            organization=options.organization,
        )
        self.output.announce(site)
        return site

    def choose_site(self) -> None:
        """Load the site now, so that its banner is printed before any other output."""
        self.site  # noqa: B018

    @cached_property
    def catalog(self) -> Catalog:
        """The site's catalog."""
        from huggingnersc_lab.catalog import Catalog

        return Catalog(self.site)

    @cached_property
    def choice(self) -> SiteChoice:
        """The selected site, for a process that runs elsewhere: all paths are absolute."""
        from huggingnersc_lab.sites import SHIPPED
        from huggingnersc_lab.workspace.site_choice import SiteChoice

        named = self.options.site or os.environ.get("HUGGINGNERSC_SITE")
        if named and named not in SHIPPED:
            named = str(Path(named).expanduser().absolute())
        site = self.site
        root = None if site.catalog_root is None else str(site.catalog_root)
        return SiteChoice(named, root, site.hub_url, site.organization)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace for starting jobs. Stops this process's practice Hub, so that a job can serve it."""
        from huggingnersc_lab.account.connection import disconnect
        from huggingnersc_lab.workspace.tasks import kinds
        from huggingnersc_lab.workspace.workspace import Workspace

        disconnect()
        return Workspace.open(self.choice, None, kinds=kinds())

    def confirm(self, question: str, *, yes: bool) -> None:
        """Ask for confirmation before sending something to a real Hub; not in scripts or on the practice site."""
        if not yes and not self.site.is_practice and _has_person():
            _ask(question)

    def agree(self, question: str, *, is_final: bool, agreed: int) -> None:
        """Ask before something is sent to another service, on the practice site, too.

        Args:
            question: what to ask.
            is_final: whether it cannot be undone, so that it is asked twice.
            agreed: how many of the questions were answered by options.
        """
        questions = [question, "This cannot be undone. Go on?"][: 1 + is_final]
        if agreed >= len(questions):
            return
        if not _has_person():
            needed = "--yes --final" if is_final else "--yes"
            detail = f"{question} Nobody could be asked, so nothing was sent: add {needed} to agree."
            raise CatalogError("conflict", detail)
        for text in questions[agreed:]:
            _ask(text)

    def with_repository(self, do: Callable[[str | None], T], repo_id: str | None) -> T:
        """Run an operation that changes a repository, asking for confirmation if its record does not name the entry.

        Args:
            do: takes the full name of the repository that the user confirmed.
            repo_id: that name, if given as an option.
        """
        from huggingnersc_lab.catalog.publish.repository import UNCONFIRMED

        try:
            return do(repo_id)
        except CatalogError as err:
            named = next((field.detail for field in err.fields if field.code == UNCONFIRMED), None)
            if named is None:
                raise
            if not _has_person():
                raise CatalogError(err.code, f"{err.detail} Add --repo-id {named}.", err.fields) from err
            self.output.note(err.detail)
            _ask(f"Change {named} anyway?")
            return do(named)

    def with_card(self, do: Callable[[OnConflict], T], on_conflict: OnConflict) -> T:
        """Run an operation that changes a card, asking what to do about conflicting changes.

        Args:
            do: takes what to do with the conflicting parts.
            on_conflict: that, if given as an option.
        """
        from huggingnersc_lab.catalog.publish.update import CARD_CONFLICT

        try:
            return do(on_conflict)
        except CatalogError as err:
            if not _has_person() or all(field.code != CARD_CONFLICT for field in err.fields):
                raise
            self.output.note(err.detail)
            return do(_keep_or_replace())


def _has_person() -> bool:
    """Whether there is somebody to ask."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _keep_or_replace() -> OnConflict:
    """Ask what to do with parts of the card that were also changed by others."""
    answer = ""
    while answer not in ("keep", "replace"):
        try:
            answer = typer.prompt("Keep what is on the Hub, or replace it? [keep/replace]", err=True).strip().lower()
        except typer.Abort:  # Ctrl-C or Ctrl-D instead of an answer
            raise KeyboardInterrupt("Stopped. Nothing was changed.") from None
    return "keep" if answer == "keep" else "replace"


def _ask(question: str) -> None:
    """Continue only if the answer is yes."""
    try:
        agreed = typer.confirm(question, err=True)
    except typer.Abort:  # Ctrl-C or Ctrl-D instead of an answer
        agreed = False
    if not agreed:
        raise KeyboardInterrupt("Stopped. Nothing was changed.")


def everywhere(command: Callable[..., None], *, needs_site: bool = True) -> Callable[..., None]:
    """Turn a command that takes a :class:`Session` first into one that also takes the program's global options.

    Args:
        command: the command.
        needs_site: whether the site is loaded, and its banner printed, before it runs.
    """

    def run(ctx: typer.Context, **values: Any) -> None:
        given = Options(**{item.name: values.pop(item.name) for item in fields(Options)})
        session = Session(given.over(ctx.find_root().obj))
        signal.signal(signal.SIGTERM, _interrupt)
        with report(session.output):
            if needs_site:
                session.choose_site()
            command(session, **values)

    hints = get_type_hints(command, include_extras=True)
    own = list(inspect.signature(command).parameters.values())[1:]
    run.__name__ = command.__name__
    run.__doc__ = command.__doc__
    return with_options(run, [parameter.replace(annotation=hints[parameter.name]) for parameter in own])


def with_options(function: Callable[..., None], own: list[inspect.Parameter]) -> Callable[..., None]:
    """Give a function of a context and keywords the signature that typer reads: ``own`` and the global parameters."""
    shared = get_type_hints(Options, include_extras=True)
    parameters = [
        inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
        *own,
        *(
            inspect.Parameter(
                item.name, inspect.Parameter.KEYWORD_ONLY, default=item.default, annotation=shared[item.name]
            )
            for item in fields(Options)
        ),
    ]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return function


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    """Treat SIGTERM (from a batch system, say) like Ctrl-C: undo the steps already done."""
    raise KeyboardInterrupt
