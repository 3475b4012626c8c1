"""Commands that finish or remove what was stopped, and bring in what was catalogued before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli.layout import facts
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.importing import Imported


def resume(
    session: Session,
    nickname: Annotated[
        str | None, typer.Argument(metavar="NICKNAME", help="The dataset; without it, all unfinished ones.")
    ] = None,
) -> None:
    """Finish publications that were stopped."""
    names = [nickname] if nickname else session.catalog.unfinished()
    finished = []
    for name in names:
        publication = session.catalog.resume(name, on_step=session.output.step)
        finished.append({"name": name, "repo_url": publication.repo_url, "folder": str(publication.folder)})
    text = "\n".join(f"'{item['name']}' is published: {item['repo_url']}" for item in finished)
    session.output.answer({"resumed": finished}, text or "There is nothing unfinished.")


def undo(session: Session, nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")]) -> None:
    """Remove a publication that was stopped, from the Hub and from the disk."""
    session.catalog.undo(nickname, on_step=session.output.step)
    session.output.answer({"undone": nickname}, f"'{nickname}' is undone: nothing of it was left behind.")


def import_catalog(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with *_info.json files, at any depth.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", metavar=FLAG, help="Only say what would be done.")] = False,
) -> None:
    """Bring in a catalog of HuggingNERSC's first version. Nothing is sent to the Hub."""
    done = list(session.catalog.import_from(folder, dry_run=dry_run))
    failed = [item for item in done if item.outcome == "failed"]
    data = {
        "imported": [
            {
                "source": str(item.source),
                "name": item.name,
                "outcome": item.outcome,
                "detail": item.detail,
                "errors": [field.to_dict() for field in item.fields],
            }
            for item in done
        ]
    }
    for item in done:
        if item.outcome != "failed":
            session.output.warnings(item.fields)
    session.output.answer(data, facts((item.outcome, _told(item)) for item in done))
    if failed:
        raise CatalogError("invalid_record", f"{len(failed)} of {len(done)} could not be imported; the others were.")


def _told(item: Imported) -> str:
    faults = [field for field in item.fields if item.outcome == "failed" and not item.detail.startswith(field.detail)]
    return "\n".join([item.detail, *(f"{field.pointer}: {field.detail}" for field in faults)])
