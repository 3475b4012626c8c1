"""OSTI: the DOIs of the U.S. Department of Energy, through E-Link 2.

The package ``elinkapi`` (0.5) knows its paths and the form of its records. Its requests are sent by our client, whose
limits hold then; its double slash (``//records/1``) becomes one, and the key stays with the client.

Each POST makes a record, so the id of the first is written down before anything is sent again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

from huggingnersc_lab.channels.client import Client
from huggingnersc_lab.channels.doi.choice import Choice
from huggingnersc_lab.channels.doi.description import Description
from huggingnersc_lab.channels.doi.service import Draft, State, Wanted
from huggingnersc_lab.channels.doi.services.osti_record import PRODUCT_TYPE, TITLE, record_of
from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.identifiers import checked_doi

if TYPE_CHECKING:
    from elinkapi import Elink

_STATES: Mapping[str, State] = {"R": "published", "SO": "submitted", "SR": "submitted", "SV": "submitted"}
"""E-Link's workflow states. ``SA`` is saved; ``SF`` and ``SX`` failed, and can be sent again as a draft can."""

_FAILED = ("SF", "SX")


@dataclass(frozen=True)
class Osti:
    """One dataset's record at OSTI.

    Attributes:
        client: talks to it.
        of: what is known of the dataset.
        choice: what was chosen.
    """

    client: Client
    of: Description
    choice: Choice

    @property
    def title(self) -> str:
        """Its name for people."""
        return TITLE if self.choice.target == "production" else f"{TITLE}'s review service"

    def find(self, wanted: Wanted) -> Draft | None:
        """Ask for records of that title, or of that DOI.

        Raises:
            CatalogError: ``conflict`` if there are more than are listed at once: it may be one of them.
        """
        action = "look for the record"
        with self._elink(action) as elink:
            asked = {"doi": wanted.doi} if wanted.doi else {"title": wanted.title, "product_type": PRODUCT_TYPE}
            page = elink.query_records(**asked)
            for record in page.data:
                of_marker = record.site_unique_id == _marked(wanted.marker)
                if checked_doi(record.doi) == wanted.doi if wanted.doi else of_marker:
                    return self._draft(record, action)
            if page.total_rows > len(page.data):
                detail = (
                    f"{TITLE} has {page.total_rows} records with this title, and one of them may be this dataset's."
                )
                raise CatalogError("conflict", f"{detail} Nothing was made: look there, and enter its DOI.")
        return None

    def create(self, marker: str) -> Draft:
        """Save a record, which gives it a DOI."""
        return self._save("reserve the DOI", None, "save", marker)

    def reserve(self, identifier: str) -> Draft:
        """A saved record has its DOI."""
        draft = self.look(identifier)
        if draft.doi is None:
            raise self.client.odd_answer("reserve the DOI")
        return draft

    def look(self, identifier: str) -> Draft:
        """How it is now."""
        with self._elink("look at the record") as elink:
            return self._draft(elink.get_single_record(int(identifier)), "look at the record")

    def publish(self, identifier: str) -> Draft:
        """Submit it, up to date; OSTI releases it after looking at it."""
        return self._save("publish the DOI", identifier, "submit", None)

    def withdraw(self, identifier: str) -> None:
        """Delete the saved record."""
        with self._elink("withdraw the DOI", allow=[404]) as elink:
            elink.delete_record(int(identifier), "Reserved and not needed")

    def _save(self, action: str, identifier: str | None, state: str, marker: str | None) -> Draft:
        from elinkapi import Record
        from pydantic import ValidationError

        try:
            record = Record(**record_of(self.of, self.choice, None if marker is None else _marked(marker)))
        except ValidationError as err:
            first = err.errors()[0]
            detail = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
            raise CatalogError("invalid_record", f"Could not {action}: {TITLE} would refuse it ({detail}).") from err
        with self._elink(action) as elink:
            if identifier is None:
                return self._draft(elink.post_new_record(record, state), action)
            return self._draft(elink.update_record(int(identifier), record, state), action)

    @contextmanager
    def _elink(self, action: str, allow: list[int] | None = None) -> Iterator[Elink]:
        """The package, sending through our client; what it cannot read becomes an error of the service's."""
        from elinkapi import Elink
        from elinkapi.exceptions import APIException

        session = _Session(self.client, action, tuple(allow or ()))

        class Bounded(Elink):  # type: ignore[misc]
            def _get_session(self) -> _Session:
                return session

        try:
            # The target has to end in a slash. The key is added by the client.
            yield Bounded(token="", target=f"{self.client.url.rstrip('/')}/")
        except CatalogError:
            raise
        except (APIException, ValueError, TypeError, KeyError, IndexError, AttributeError) as err:
            raise self.client.odd_answer(action) from err

    def _draft(self, record: Any, action: str) -> Draft:
        if not isinstance(record.osti_id, int) or record.osti_id <= 0:
            raise self.client.odd_answer(action)
        status = record.workflow_status or "SA"
        remarks: tuple[str, ...] = ()
        if status in _FAILED:
            logged = [text for one in record.audit_logs or () if one.status == "FAIL" for text in one.messages]
            remarks = tuple(
                f"{TITLE} could not release it: {self.client.hide(text)[:200].rstrip('.')}." for text in logged[:5]
            )
        return Draft(str(record.osti_id), _STATES.get(status, "draft"), checked_doi(record.doi), None, remarks)


@dataclass(frozen=True)
class _Response:
    """What the package looks at in an answer."""

    status_code: int
    text: str
    headers: Mapping[str, str]
    links: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class _Session:
    """Stands for the package's session of ``requests``."""

    client: Client
    action: str
    allow: tuple[int, ...]

    def get(self, url: str, **_: Any) -> _Response:
        return self._send("GET", url)

    def post(self, url: str, *, json: Any, **_: Any) -> _Response:
        return self._send("POST", url, json)

    def put(self, url: str, *, json: Any, **_: Any) -> _Response:
        return self._send("PUT", url, json)

    def delete(self, url: str, **_: Any) -> _Response:
        return self._send("DELETE", url)

    def _send(self, method: str, url: str, body: Any = None) -> _Response:
        path, _, query = url.removeprefix(self.client.url.rstrip("/")).partition("?")
        asked = dict(parse_qsl(query))
        answer = self.client.send(
            method, unquote(path).lstrip("/"), self.action, body=body, query=asked, allow=self.allow
        )
        # What the caller allows to fail is as good as done.
        status = 204 if answer.status in self.allow else answer.status
        return _Response(status, json.dumps(answer.data), answer.headers)


def _marked(marker: str) -> str:
    return f"huggingnersc-{marker}"
