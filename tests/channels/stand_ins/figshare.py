"""A stand-in of figshare's API, version 2, for the calls that a record of metadata needs.

Answers are those of https://docs.figshare.com (``swagger_v2.0.json``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .service import Reply, Seen, Service, serve

TOKEN = "figs-0123456789abcdef"
LICENCES = [
    {"value": 1, "name": "CC BY 4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    {"value": 2, "name": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
    {"value": 3, "name": "MIT", "url": "https://opensource.org/licenses/MIT"},
    {"value": 7, "name": "Apache 2.0", "url": "https://www.apache.org/licenses/LICENSE-2.0.html"},
    {"value": 12, "name": "CC BY-NC-SA 4.0", "url": "https://creativecommons.org/licenses/by-nc-sa/4.0/"},
]
CATEGORIES = [
    {"id": 2, "parent_id": 1, "title": "Ecology", "path": "/1/2", "source_id": "4", "taxonomy_id": 10}
    | {"is_selectable": True, "has_children": False},
    {"id": 1, "parent_id": 0, "title": "Biology", "path": "/1", "source_id": "3", "taxonomy_id": 10}
    | {"is_selectable": False, "has_children": True},
]
KNOWN = {
    *("title", "description", "is_metadata_record", "metadata_reason", "keywords", "tags", "references", "categories"),
    *("authors", "defined_type", "funding", "funding_list", "license"),
}


@dataclass
class Figshare:
    """What the account holds.

    Attributes:
        items: by id, the private items.
        reviews: whether an institution looks at what is published.
    """

    items: dict[int, dict[str, Any]] = field(default_factory=dict)
    reviews: bool = False
    url: str = ""

    def __call__(self, seen: Seen) -> Reply:  # noqa: PLR0911 - one for each answer
        if seen.headers.get("authorization") != f"token {TOKEN}" and seen.path != "/v2/categories":
            return Reply(403, {"code": 1, "message": "Invalid token"})
        path = seen.path.removeprefix("/v2")
        if (seen.method, path) == ("POST", "/account/articles"):
            return self._create(seen.body)
        if (seen.method, path) == ("GET", "/account/articles"):
            page, size = int(seen.query["page"][0]), int(seen.query["page_size"][0])
            return Reply(200, [self._listed(one) for one in list(self.items.values())[(page - 1) * size : page * size]])
        if (seen.method, path) == ("GET", "/account/licenses"):
            return Reply(200, LICENCES)
        if (seen.method, path) == ("GET", "/categories"):
            return Reply(200, CATEGORIES)
        match = re.fullmatch(r"/account/articles/(\d+)(/\w+)?", path)
        item = self.items.get(int(match[1])) if match else None
        if match is None or item is None:
            return Reply(404, {"code": 404, "message": "Entity not found: article"})
        return self._of_item(seen, item, match[2] or "")

    def _create(self, body: dict[str, Any]) -> Reply:
        if fault := self._fault(body):
            return fault
        number = 2000001 + len(self.items)
        self.items[number] = {"id": number, "doi": "", "status": "draft", "is_public": False, **body}
        location = f"{self.url}/v2/account/articles/{number}"
        return Reply(201, {"entity_id": number, "location": location, "warnings": []}, {"Location": location})

    def _of_item(self, seen: Seen, item: dict[str, Any], action: str) -> Reply:  # noqa: PLR0911 - likewise
        if (seen.method, action) == ("GET", ""):
            return Reply(
                200, self._listed(item) | item | {"account_id": 1000001, "curation_status": item.get("curation", "")}
            )
        if (seen.method, action) == ("PUT", ""):
            fault = self._fault(seen.body)
            kept = {name: item[name] for name in ("id", "doi", "status", "is_public")}
            if fault is None:
                item.clear()
                item |= kept | seen.body
            return fault or Reply(205)
        if (seen.method, action) == ("DELETE", ""):
            if item["is_public"]:
                return Reply(403, {"code": 2, "message": "Cannot delete a public article"})
            del self.items[item["id"]]
            return Reply(204)
        if (seen.method, action) == ("POST", "/reserve_doi"):
            item["doi"] = f"10.5072/FK2.FIGSHARE.{item['id']}"
            return Reply(200, {"doi": item["doi"]})
        if (seen.method, action) == ("POST", "/publish"):
            wanted = ("description", "keywords", "categories", "license", "authors")
            if lacking := [name for name in wanted if not item.get(name)]:
                return Reply(
                    400, {"code": 3, "message": "Missing required fields", "data": {"missing_fields": lacking}}
                )
            item |= {"curation": "pending"} if self.reviews else {"status": "public", "is_public": True}
            return Reply(201, {"location": f"{self.url}/v2/articles/{item['id']}"})
        return Reply(405)

    def _fault(self, body: dict[str, Any]) -> Reply | None:
        odd = sorted(body.keys() - KNOWN)
        if odd or not 3 <= len(body.get("title", "")) <= 1000:
            return Reply(400, {"code": 4, "message": f"Invalid fields: {odd}"})
        if not all(isinstance(one, int) for one in body.get("categories", [])):
            return Reply(400, {"code": 4, "message": "Invalid category"})
        return None

    def _listed(self, item: dict[str, Any]) -> dict[str, Any]:
        listed = {"id": item["id"], "title": item["title"], "doi": item["doi"], "defined_type": 3}
        return listed | {"defined_type_name": item["defined_type"], "created_date": "2026-11-01T10:00:00Z"}


@contextmanager
def figshare(reviews: bool = False) -> Iterator[tuple[Service, Figshare]]:
    """A running stand-in, and what its account holds."""
    account = Figshare(reviews=reviews)
    with serve(account) as service:
        account.url = service.url
        yield service, account
