"""``share``, an overview, and how an action of a channel is carried out."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.cli.terminal.layout import fill, table, terminal_width
from huggingnersc_lab.cli.terminal.progress import line_of

if TYPE_CHECKING:
    from huggingnersc_lab.channels import Outcome
    from huggingnersc_lab.workspace.placement import Wish
    from huggingnersc_lab.workspace.shares import Reports, Share

_STATES = {"none": "not shared", "begun": "begun", "shared": "shared", "outdated": "out of date: the data has changed"}


def share(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")],
) -> None:
    """Show how a dataset is shared besides the Hub, and what can be done next."""
    from huggingnersc_lab.workspace import shares

    found = shares.shares(session.catalog, nickname)
    session.output.answer({"name": nickname, "shares": [one.to_dict() for one in found]}, _overview(nickname, found))


def carry_out(
    session: Session,
    channel_name: str,
    action_name: str,
    source: str,
    given: Mapping[str, Any],
    *,
    agreed: int,
    wish: Wish | None,
) -> None:
    """Carry out an action of a channel here, or in a job.

    Args:
        session: the run of the command.
        channel_name: the channel.
        action_name: the action.
        source: nickname of the dataset, or what else the action takes.
        given: its options, as JSON.
        agreed: how many of the questions were agreed to by options.
        wish: where the job runs that does it; None to do it in this process.
    """
    from huggingnersc_lab.channels import Dataset
    from huggingnersc_lab.workspace import shares
    from huggingnersc_lab.workspace.placement import refuse_heavy_here

    channel, action = shares.find_action(session.catalog, channel_name, action_name)
    options = shares.check(session.catalog, source, channel, action, given)
    if action.is_heavy and wish is None:
        refuse_heavy_here(session.site)
    if action.question is not None:
        if action.takes == "dataset":
            stored = session.catalog.store.read(source)
            dataset = Dataset(stored.record, session.site, session.site.channel_settings.get(channel.name, {}))
            for line in action.describe(dataset, options):
                session.output.note(line)
        session.agree(action.question.replace("{name}", source), is_final=action.is_final, agreed=agreed)
    if wish is not None:
        from huggingnersc_lab.cli.jobs import detach_requests

        request = {
            "name": source,
            "channel": channel_name,
            "action": action_name,
            "options": dict(given),
            "confirmed": 2,
        }
        detach_requests(session, "share", [request], wish)
        return
    with tempfile.TemporaryDirectory(prefix="huggingnersc-") as folder:
        reports = reports_to(session)
        outcome = shares.carry_out(
            session.catalog, source, channel, action, options, folder=Path(folder), reports=reports
        )
    _show(session, source, outcome)


def reports_to(session: Session) -> Reports:
    """What an action reports, in the terminal."""
    from huggingnersc_lab.jobs import Progress
    from huggingnersc_lab.workspace.shares import Reports

    began = time.monotonic()

    def step(_name: str, phase: str, detail: str) -> None:
        if phase == "begin":
            session.output.progress(f"… {detail}")
        else:
            session.output.tick(detail)

    def progress(
        fraction: float | None = None,
        text: str = "",
        *,
        bytes_done: int | None = None,
        total_bytes: int | None = None,
    ) -> None:
        seconds = time.monotonic() - began
        if fraction is None and bytes_done is not None and total_bytes:
            fraction = bytes_done / total_bytes
        rate = bytes_done / seconds if bytes_done and seconds > 1 else None
        session.output.progress(line_of(Progress(fraction, text, bytes_done, total_bytes, rate)))

    return Reports(step, progress, lambda _line: None)


def _show(session: Session, source: str, outcome: Outcome) -> None:
    data = {
        "name": source,
        "text": outcome.text,
        "copy_text": outcome.copy_text,
        "url": outcome.url,
        "path": None if outcome.path is None else str(outcome.path),
    }
    lines = [fill(outcome.text, terminal_width(sys.stdout))]
    if outcome.copy_text:
        lines += ["", outcome.copy_text]
    if outcome.url:
        lines += ["", outcome.url]
    session.output.answer({key: value for key, value in data.items() if value is not None}, "\n".join(lines))


def _overview(nickname: str, found: list[Share]) -> str:
    if not found:
        return "The site offers no channels to share through."
    rows = [
        (one.channel.title, _STATES[one.status.state], (one.status.at or "")[:10], one.status.url or "")
        for one in found
    ]
    lines = [table(rows, ("CHANNEL", "STATE", "SINCE", "ADDRESS"), shorten="ADDRESS")]
    for one in found:
        lines.append("")
        if one.status.detail:
            lines.append(fill(one.status.detail, terminal_width(sys.stdout)))
        for action, missing in one.actions:
            lines.append(f"  huggingnersc {one.channel.name} {action.name} {nickname}   {action.summary}")
            lines += [f"      missing: {fault.detail}" for fault in missing]
    return "\n".join(lines)
