"""Commands about keys for other services, which go in and never out."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from huggingnersc_lab.cli.session import Session
from huggingnersc_lab.cli.terminal.layout import table

KeyName = Annotated[str, typer.Argument(metavar="NAME", help="The key; 'huggingnersc key list' shows which there are.")]


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
