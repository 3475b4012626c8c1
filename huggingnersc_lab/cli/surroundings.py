"""Commands about the setup: what works, and which values are allowed."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Annotated

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import table
from huggingnersc_lab.errors import CatalogError


def doctor(session: Session) -> None:
    """Check site, folders, Hub, token, role, Slurm and versions, and say how to fix what does not work."""
    from huggingnersc_lab.catalog.doctor import examine

    checks = list(examine(session.catalog))
    session.output.checks(
        {"checks": [vars(check) for check in checks]},
        [(check.verdict, f"{check.name}: {check.detail}", check.advice) for check in checks],
    )
    if any(check.verdict == "failed" for check in checks):
        raise typer.Exit(1)


def vocabulary(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="LIST", help="licenses, task_categories, languages, domains, formats, …")
    ] = None,
    words: Annotated[str, typer.Argument(metavar="TEXT", help="Only terms that contain this.")] = "",
    refresh: Annotated[bool, typer.Option("--refresh", metavar=FLAG, help="Fetch new terms from the Hub.")] = False,
) -> None:
    """List the allowed values of record fields: licences, tasks, languages, sizes, tags."""
    from huggingnersc_lab.record.vocabulary import LISTS

    terms = session.catalog.refresh_vocabulary() if refresh else session.catalog.vocabulary
    if refresh:
        added = sum(map(len, terms.added.values()))
        new = f"{added or 'no'} term{'s' * (added != 1)}"
        session.output.note(f"Asked {session.catalog.hub.url}: {new} in addition to the built-in ones.")
    if name is None:
        rows = [(item, str(len(terms.ids(item)))) for item in LISTS]
        session.output.answer({"lists": {item: len(terms.ids(item)) for item in LISTS}}, table(rows, ("LIST", "TERMS")))
        return
    if name not in LISTS:
        near = get_close_matches(name, LISTS, n=1)
        hint = f" Did you mean '{near[0]}'?" if near else ""
        raise CatalogError("not_found", f"There is no list '{name}'.{hint} Available: {', '.join(LISTS)}.")
    needle = words.casefold()
    found = [term for term in terms.terms(name) if needle in term.id.casefold() or needle in term.label.casefold()]
    session.output.answer(
        {"list": name, "terms": [term.to_dict() for term in found]},
        table([(term.id, term.label) for term in found], ("VALUE", "MEANING"), shorten="MEANING")
        if found
        else f"No term in '{name}' contains '{words}'.",
    )
