"""Commands that share a dataset: an overview, the keys for other services, and how an action is carried out."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli.layout import fill, table, terminal_width
from huggingnersc_lab.cli.progress import line_of
from huggingnersc_lab.cli.session import Session

if TYPE_CHECKING:
    from huggingnersc_lab.channels import Outcome
    from huggingnersc_lab.workspace.shares import Reports, Share

_STATES = {"none": "not shared", "begun": "begun", "shared": "shared", "outdated": "out of date: the data has changed"}

KeyName = Annotated[str, typer.Argument(metavar="NAME", help="The key; 'huggingnersc key list' shows which there are.")]


def share(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset.")],
) -> None:
    """Show how a dataset is shared besides the Hub, and what can be done next."""
    from huggingnersc_lab.workspace import shares

    found = shares.shares(session.catalog, nickname)
    session.output.answer({"name": nickname, "shares": [one.to_dict() for one in found]}, _overview(nickname, found))


def list_keys(session: Session) -> None:
    """List the keys for other services, and which of them you have saved."""
    from huggingnersc_lab.workspace.shares import keys_of

    keys = keys_of()
    where = {"environment": "set", "file": "saved", None: "-"}
    rows = [
        (key.name, key.title, f"{where[keys.source(key.name)]}", key.variable, key.help_url)
        for key in keys.known.values()
    ]
    text = table(rows, ("NAME", "FOR", "KEY", "VARIABLE", "GET IT AT")) if rows else "No channel needs a key."
    listed = [{"name": key.name, "title": key.title, "source": keys.source(key.name)} for key in keys.known.values()]
    session.output.answer({"keys": listed}, text)


def set_key(session: Session, name: KeyName) -> None:
    """Save a key for another service. It is asked for, or read from standard input, and never shown."""
    from huggingnersc_lab.channels.keys import MAX_LENGTH
    from huggingnersc_lab.workspace.shares import keys_of

    keys = keys_of()
    known = keys.require_known(name)
    if sys.stdin.isatty():
        form = " (USER:KEY)" if known.has_user else ""
        session.output.note(f"You get it at {known.help_url}.")
        try:
            value = typer.prompt(f"{known.title}{form}", hide_input=True, err=True)
        except typer.Abort:
            raise KeyboardInterrupt("Stopped. Nothing was saved.") from None
    else:
        value = sys.stdin.read(MAX_LENGTH + 1)
    keys.save(name, value)
    session.output.sentence({"name": name}, f"The key for {known.title} was saved. Only you can read the file.")


def remove_key(session: Session, name: KeyName) -> None:
    """Remove a key that was saved."""
    from huggingnersc_lab.workspace.shares import keys_of

    keys = keys_of()
    keys.forget(name)
    left = f" {keys.known[name].variable} is still set." if keys.source(name) else ""
    session.output.sentence({"name": name}, f"The key '{name}' was removed.{left}")


def carry_out(
    session: Session,
    channel_name: str,
    action_name: str,
    source: str,
    given: Mapping[str, Any],
    *,
    agreed: int,
    detach: bool,
) -> None:
    """Carry out an action of a channel here, or in a job.

    Args:
        session: the run of the command.
        channel_name: the channel.
        action_name: the action.
        source: nickname of the dataset, or what else the action takes.
        given: its options, as JSON.
        agreed: how many of the questions were agreed to by options.
        detach: whether a job does it.
    """
    from huggingnersc_lab.channels import Dataset
    from huggingnersc_lab.workspace import shares

    channel, action = shares.find_action(session.catalog, channel_name, action_name)
    options = shares.check(session.catalog, source, channel, action, given)
    if action.question is not None:
        if action.takes == "dataset":
            stored = session.catalog.store.read(source)
            dataset = Dataset(stored.record, session.site, session.site.channel_settings.get(channel.name, {}))
            for line in action.describe(dataset, options):
                session.output.note(line)
        session.agree(action.question.replace("{name}", source), is_final=action.is_final, agreed=agreed)
    if detach:
        from huggingnersc_lab.cli.jobs import detach_requests

        wish = {"name": source, "channel": channel_name, "action": action_name, "options": dict(given), "confirmed": 2}
        detach_requests(session, "share", [wish])
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
