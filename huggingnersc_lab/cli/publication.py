"""Shows previews and results of publishing."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.cli.terminal.layout import facts, fill, printable, terminal_width
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Planned, Preview, Publication
    from huggingnersc_lab.cli.session import Session


def show_preview(session: Session, preview: Preview, warnings: tuple[FieldError, ...]) -> None:
    """Show the card, the files and the planned steps."""
    listed = [(name, len(content)) for name, content in _visible(preview).items()]
    data = {
        "record": preview.record.to_dict(),
        "card": preview.card,
        "notebook": json.loads(preview.notebook),
        "files": [{"name": name, "bytes": size, "hub": name in preview.hub_files} for name, size in listed],
        "actions": list(preview.actions),
        "warnings": [finding.to_dict() for finding in warnings],
    }
    width = terminal_width(sys.stdout)
    files = "\n".join(
        f"  {name} ({size:,} bytes, for {'Hub and catalog' if name in preview.hub_files else 'the catalog'})"
        for name, size in listed
    )
    actions = "\n".join(
        fill(action, width, first=f"  {number}. ", indent="     ") for number, action in enumerate(preview.actions, 1)
    )
    text = f"{preview.card}\n{'─' * 72}\nFiles\n{files}\n\nIt would\n{actions}\n\nNothing was sent or created."
    session.output.answer(data, text)


def show_change(session: Session, planned: Planned) -> None:
    """Show what an update or a retirement would change and do."""
    width = terminal_width(sys.stdout)
    diff = planned.diff
    data = {
        "record": planned.record.to_dict(),
        "diff": {"members": [vars(member) for member in diff.members], "card": diff.card},
        "actions": list(planned.actions),
        "notes": list(planned.notes),
        "warnings": [finding.to_dict() for finding in planned.warnings],
    }
    members = facts((item.member, f"{_value(item.before)} → {_value(item.after)}") for item in diff.members)
    actions = "\n".join(
        fill(action, width, first=f"  {number}. ", indent="     ") for number, action in enumerate(planned.actions, 1)
    )
    parts = [
        f"Record\n{members}" if members else "",
        f"Card\n{printable(diff.card)}" if diff.card else "",
        "\n".join(planned.notes),
        f"It would\n{actions}",
        "Nothing was sent or changed.",
    ]
    session.output.answer(data, "\n\n".join(filter(None, parts)))


def _value(value: Any) -> str:
    """A field's value on one line."""
    if value is None:
        return "(none)"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def write_preview(folder: Path, preview: Preview) -> None:
    """Write the files of a preview to a folder, replacing none."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _visible(preview):
            if (folder / name).exists():
                detail = f"'{folder / name}' already exists. Nothing was written: choose another folder."
                raise CatalogError("conflict", detail)
        for name, content in _visible(preview).items():
            (folder / name).write_bytes(content)
    except OSError as err:
        raise CatalogError("forbidden", f"The preview cannot be written to '{folder}': {err.strerror}.") from err


def show_publication(session: Session, publication: Publication, warnings: tuple[FieldError, ...] = ()) -> None:
    """Show what was created, and where."""
    record = publication.record
    data = {
        "record": record.to_dict(),
        "folder": str(publication.folder),
        "notebook": str(publication.notebook),
        "repo_url": publication.repo_url,
        "commit_url": publication.commit.url,
        "pull_request_url": publication.commit.pull_request_url,
        "warnings": [finding.to_dict() for finding in warnings],
        "notes": list(publication.notes),
    }
    practice = session.site.is_practice
    text = facts(
        [
            ("Dataset", f"{record.pretty_name} ({record.name})"),
            ("Practice Hub" if practice else "On the Hub", publication.repo_url),
            ("Pull request", publication.commit.pull_request_url),
            ("In the catalog", str(publication.folder)),
            ("Notebook", str(publication.notebook)),
        ]
    )
    session.output.answer(data, text)
    if practice:
        session.output.note("The practice Hub runs only while it is needed: 'huggingnersc sandbox' keeps it running.")


def _visible(preview: Preview) -> dict[str, bytes]:
    return {name: content for name, content in preview.files.items() if not name.startswith(".")}
