"""Options that say where a job runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.workspace.placement import Wish

ExecutorName = Annotated[
    str | None,
    typer.Option(
        "--executor",
        metavar="NAME",
        help="What runs the job: local (this machine) or slurm. Implies --detach.",
    ),
]
ResourceOption = Annotated[
    list[str] | None,
    typer.Option(
        "--resource",
        metavar="NAME=VALUE",
        help="What to ask of Slurm: account, qos, constraint, time, licenses … It is remembered for the next job; an "
        "empty VALUE takes it back. May be repeated. Implies --executor slurm.",
    ),
]


def wish_of(executor: str | None, resources: Sequence[str] | None) -> Wish:
    """Where a job should run, as the options say."""
    from huggingnersc_lab.workspace.placement import Wish

    pairs = [text.partition("=") for text in resources or ()]
    for name, sign, _ in pairs:
        if not sign or not name:
            fault = f"'{name}' is no resource: write NAME=VALUE, such as time=00:30:00."
            raise CatalogError(
                "invalid_record", f"{fault} Nothing was begun.", [FieldError("/resources", "form", fault)]
            )
    return Wish(executor=executor, resources={name: value for name, _, value in pairs} or None)


def detached(detach: bool, executor: str | None, resources: Sequence[str] | None) -> Wish | None:
    """Where the job should run that does the work of a command; None where the command does it itself."""
    return wish_of(executor, resources) if detach or executor or resources else None
