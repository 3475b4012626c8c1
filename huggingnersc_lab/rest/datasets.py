"""``datasets``: one list of the datasets in the catalog and on the Hub."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timezone
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from jupyter_server.auth.decorator import authorized
from tornado.web import Finish, authenticated

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.rest.access import access_of
from huggingnersc_lab.rest.body import check_members, read_number, text
from huggingnersc_lab.rest.cards import card_html
from huggingnersc_lab.rest.resource import ResourceHandler

if TYPE_CHECKING:
    from huggingnersc_lab.index.page import Hit
    from huggingnersc_lab.index.search import Search
    from huggingnersc_lab.workspace.reader import DatasetPage, Freshness
    from huggingnersc_lab.workspace.workspace import Workspace

SORTS = ("relevance", "newest", "name", "size")
MAX_LIMIT = 200
MAX_OFFSET = 1_000_000_000
MAX_AGE_SECONDS = 60


class DatasetsHandler(ResourceHandler):
    """GET the matching datasets."""

    @authenticated
    @authorized
    async def get(self) -> None:
        """Respond with a page; the times of the last checks do not affect its ETag."""
        names = ("sort", "limit", "offset", "counts", "refresh", "max_age")
        given = {name: values[-1] for name in names if (values := self.texts(name))}
        members = {"sort": text(*SORTS), "counts": text("0", "1"), "refresh": text("0", "1")}
        check_members(given, {name: members.get(name, text()) for name in names})
        window: dict[str, Any] = {
            "sort": given.get("sort", "relevance"),
            "limit": read_number("limit", given.get("limit", "100"), 1, MAX_LIMIT),
            "offset": read_number("offset", given.get("offset", "0"), 0, MAX_OFFSET),
            "counts": given.get("counts", "1") == "1",
        }
        search, refresh = _search(self, **window), given.get("refresh") == "1"
        max_age = read_number("max_age", given.get("max_age", "0"), 0, MAX_AGE_SECONDS)

        def find(workspace: Workspace) -> tuple[bytes, str]:
            if self.is_abandoned:  # while it waited: scrolling a list skips many pages
                raise Finish
            return _page(workspace, workspace.reader.datasets(search, refresh=refresh, max_age=max_age))

        content, etag = await self.services.run(find)
        self.answer(content, etag=etag)


class FacetHandler(ResourceHandler):
    """GET values of a facet."""

    @authenticated
    @authorized
    async def get(self, facet: str) -> None:
        """Respond with those that contain a text, most frequent first."""
        from huggingnersc_lab.index import FACETS

        if facet not in FACETS:
            raise CatalogError("not_found", f"There is no facet '{facet[:96]}': use one of {', '.join(FACETS)}.")
        search, part = _search(self), "".join(self.texts("contains")[-1:])
        found = await self.services.run(lambda workspace: workspace.reader.values(search, facet, part))
        self.answer({"facet": facet, "values": _counts(found.counts), "total": found.total})


def _search(handler: ResourceHandler, **window: Any) -> Search:
    """The search request in a request's arguments."""
    from huggingnersc_lab.index import FACETS, Search

    filters = {facet: values for facet in FACETS if (values := handler.texts(facet))}
    return Search("".join(handler.texts("q")[-1:]), filters, **window)


class HubDatasetHandler(ResourceHandler):
    """GET a repository of the organization."""

    @authenticated
    @authorized
    async def get(self, name: str) -> None:
        """Respond with the Hub's information on it."""
        self.answer(await self.services.run_at_hub(lambda workspace: _hub_dataset(workspace, name)))


class HubDatasetDraftsHandler(ResourceHandler):
    """POST a draft that adds the repository to the catalog."""

    @authenticated
    @authorized
    async def post(self, name: str) -> None:
        """Create it and respond with it."""
        found = await self.services.run_at_hub(lambda workspace: workspace.reader.hub_dataset(name))
        draft = await self.services.run_shared(lambda workspace: workspace.contributor.adopt(found))
        self.answer(draft.to_dict(), HTTPStatus.CREATED, etag=draft.etag)


def _hub_dataset(workspace: Workspace, name: str) -> dict[str, Any]:
    found = workspace.reader.hub_dataset(name)
    dataset = found.repository.dataset
    shown = ("license", "n_bytes", "updated_at", "downloads", "likes")
    known = {member: value for member in shown if (value := getattr(dataset, member)) is not None}
    return {
        "repo_id": dataset.repo_id,
        "repo_url": found.url,
        "pretty_name": dataset.pretty_name or dataset.name,
        "card": found.card,
        "card_html": card_html(found.card),
        "tags": list(dataset.tags),
        "private": dataset.private,
        "gated": dataset.gated,
        **known,
    }


def _page(workspace: Workspace, page: DatasetPage) -> tuple[bytes, str]:
    found = page.found
    data = {
        "datasets": [dataset(workspace, hit, unfinished=hit.name in page.unfinished) for hit in found.hits],
        "total": found.total,
        "facets": [{"facet": facet, "values": _counts(values)} for facet, values in found.facets.items()],
        "is_forgiving": found.is_forgiving,
        "is_cut": found.is_cut,
        "is_refreshing": page.is_refreshing,
        "unfinished": sorted(page.begun),
    }
    catalog = {"root": str(page.root or ""), "writable": page.writable, **_problem(page.catalog)}
    hub = _problem(page.hub)
    content = json.dumps(data).encode()
    etag = hashlib.sha256(content + json.dumps([catalog, hub]).encode()).hexdigest()[:32]
    sources = json.dumps({"catalog": catalog | _as_of(page.catalog), "hub": hub | _as_of(page.hub)}).encode()
    return content[:-1] + b", " + sources[1:], etag


def _counts(values: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"value": value, "count": count} for value, count in values.items()]


def dataset(workspace: Workspace, hit: Hit, *, unfinished: bool = False) -> dict[str, Any]:
    """A dataset in a list, as JSON."""
    summary = dict(hit.summary)
    repo_id = summary.get("repo_id")
    if repo_id and summary["source"] != "here":
        summary["repo_url"] = workspace.dataset_url(repo_id)
    return {
        "size_categories": [],
        "tags": [],
        "task_categories": [],
        "etag": "",
        "unfinished": unfinished,
        **_access(workspace, hit.id, summary.get("data_path")),
        **{key: value for key, value in summary.items() if value is not None},
        "id": hit.id,
        **({"marks": hit.highlights} if hit.highlights else {}),
        **({"excerpt": {"text": excerpt.text, "marks": excerpt.highlights}} if (excerpt := hit.excerpt) else {}),
        **({"found_in": vars(hit.found_in)} if hit.found_in else {}),
    }


def _access(workspace: Workspace, name: str, data_path: str | None) -> dict[str, Any]:
    """The last result of the access check; empty if there is none."""
    found = workspace.catalog.sources.access_cache.known(name, data_path) if data_path else None
    return {} if found is None else {"access": access_of(found, workspace.catalog.site)}


def _problem(source: Freshness) -> dict[str, str]:
    return {} if source.problem is None else {"problem": source.problem}


def _as_of(source: Freshness) -> dict[str, str]:
    if source.as_of is None:
        return {}
    moment = datetime.fromtimestamp(source.as_of, timezone.utc)
    return {"as_of": moment.isoformat(timespec="seconds").replace("+00:00", "Z")}
