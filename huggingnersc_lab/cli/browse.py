"""Commands that find and show datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.layout import facts, table
from huggingnersc_lab.cli.session import FLAG, Session

if TYPE_CHECKING:
    from huggingnersc_lab.access.access import Access
    from huggingnersc_lab.catalog import Found, Inspection
    from huggingnersc_lab.index import Search
    from huggingnersc_lab.render.facts import Face
    from huggingnersc_lab.sites import Site

COLUMNS = ("NAME", "TITLE", "SIZE", "LICENCE", "WHERE", "PATH")

SOURCES = {"both": "catalog, Hub", "here": "catalog", "hub": "Hub"}
"""Where a dataset is, for people."""

_ALL = 1_000_000
"""More datasets than there are."""

HUB_SECONDS = 3.0
"""So long a search waits for a newer list of the Hub's datasets, where that is old."""


def inspect_dataset(
    session: Session, nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to look at.")]
) -> None:
    """Show everything known of a dataset: title, path, who may read it, links, files."""
    found = session.catalog.inspect(nickname)
    access = found.access
    data = {
        "record": found.record.to_dict(),
        "folder": str(found.folder),
        "files": list(found.files),
        "etag": found.etag,
        "repo_url": found.repo_url,
        "notebook": str(found.notebook) if found.notebook else None,
        "notebook_link": found.notebook_link,
        "lab_link": found.lab_link,
        "access": vars(access) if access else None,
    }
    session.output.answer(data, _described(found, session.site))


def list_datasets(session: Session) -> None:
    """List the datasets of the catalog; without a catalog, the organization's on the Hub."""
    from huggingnersc_lab.index import Search
    from huggingnersc_lab.store import BrokenEntry, StoredRecord

    catalog = session.catalog
    if session.site.catalog_root is None:
        found = _found(session, Search(sort="name", limit=_ALL))
        _listed(session, [dict(hit.summary) for hit in found.hits], "The organization has no dataset on the Hub.")
        return
    entries = list(catalog.store.entries())
    broken = [{"name": it.folder.name, "reason": it.reason} for it in entries if isinstance(it, BrokenEntry)]
    records = [it.record for it in entries if isinstance(it, StoredRecord)]
    here = set(catalog.finder.find(Search(filters={"source": ["here"]}, limit=_ALL)).names)
    listed = [{**record.to_dict(), "source": "here" if record.name in here else "both"} for record in records]
    nothing = "The catalog is empty. 'huggingnersc catalog-new-dataset' adds to it; 'huggingnersc demo' shows how."
    _listed(session, listed, nothing, broken)
    for entry in broken:
        session.output.note(f"'{entry['name']}' cannot be shown: {entry['reason']}")


class Order(str, Enum):
    """What the best hit is."""

    relevance = "relevance"
    newest = "newest"
    name = "name"
    size = "size"


def search(
    session: Session,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="Words that all have to be met; more below.")],
    sort: Annotated[Order, typer.Option(help="What comes first.")] = Order.relevance,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Show so many at most.")] = 100,
    facets: Annotated[
        bool, typer.Option("--facets", metavar=FLAG, help="Count what there is to narrow it by.")
    ] = False,
) -> None:
    """Find datasets by words, or by single fields."""
    from huggingnersc_lab.index import Search

    text = " ".join(query)
    found = _found(session, Search(f"{text} ", sort=sort.value, limit=limit))
    if found.is_cut:
        session.output.note("The query is too long: only its beginning was searched for.")
    if found.is_forgiving and found.hits:
        session.output.note(f"Nothing has '{text}' in it. These are a letter off.")
    if found.total > len(found.hits):
        session.output.note(f"{len(found.hits)} of {found.total} are shown.")
    data = {
        "records": [dict(hit.summary) for hit in found.hits],
        "total": found.total,
        "facets": found.facets,
        "is_forgiving": found.is_forgiving,
    }
    rows = [row_of(hit.summary) for hit in found.hits]
    parts = [table(rows, COLUMNS, shorten="TITLE") if rows else f"No dataset has '{text}' in it."]
    if facets and rows:
        counted = [
            (facet, ", ".join(f"{value} {n}" for value, n in values.items())) for facet, values in found.facets.items()
        ]
        parts.append(table([row for row in counted if row[1]], ("FACET", "VALUES"), shorten="VALUES"))
    session.output.answer(data, "\n\n".join(parts))


