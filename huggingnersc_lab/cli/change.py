"""Commands that change or remove entries."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import (
    CreatePr,
    DataPath,
    Detach,
    DownloadLink,
    ExecutorName,
    Kernel,
    OnConflict,
    OnConflictOption,
    RepoId,
    ResourceOption,
    With,
    Yes,
    absolute,
    detached,
)
from huggingnersc_lab.cli.publication import show_change, show_publication
from huggingnersc_lab.cli.session import FLAG, Session
from huggingnersc_lab.errors import CatalogError, FieldError

if TYPE_CHECKING:
    from huggingnersc_lab.catalog import Change, Planned


def update(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to change.")],
    official_name: Annotated[
        str | None, typer.Option("--official-name", metavar="TITLE", help="Another title.")
    ] = None,
    loader_script: Annotated[Path | None, typer.Option("--loader", metavar="FILE", help="New loader script.")] = None,
    metadata_json: Annotated[
        Path | None,
        typer.Option("--metadata", metavar="FILE", help="Metadata file; its values replace the current ones."),
    ] = None,
    batch_script: Annotated[
        Path | None, typer.Option("--batch-script", metavar="FILE", help="New batch script.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Change one field; see below. May be repeated."),
    ] = None,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    companions: With = None,
    create_pr: CreatePr = False,
    private: Annotated[
        bool | None, typer.Option("--private/--public", metavar=FLAG, help="Who can see it on the Hub.")
    ] = None,
    on_conflict: OnConflictOption = OnConflict.ASK,
    repo_id: RepoId = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show what would change without changing it.")
    ] = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Change a dataset's entry. Manual edits of its card on the Hub are kept."""
    from huggingnersc_lab.catalog import Change
    from huggingnersc_lab.record.metadata.document import read_json
    from huggingnersc_lab.record.scripts import read_script

    values: dict[str, Any] = {}
    if metadata_json is not None:
        # Fields that the file leaves out stay unchanged, so none of them is required.
        kept = ("name", "pretty_name", "size_categories", "license", "data_path")
        document = read_json(metadata_json)
        former = session.catalog.store.read(nickname).record
        metadata = session.catalog.validate(document, given={"name": nickname}, later=kept, former=former)
        metadata.findings.raise_for_errors(f"'{metadata_json}'")
        session.output.warnings(metadata.findings.warnings)
        values |= metadata.written
    values |= dict(read_change(text) for text in changes or ())
    given = {
        "pretty_name": official_name,
        "data_path": absolute(data_path),
        "download_link": download_link,
        "kernel_name": kernel,
    }
    values |= {key: value for key, value in given.items() if value is not None}
    loader = read_script(loader_script, "loader", nickname) if loader_script else None
    batch = read_script(batch_script, "batch_script", nickname) if batch_script else None
    found = [read_script(path, "companions", nickname) for path in companions or ()]
    beside = {script.file_name: script.text for script in found}
    if not (values or loader or batch or beside or private is not None):
        raise typer.BadParameter("Nothing to change: see --help.")
    change = Change(
        "update", nickname, values, loader, batch, beside, private=private, create_pr=create_pr, confirmed=repo_id
    )
    change = replace(change, on_conflict=on_conflict.value)
    if dry_run:
        show_change(session, session.catalog.plan(change))
        return
    session.confirm(f"Change '{nickname}' on {session.site.hub_url}?", yes=yes)
    planned = session.with_repository(
        lambda confirmed: session.with_card(
            lambda choice: _planned(session, replace(change, confirmed=confirmed, on_conflict=choice)),
            on_conflict.value,
        ),
        repo_id,
    )
    if wish := detached(detach, executor, resources):
        jobs.detach(session, planned.change, wish)
        return
    publication = session.catalog.carry_out(planned, on_step=session.output.step)
    for note in publication.notes:
        session.output.note(note)
    show_publication(session, publication)


def retire(
    session: Session,
    nickname: Annotated[str, typer.Argument(metavar="NICKNAME", help="The dataset to remove.")],
    hub: Annotated[
        bool, typer.Option("--hub", metavar=FLAG, help="Also delete its repository on the Hub. This cannot be undone.")
    ] = False,
    repo_id: RepoId = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show what would change without changing it.")
    ] = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Remove a dataset from the catalog. The data itself is never touched."""
    from huggingnersc_lab.catalog import Change

    if dry_run:
        show_change(session, session.catalog.plan(Change("retire", nickname, from_hub=hub, confirmed=repo_id)))
        return
    named = session.catalog.store.read(nickname).record.repo_id if hub else None
    where = f"the catalog and delete {named} from {session.site.hub_url}" if named else "the catalog"
    session.confirm(f"Remove '{nickname}' from {where}?", yes=yes)
    if named:
        session.output.note(f"Deleting {named} from {session.site.hub_url}")
    if wish := detached(detach, executor, resources):
        jobs.detach(session, Change("retire", nickname, from_hub=hub, confirmed=repo_id), wish)
        return
    record = session.with_repository(
        lambda confirmed: session.catalog.retire(nickname, from_hub=hub, confirmed=confirmed), repo_id
    )
    text = f"'{nickname}' is no longer in the catalog" + (" nor on the Hub." if hub else ".")
    if not hub and record.repo_id:
        text += f" Its repository {record.repo_id} is still on the Hub: you can delete it in its settings there."
    session.output.sentence({"retired": nickname, "repo_id": record.repo_id, "from_hub": hub}, text)


def _planned(session: Session, change: Change) -> Planned:
    session.catalog.hub.require_token()
    planned = session.catalog.plan(change)
    planned.require_confirmed()
    return planned


def editable_members() -> list[str]:
    """Record fields that a user can edit, in the schema's order."""
    from huggingnersc_lab.record.metadata.shorthands import form_schema

    fixed = ("schema_version", "name", "loader", "batch_script")
    return [
        name for name, member in form_schema()["properties"].items() if name not in fixed and not member.get("readOnly")
    ]


def read_change(text: str) -> tuple[str, Any]:
    """Parse ``FIELD=VALUE`` into a field and its value; None for an empty value."""
    member, sign, value = text.partition("=")
    if not sign or not member:
        detail = f"'{text}' is not a change: write FIELD=VALUE, such as license=mit or tags='[\"csv\"]'."
        raise CatalogError("invalid_record", detail, [FieldError("", "form", detail)])
    if not value:
        return member, None
    from huggingnersc_lab.record.metadata.shorthands import form_schema

    schema = form_schema()["properties"].get(member, {})
    if schema.get("type") == "string":  # a title such as 2024 stays a string
        return member, value
    try:
        found = json.loads(value)
    except ValueError as err:
        if value[0] in "[{" and schema.get("type") in ("array", "object"):
            where = f" at line {err.lineno}, column {err.colno}" if isinstance(err, json.JSONDecodeError) else ""
            detail = f"The value of '{member}' is not JSON{where}. Quote it for the shell: {member}='[…]'."
            raise CatalogError("invalid_record", detail, [FieldError(f"/{member}", "not_json", detail)]) from err
        found = value
    if schema.get("type") == "array":
        form = schema["items"]["type"]
        if (form == "string" and not isinstance(found, (list, dict))) or (form == "object" and isinstance(found, dict)):
            return member, [value if form == "string" else found]
    return member, found
