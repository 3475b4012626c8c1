"""A stand-in of OSTI's E-Link 2, with the answers that ``elinkapi`` reads.

Each POST makes a record, as the real one does. A path with two slashes is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from .service import Reply, Seen, Service, serve

TOKEN = "elink-0123456789abcdef"
PAGE = 25


@dataclass
class Elink:
    """What the site holds.

    Attributes:
        records: by OSTI id.
        after_submit: workflow state of what is submitted.
        deleted: reasons of what was deleted.
    """

    records: dict[int, dict[str, Any]] = field(default_factory=dict)
    after_submit: str = "R"
    deleted: dict[int, str] = field(default_factory=dict)

    def __call__(self, seen: Seen) -> Reply:  # noqa: PLR0911 - one for each answer
        if seen.headers.get("authorization") != f"Bearer {TOKEN}":
            return Reply(403, {"errors": [{"status": "403", "detail": "Access denied."}]})
        path = seen.path.removeprefix("/elink2api")
        if (seen.method, path) == ("GET", "/records"):
            return self._search(seen)
        if seen.method == "POST" and (match := re.fullmatch(r"/records/(save|submit)", path)):
            return self._write(2300000 + len(self.records) + len(self.deleted) + 1, match[1], seen.body, 201)
        match = re.fullmatch(r"/records/(\d+)(?:/(save|submit))?", path)
        number = int(match[1]) if match else 0
        if match is None or number not in self.records:
            return Reply(404, {"errors": [{"status": "404", "detail": "Record is not on file."}]})
        if seen.method == "PUT" and match[2]:
            return self._write(number, match[2], seen.body, 200)
        if seen.method == "DELETE":
            if not seen.query.get("reason"):
                return Reply(400, {"errors": [{"status": "400", "detail": "Reason is required."}]})
            self.deleted[number] = seen.query["reason"][0]
            del self.records[number]
            return Reply(204)
        return Reply(200, self.records[number])

    def _search(self, seen: Seen) -> Reply:
        found = [
            record
            for record in self.records.values()
            if all(record.get(name) == values[0] for name, values in seen.query.items())
        ]
        return Reply(200, found[:PAGE], {"x-total-count": str(len(found))})

    def _write(self, number: int, state: str, body: dict[str, Any], status: int) -> Reply:
        if body.get("site_ownership_code") != "LBNL":
            fault = {"status": "400", "detail": "Site Code is not valid.", "source": {"pointer": "site_ownership_code"}}
            return Reply(400, {"errors": [fault]})
        if state == "submit":
            sponsors = [one for one in body.get("organizations", []) if one["type"] == "SPONSOR"]
            if not any(one.get("identifiers") for one in sponsors):
                fault = {"status": "400", "detail": "No contract number.", "source": {"pointer": "organizations"}}
                return Reply(400, {"errors": [fault]})
        record = {
            **body,
            "osti_id": number,
            "doi": f"10.15485/{number}",
            "workflow_status": self.after_submit if state == "submit" else "SA",
            "revision": self.records.get(number, {}).get("revision", 0) + 1,
        }
        if record["workflow_status"] == "SF":
            log = {"messages": ["Sponsor is unknown"], "status": "FAIL", "type": "VALIDATOR"}
            record["audit_logs"] = [log | {"audit_date": "2026-11-01T10:00:00Z"}]
        self.records[number] = record
        return Reply(status, [record])


@contextmanager
def elink(after_submit: str = "R") -> Iterator[tuple[Service, Elink]]:
    """A running stand-in, and what its site holds."""
    site = Elink(after_submit=after_submit)
    with serve(site) as service:
        yield service, site
