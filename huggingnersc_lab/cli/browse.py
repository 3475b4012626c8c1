"""Commands that find and show datasets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts, table

if TYPE_CHECKING:
    from huggingnersc_lab.access.access import Access
    from huggingnersc_lab.catalog import Found, Inspection
    from huggingnersc_lab.index import Search
    from huggingnersc_lab.render.facts import Face
    from huggingnersc_lab.sites import Site

COLUMNS = ("NAME", "TITLE", "SIZE", "LICENCE", "WHERE", "PATH")

SOURCES = {"both": "catalog, Hub", "here": "catalog", "hub": "Hub"}
"""Labels for where a dataset is."""

_ALL = 1_000_000
"""A limit above the number of datasets in any catalog."""

HUB_SECONDS = 3.0
"""How long a search waits for a newer listing of the Hub's datasets if the cached one is old."""


def inspect_dataset(
    session: Session, nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to show.")]
) -> None:
    """Show everything about a dataset: title, path, who can read it, links, files."""
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
    """List the datasets of the catalog; without a catalog, those of the organization on the Hub."""
    from huggingnersc_lab.index import Search
    from huggingnersc_lab.store import BrokenEntry, StoredRecord

    catalog = session.catalog
    if session.site.catalog_root is None:
        found = _found(session, Search(sort="name", limit=_ALL))
        _listed(session, [dict(hit.summary) for hit in found.hits], "The organization has no datasets on the Hub.")
        return
    entries = list(catalog.store.entries())
    broken = [{"name": it.folder.name, "reason": it.reason} for it in entries if isinstance(it, BrokenEntry)]
    records = [it.record for it in entries if isinstance(it, StoredRecord)]
    here = set(catalog.finder.find(Search(filters={"source": ["here"]}, limit=_ALL)).names)
    listed = [{**record.to_dict(), "source": "here" if record.name in here else "both"} for record in records]
    nothing = "The catalog is empty. Add a dataset with 'huggingnersc catalog-new-dataset', or try 'huggingnersc demo'."
    _listed(session, listed, nothing, broken)
    for entry in broken:
        session.output.note(f"'{entry['name']}' cannot be shown: {entry['reason']}")


class Order(str, Enum):
    """How hits are sorted."""

    relevance = "relevance"
    newest = "newest"
    name = "name"
    size = "size"


def search(
    session: Session,
    query: Annotated[list[str], typer.Argument(metavar="QUERY", help="Words that must all match; see below.")],
    sort: Annotated[Order, typer.Option(help="Sort order.")] = Order.relevance,
    limit: Annotated[int, typer.Option(metavar="N", min=1, max=10_000, help="Show at most N datasets.")] = 100,
    facets: Annotated[bool, typer.Option("--facets", metavar=FLAG, help="Count the values to filter by.")] = False,
) -> None:
    """Find datasets by words, or by the values of fields."""
    from huggingnersc_lab.index import Search

    text = " ".join(query)
    found = _found(session, Search(f"{text} ", sort=sort.value, limit=limit))
    if found.is_cut:
        session.output.note("The query is too long: only the beginning was used.")
    if found.is_forgiving and found.hits:
        session.output.note(f"Nothing matches '{text}' exactly. These results differ by a letter.")
    if found.total > len(found.hits):
        session.output.note(f"Showing {len(found.hits)} of {found.total}.")
    data = {
        "records": [dict(hit.summary) for hit in found.hits],
        "total": found.total,
        "facets": found.facets,
        "is_forgiving": found.is_forgiving,
    }
    rows = [row_of(hit.summary) for hit in found.hits]
    parts = [table(rows, COLUMNS, shorten="TITLE") if rows else f"No dataset matches '{text}'."]
    if facets and rows:
        counted = [
            (facet, ", ".join(f"{value} {n}" for value, n in values.items())) for facet, values in found.facets.items()
        ]
        parts.append(table([row for row in counted if row[1]], ("FACET", "VALUES"), shorten="VALUES"))
    session.output.answer(data, "\n\n".join(parts))


def _found(session: Session, search: Search) -> Found:
    """Search catalog and Hub, as far as each is available; the output says if one is not."""
    ask_hub(session)
    found = session.catalog.search(**vars(search))
    if found.problem:
        shown = f"Showing the state of {_day(found.as_of)}." if found.as_of else "Showing only what is on the Hub."
        session.output.note(f"{found.problem} {shown}")
    return found


def ask_hub(session: Session) -> None:
    """Refresh the listing of the Hub's datasets if that is quick; otherwise the output says that it is not current."""
    listing = session.catalog.sources.listing
    listing.refresh()
    listing.wait(HUB_SECONDS)
    if (problem := listing.problem()) is not None:
        as_of = listing.known().as_of
        shown = f"are shown as of {_day(as_of)}" if as_of else "are not shown"
        session.output.note(f"{problem} Datasets that are only on the Hub {shown}.")


def _day(moment: float | None) -> str:
    return datetime.fromtimestamp(moment or 0, timezone.utc).strftime("%Y-%m-%d %H:%M UTC")


def _listed(
    session: Session, records: Sequence[Mapping[str, Any]], nothing: str, broken: Sequence[Mapping[str, str]] = ()
) -> None:
    rows = [row_of(record) for record in records]
    text = table(rows, COLUMNS, shorten="TITLE") if rows else nothing
    session.output.answer({"records": list(records), "broken": list(broken)}, text)


def row_of(record: Mapping[str, Any]) -> tuple[str, ...]:
    """A dataset as a row with the columns :data:`COLUMNS`."""
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
    """The facts that a command shows about a dataset, with labels, including whether you can read it."""
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
    """Whether you can read the data, and what to do if not; None if the record names no path."""
    from huggingnersc_lab.access.advice import advice

    if access is None:
        return None
    where = {
        "readable": "you can open it",
        "unreadable": f"you have no access to '{access.blocked_at}'",
        "missing": f"'{access.blocked_at}' is {'no data' if access.detail else 'missing'}",
        "unknown": f"'{access.blocked_at}' could not be checked",
    }[access.status]
    todo = advice(access, site)
    return f"{where}. {todo}" if todo else where
