"""Commands that finish or remove what was stopped, and bring in what was catalogued before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import Detach, Yes
from huggingnersc_lab.cli.layout import facts
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Unfinished
    from huggingnersc_lab.catalog.importing import Imported


TakeOver = Annotated[
    bool, typer.Option("--take-over", metavar=FLAG, help="Do it also with somebody else's; it is shown first.")
]


def resume(
    session: Session,
    nickname: Annotated[
        str | None, typer.Argument(metavar="NICKNAME", help="The dataset; without it, all unfinished ones of yours.")
    ] = None,
    take_over: TakeOver = False,
    detach: Detach = False,
) -> None:
    """Finish publications that were stopped."""
    found = [session.catalog.unfinished_publication(name) for name in _unfinished(session, nickname)]
    if nickname is None:
        _tell_of_others(session, [item for item in found if not item.is_own])
        found = [item for item in found if item.is_own]
    if nickname:
        _show(session, found[0], found[0].resume)
    if detach and found:
        jobs.detach_request(session, "resume", *({"name": item.name, "take_over": take_over} for item in found))
        return
    finished = []
    for item in found:
        publication = session.catalog.resume(item.name, take_over=take_over, on_step=session.output.step)
        finished.append({"name": item.name, "repo_url": publication.repo_url, "folder": str(publication.folder)})
    text = "\n".join(f"'{item['name']}' is published: {item['repo_url']}" for item in finished)
    session.output.answer({"resumed": finished}, text or "There is nothing unfinished of yours.")


def undo(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")],
    take_over: TakeOver = False,
    detach: Detach = False,
    yes: Yes = False,
) -> None:
    """Remove a publication that was stopped, from the Hub and from the disk."""
    found = session.catalog.unfinished_publication(nickname)
    _show(session, found, found.undo)
    if found.deletes:
        session.confirm(f"Delete {found.deletes} from {session.site.hub_url}?", yes=yes)
    if detach:
        jobs.detach_request(session, "undo", {"name": nickname, "take_over": take_over})
        return
    session.catalog.undo(nickname, take_over=take_over, on_step=session.output.step)
    session.output.answer({"undone": nickname}, f"'{nickname}' is undone: nothing of it was left behind.")


def _unfinished(session: Session, nickname: str | None) -> list[str]:
    return [nickname] if nickname else session.catalog.unfinished()


def _show(session: Session, found: Unfinished, actions: Sequence[str]) -> None:
    """Tell what would be done with somebody else's publication before it is done."""
    if found.is_own or found.problem:
        return
    session.output.note(f"The unfinished publication of '{found.name}' belongs to {found.account}. This would:")
    for action in actions:
        session.output.note(f"- {action}")


def _tell_of_others(session: Session, others: Sequence[Unfinished]) -> None:
    for item in others:
        what = (
            item.problem or f"It belongs to {item.account}: 'huggingnersc resume {item.name} --take-over' finishes it."
        )
        session.output.note(f"'{item.name}' was left as it is. {what}")


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