def _found(session: Session, search: Search) -> Found:
    """What fits in catalog and Hub, each as far as it can be looked at; the output says where it cannot."""
    ask_hub(session)
    found = session.catalog.search(**vars(search))
    if found.problem:
        shown = f"This is what was known on {_day(found.as_of)}." if found.as_of else "What is on the Hub is shown."
        session.output.note(f"{found.problem} {shown}")
    return found


def ask_hub(session: Session) -> None:
    """Let the list of the Hub's datasets be a fresh one, if that takes no time; the output says where it is not."""
    listing = session.catalog.sources.listing
    listing.refresh()
    listing.wait(HUB_SECONDS)
    if (problem := listing.problem()) is not None:
        as_of = listing.known().as_of
        shown = f"shown as of {_day(as_of)}" if as_of else "missing here"
        session.output.note(f"{problem} What is only on the Hub is {shown}.")


def _day(moment: float | None) -> str:
    return datetime.fromtimestamp(moment or 0, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def _listed(
    session: Session, records: Sequence[Mapping[str, Any]], nothing: str, broken: Sequence[Mapping[str, str]] = ()
) -> None:
    rows = [row_of(record) for record in records]
    text = table(rows, COLUMNS, shorten="TITLE") if rows else nothing
    session.output.answer({"records": list(records), "broken": list(broken)}, text)


def row_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """A dataset as a row of :data:`COLUMNS`."""
    sizes = ", ".join(map(str, record.get("size_categories", ())))
    return (
        str(record["name"]),
        str(record.get("pretty_name", "")),
        sizes,
        str(record.get("license", "")),
        SOURCES[record["source"]],
        str(record.get("data_path", "")),
    )


def shown_facts(found: Inspection, site: Site, face: Face) -> list[tuple[str, str | None]]:
    """What is known of a dataset and shown by a command, each with its label; whether you can read it among them."""
    from huggingnersc_lab.render.entry import cataloged
    from huggingnersc_lab.render.facts import Subject, facts_of

    rows: list[tuple[str, str | None]] = []
    for fact in facts_of(Subject(cataloged(found.record, site), folder=str(found.folder)), face):
        rows.append((fact.label, fact.to_text()))
        if fact.name == "data_path":
            rows.append(("Access", access_line(found.access, site)))
    return rows


def _described(found: Inspection, site: Site) -> str:
    record = found.record
    return facts(
        [
            ("Dataset", f"{record.pretty_name} ({record.name})"),
            ("Description", record.description),
            *shown_facts(found, site, "inspect"),
            (
                "On the Hub",
                found.repo_url or (record.repo_id and f"{record.repo_id}{' (practice Hub)' * site.is_practice}"),
            ),
            ("Files", ", ".join(found.files)),
            ("Notebook", found.notebook_link or (str(found.notebook) if found.notebook else None)),
            ("In JupyterLab", found.lab_link),
        ]
    )


def access_line(access: Access | None, site: Site) -> str | None:
    """Whether you can read the data, and what to do; None where nobody says where it is."""
    from huggingnersc_lab.access.advice import advice

    if access is None:
        return None
    where = {
        "readable": "you can open it",
        "unreadable": f"'{access.blocked_at}' is closed to you",
        "missing": f"'{access.blocked_at}' is {'no data' if access.detail else 'not there'}",
        "unknown": f"'{access.blocked_at}' could not be looked at",
    }[access.status]
    todo = advice(access, site)
    return f"{where}. {todo}" if todo else where
