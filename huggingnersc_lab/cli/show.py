"""Commands that show a dataset to readers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.browse import COLUMNS, ask_hub, row_of, shown_facts
from huggingnersc_lab.cli.open import open_dataset
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts, fill, printable, table, terminal_width
from huggingnersc_lab.errors import CatalogError

__all__ = ["open_dataset", "show_dataset"]

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Inspection
    from huggingnersc_lab.catalog.history.diff import MemberChange
    from huggingnersc_lab.catalog.history.versions import Version
    from huggingnersc_lab.index.page import Hit
    from huggingnersc_lab.sites import Site

CATALOG_SECONDS = 3.0
"""How long the page waits for an update of the index, to list related datasets."""

BEGINNING = 1500
"""How many characters of a description are shown."""


def show_dataset(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to show.")],
    card: Annotated[bool, typer.Option("--card", metavar=FLAG, help="Also show its card.")] = False,
    versions: Annotated[
        bool, typer.Option("--versions", metavar=FLAG, help="Show its versions on the Hub and their changes.")
    ] = False,
) -> None:
    """Show how to use a dataset: what it is, where it is, how to load and cite it."""
    from huggingnersc_lab.render.entry_files import CARD_FILE

    catalog = session.catalog
    try:
        found = catalog.inspect(nickname)
    except CatalogError as err:
        if err.code != "not_found":
            raise
        _show_repository(session, nickname, err, card=card)
        return
    history = catalog.versions(nickname) if versions else None
    content = catalog.store.read_file(nickname, CARD_FILE) if card else None
    text = None if content is None else content.decode("utf-8", "replace")
    related = catalog.finder.related(found.record, patience=CATALOG_SECONDS)
    data: dict[str, Any] = {
        "record": found.record.to_dict(),
        "folder": str(found.folder),
        "repo_url": found.repo_url,
        "lab_link": found.lab_link,
        "notebook": str(found.notebook) if found.notebook else None,
        "notebook_link": found.notebook_link,
        "access": vars(found.access) if found.access else None,
        "related": [dict(hit.summary) for hit in related],
        **({"card": text} if card else {}),
        **({} if history is None else {"versions": [version.to_dict() for version in history]}),
    }
    parts = [
        fill(printable(f"{found.record.pretty_name} ({found.record.name})"), terminal_width(sys.stdout)),
        _description(found.record.description),
        _facts(found, session.site),
        _use(found),
        _section("Versions", None if history is None else _versions(history)),
        _section("Related", _related(related)),
        _section("Card", None if not card else (text or "It has no card.").strip()),
    ]
    session.output.answer(data, "\n\n".join(filter(None, parts)))


def _show_repository(session: Session, name: str, missing: CatalogError, *, card: bool) -> None:
    """Show a dataset that is on the Hub but not in the catalog; ``missing`` is the error from the catalog."""
    ask_hub(session)
    organization = session.site.organization
    if f"{organization}/{name}".lower() not in session.catalog.sources.listing.known().by_id:
        detail = f"{missing.detail} {organization} has no '{name[:96]}' on the Hub either."
        raise CatalogError("not_found", detail)
    found = session.catalog.repository(name)
    dataset = found.repository.dataset
    data = {**dataset.to_dict(), "source": "hub", "repo_url": found.url, **({"card": found.card} if card else {})}
    shown = facts(
        [
            ("Licence", dataset.license),
            ("Size", ", ".join(dataset.size_categories)),
            ("Tasks", ", ".join(dataset.task_categories)),
            ("Languages", ", ".join(dataset.language)),
            ("Tags", ", ".join(dataset.tags)),
            ("On the Hub", found.url),
            ("To load it", f'load_dataset("{dataset.repo_id}") from the package datasets'),
            ("Updated", dataset.updated_at),
        ]
    )
    title = fill(printable(f"{dataset.pretty_name or name} ({name})"), terminal_width(sys.stdout))
    text = _section("Card", None if not card else (found.card or "It has no card.").strip())
    session.output.note(f"It is only on the Hub. {missing.detail}")
    session.output.answer(data, "\n\n".join(filter(None, [title, _description(dataset.description), shown, text])))


def _section(heading: str, text: str | None) -> str | None:
    return f"{heading}\n{text}" if text else None


def _description(text: str | None) -> str | None:
    if not text or len(text) <= BEGINNING:
        return text and fill(printable(text).strip(), terminal_width(sys.stdout))
    beginning = text[:BEGINNING].rsplit(None, 1)[0]
    return fill(f"{printable(beginning)} … (--card shows all of it)", terminal_width(sys.stdout))


def _facts(found: Inspection, site: Site) -> str:
    record = found.record
    practice = " (practice Hub)" * site.is_practice
    on_the_hub = found.repo_url or (f"{record.repo_id}{practice}" if record.repo_id and record.revision else None)
    return facts(
        [
            *shown_facts(found, site, "show"),
            ("On the Hub", on_the_hub or (record.pull_request_url and f"proposed: {record.pull_request_url}")),
            ("In JupyterLab", found.lab_link),
        ]
    )


def _use(found: Inspection) -> str:
    record = found.record
    copy = f"'huggingnersc open {record.name} --notebook' copies its loader notebook to this folder"
    return facts(
        [
            ("To load it", copy if found.notebook else None),
            ("Loader", str(found.folder / record.loader) if record.loader else None),
            ("To cite it", f"'huggingnersc cite {record.name}' prints BibTeX"),
        ]
    )


def _versions(versions: Sequence[Version]) -> str:
    if not versions:
        return "It is not on the Hub."
    width = terminal_width(sys.stdout)
    lines = []
    for version in versions:
        by = f" ({', '.join(version.authors)})" if version.authors else ""
        first = f"{version.date[:10]}  {version.revision[:7]}  "
        lines.append(fill(printable(f"{version.title}{by}"), width, first=first, indent=" " * len(first)))
        lines += [fill(printable(text), width, first=" " * 12, indent=" " * 14) for text in _changes(version)]
    return "\n".join(lines)


def _changes(version: Version) -> list[str]:
    if version.files is None or version.members is None:
        return ["Its changes did not arrive in time: try again."]
    files = ", ".join(f"{item.path} {item.change}" for item in version.files)
    return [*([files] if files else []), *map(_member, version.members)]


def _member(change: MemberChange) -> str:
    if change.before is None:
        return f"{change.member} added: {change.after}"
    if change.after is None:
        return f"{change.member} removed: {change.before}"
    return f"{change.member}: {change.before or 'nothing'} → {change.after or 'nothing'}"


def _related(hits: Sequence[Hit]) -> str | None:
    return table([row_of(hit.summary) for hit in hits], COLUMNS, shorten="TITLE") if hits else None
