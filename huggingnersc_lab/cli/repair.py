"""Commands that finish or undo interrupted work, and import older catalogs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import Detach, ExecutorName, ResourceOption, Yes, detached
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.cli.terminal.layout import facts
from huggingnersc_lab.errors import CatalogError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Unfinished
    from huggingnersc_lab.catalog.publish.import_catalog import Imported

_MOST_OTHERS = 10
"""How many publications of other people are listed individually."""

TakeOver = Annotated[
    bool, typer.Option("--take-over", metavar=FLAG, help="Also take over somebody else's; it is shown first.")
]


def resume(
    session: Session,
    nickname: Annotated[
        str | None, typer.Argument(metavar="NICKNAME", help="The dataset; if omitted, all your unfinished ones.")
    ] = None,
    take_over: TakeOver = False,
    yes: Yes = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
) -> None:
    """Finish interrupted publications."""
    names = [nickname] if nickname else session.catalog.unfinished()
    found = [session.catalog.unfinished_publication(name) for name in names]
    if nickname is None:
        _tell_of_others(session, [item for item in found if not item.is_own])
        found = [item for item in found if item.is_own]
    agreed = {item.name: _agreed(session, item, take_over=take_over, yes=yes) for item in found}
    wish = detached(detach, executor, resources)
    if wish and found:
        jobs.detach_requests(session, "resume", [_request(*item) for item in agreed.items()], wish)
        return
    finished = []
    for item in found:
        publication = session.catalog.resume(item.name, take_over=agreed[item.name], on_step=session.output.step)
        finished.append({"name": item.name, "repo_url": publication.repo_url, "folder": str(publication.folder)})
    text = "\n".join(f"'{item['name']}' is published: {item['repo_url']}" for item in finished)
    session.output.answer({"resumed": finished}, text or "You have no unfinished publications.")


def undo(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")],
    take_over: TakeOver = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Undo an interrupted publication, on the Hub and on disk."""
    found = session.catalog.unfinished_publication(nickname)
    seen = _shown(session, found, found.undo, take_over=take_over)
    if found.deletes and (found.is_own or seen):
        session.confirm(f"Delete {found.deletes} from {session.site.hub_url}?", yes=yes)
    elif seen:
        session.confirm(f"Undo the publication of '{nickname}'?", yes=yes)
    if wish := detached(detach, executor, resources):
        jobs.detach_requests(session, "undo", [_request(nickname, seen)], wish)
        return
    session.catalog.undo(nickname, take_over=seen, on_step=session.output.step)
    session.output.answer({"undone": nickname}, f"The publication of '{nickname}' was undone; nothing was left behind.")


def _agreed(session: Session, item: Unfinished, *, take_over: bool, yes: bool) -> str | None:
    """The etag of somebody else's publication, once the user has seen it and agreed to finish it."""
    seen = _shown(session, item, item.resume, take_over=take_over)
    if seen:
        session.confirm(f"Finish the publication of '{item.name}'?", yes=yes)
    return seen


def _request(name: str, take_over: str | None) -> dict[str, str]:
    """Arguments of the jobs that finish or undo a publication."""
    return {"name": name} | ({"take_over": take_over} if take_over else {})


def _shown(session: Session, found: Unfinished, actions: Sequence[str], *, take_over: bool) -> str | None:
    """Show what would be done with somebody else's publication; return its etag if it was shown for that."""
    if found.is_own or found.problem:
        return None
    session.output.note(f"The unfinished publication of '{found.name}' belongs to {found.account}. This would:")
    for action in actions:
        session.output.note(f"- {action}")
    return found.etag if take_over else None


def _tell_of_others(session: Session, others: Sequence[Unfinished]) -> None:
    for item in others[:_MOST_OTHERS]:
        what = (
            item.problem or f"It belongs to {item.account}: 'huggingnersc resume {item.name} --take-over' finishes it."
        )
        session.output.note(f"'{item.name}' was left unchanged. {what}")
    if len(others) > _MOST_OTHERS:
        session.output.note(f"{len(others) - _MOST_OTHERS} more, damaged or not yours, were left unchanged.")


def import_catalog(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder with *_info.json files, at any depth.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", metavar=FLAG, help="Only show what would be done.")] = False,
) -> None:
    """Import a catalog of the original HuggingNERSC. Nothing is sent to the Hub."""
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
    session.output.answer(data, facts((item.outcome, _description(item)) for item in done))
    if failed:
        raise CatalogError("invalid_record", f"{len(failed)} of {len(done)} could not be imported; the others were.")


def _description(item: Imported) -> str:
    faults = [field for field in item.fields if item.outcome == "failed" and not item.detail.startswith(field.detail)]
    return "\n".join([item.detail, *(f"{field.pointer}: {field.detail}" for field in faults)])
