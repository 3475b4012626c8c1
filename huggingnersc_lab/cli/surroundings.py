"""Commands about the surroundings: what works here, and which words there are."""

from __future__ import annotations

from typing import Annotated

import typer

from huggingnersc_lab.cli.output import table
from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.errors import CatalogError

_MARKS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "failed": ("✗", "red")}


def doctor(session: Session) -> None:
    """Look at site, folders, Hub, token, role and versions, and say what to do about what does not work."""
    from huggingnersc_lab.catalog.doctor import examine

    checks = list(examine(session.catalog))
    lines = []
    for check in checks:
        mark, colour = _MARKS[check.verdict]
        lines.append(f"{typer.style(mark, fg=colour)} {check.name}: {check.detail}")
        if check.advice:
            lines.append(f"    {check.advice}")
    session.output.answer({"checks": [vars(check) for check in checks]}, "\n".join(lines))
    if any(check.verdict == "failed" for check in checks):
        raise typer.Exit(1)


def vocabulary(
    session: Session,
    name: Annotated[
        str | None, typer.Argument(metavar="[LIST]", help="licenses, task_categories, languages, domains, formats, …")
    ] = None,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help="Only terms that have this in them.")] = "",
    refresh: Annotated[bool, typer.Option("--refresh", help="Ask the Hub for terms that are new there.")] = False,
) -> None:
    """List the values that a record may have: licences, tasks, languages, sizes, tags."""
    from platformdirs import user_cache_path

    from huggingnersc_lab.record.vocabulary import LISTS, load_vocabulary

    folder = user_cache_path("huggingnersc")
    terms = load_vocabulary(folder)
    if refresh:
        terms = terms.with_hub_tags(session.catalog.hub.tags_by_type(), source=session.catalog.hub.url)
        terms.save(folder)
    if name is None:
        rows = [(item, str(len(terms.ids(item)))) for item in LISTS]
        session.output.answer({"lists": {item: len(terms.ids(item)) for item in LISTS}}, table(rows, ("LIST", "TERMS")))
        return
    if name not in LISTS:
        raise CatalogError("not_found", f"There is no list '{name}'. There are: {', '.join(LISTS)}.")
    needle = words.casefold()
    found = [term for term in terms.terms(name) if needle in term.id.casefold() or needle in term.label.casefold()]
    session.output.answer(
        {"list": name, "terms": [term.to_dict() for term in found]},
        table([(term.id, term.label) for term in found], ("VALUE", "MEANING")),
    )
