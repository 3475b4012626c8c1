"""``setup``: the commands that set rclone up for the centre's Google Drive, and what only the person can do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from huggingnersc_lab.channels.base import Action, Dataset, Outcome, Work
from huggingnersc_lab.channels.drive.rclone.program import Rclone
from huggingnersc_lab.channels.drive.settings import DriveSettings
from huggingnersc_lab.errors import CatalogError, FieldError
from huggingnersc_lab.render.download_lines import rclone_config_line

CLIENT_HELP = "https://rclone.org/drive/#making-your-own-client-id"
PLACEHOLDER = "CLIENT_ID"

_CLIENT = re.compile(r"[A-Za-z0-9._-]+")
_NAME = re.compile(r"[A-Za-z0-9_.+@][A-Za-z0-9_.+@-]*")


@dataclass(frozen=True)
class SetupOptions:
    """What can be chosen."""

    client_id: str | None = field(
        default=None, metadata={"help": "OAuth client id of your own; the site's if left out."}
    )
    name: str | None = field(default=None, metadata={"help": "Name of the remote; the site's if left out."})
    write: bool = field(default=False, metadata={"help": "Set it up for uploads, too, not only for downloads."})


class Setup(Action[SetupOptions]):
    """Show how to set rclone up. It changes nothing: rclone's configuration stays the person's and rclone's."""

    name = "setup"
    title = "Set rclone up"
    summary = "Show the commands that set rclone up for Google Drive, with what only you can do."
    options = SetupOptions

    def missing(self, dataset: Dataset, options: SetupOptions | None = None) -> Sequence[FieldError]:
        """Words that rclone takes."""
        del dataset
        faults = []
        if options and options.client_id is not None and not _CLIENT.fullmatch(options.client_id):
            fault = "A client id has letters, digits, '.', '_' and '-'; it ends in .apps.googleusercontent.com."
            faults.append(FieldError("/options/client_id", "pattern", fault))
        if options and options.name is not None and not _NAME.fullmatch(options.name):
            fault = "The name of a remote has letters, digits, '_', '.', '+', '@' and '-'."
            faults.append(FieldError("/options/name", "pattern", fault))
        return faults

    def run(self, work: Work[SetupOptions]) -> Outcome:
        """Put the commands together."""
        options, settings = work.options, DriveSettings.of(work.dataset)
        remote = options.name or settings.remote
        client = options.client_id or settings.client_id
        todo = []
        try:
            kind = Rclone.find(work.log).kind_of(remote)
        except CatalogError as err:
            if err.code != "not_found":
                raise
            kind = None
            todo.append(f"Install rclone. {err.detail}")
        if kind == "drive":
            told = f"rclone knows the remote '{remote}' already. If it does not let you in, sign in again."
            return Outcome(told, copy_text=f"rclone config reconnect {remote}:\n")
        if kind is not None:
            todo.append(f"Choose another name: rclone has a remote '{remote}' of the kind {kind} already.")
        if client is None:
            todo.append(
                f"Make a client id of your own ({CLIENT_HELP}) and put it in the place of {PLACEHOLDER}. rclone "
                "retires the one that all shared in 2026, and its quota was used up by others."
            )
        else:
            todo.append("Have the secret of the client id ready. It is never asked for here, and not kept by us.")
        todo += [
            "Run these commands in a terminal.",
            f"Sign in with Google when 'rclone config reconnect {remote}:' asks; it says how without a browser.",
        ]
        if settings.root_folder_id is None:
            todo.append("The site file names no folder on Google Drive, so that the remote shows your own drive.")
        scope = "drive" if options.write else "drive.readonly"
        lines = [
            "read -rs -p 'Client secret: ' CLIENT_SECRET",
            rclone_config_line(remote, client or PLACEHOLDER, settings.root_folder_id, scope),
            "unset CLIENT_SECRET",
            f"rclone config reconnect {remote}:",
        ]
        steps = " ".join(f"{number}. {step}" for number, step in enumerate(todo, 1))
        return Outcome(f"What is left for you: {steps}", copy_text="\n".join(lines) + "\n")
