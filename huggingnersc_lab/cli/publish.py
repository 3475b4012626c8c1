"""Commands that create an entry or preview it."""

from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huggingnersc_lab.cli import jobs
from huggingnersc_lab.cli.arguments import (
    BatchScript,
    CreatePr,
    DataPath,
    Detach,
    DownloadLink,
    ExecutorName,
    Further,
    IsDistributed,
    Kernel,
    LoaderScript,
    MetadataJson,
    Nickname,
    OfficialName,
    Private,
    ResourceOption,
    With,
    Yes,
    absolute,
    arrange,
    detached,
    read_submission,
    show_warnings,
)
from huggingnersc_lab.cli.change import read_change
from huggingnersc_lab.cli.publication import show_preview, show_publication, write_preview
from huggingnersc_lab.cli.session import FLAG, Session

if TYPE_CHECKING:
    from huggingnersc_lab.catalog.publish.submission import Submission
    from huggingnersc_lab.workspace.placement import Wish


def catalog_new_dataset(
    session: Session,
    official_name: OfficialName,
    nickname: Nickname,
    loader_script: LoaderScript,
    metadata_json: MetadataJson,
    batch_script: BatchScript = None,
    is_distributed: IsDistributed = None,
    further: Further = None,
    last: Further = None,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    companions: With = None,
    create_pr: CreatePr = False,
    private: Private = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show what would be created without creating it.")
    ] = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Catalog a dataset: create a repository on the Hub, a loader notebook and a catalog entry."""
    submission = read_submission(
        session,
        official_name,
        nickname,
        loader_script,
        arrange((metadata_json, batch_script, is_distributed, further, last), data_path, download_link),
        kernel,
        companions,
    )
    show_warnings(session, submission.warnings)
    if dry_run:
        shown = session.catalog.preview(submission, private=private, create_pr=create_pr)
        show_preview(session, shown, submission.warnings)
        return
    what = "Propose" if create_pr else "Publish"
    session.confirm(f"{what} '{nickname}' to {session.site.organization} on {session.site.hub_url}?", yes=yes)
    if wish := detached(detach, executor, resources):
        _detach(session, submission, wish, private=private, create_pr=create_pr)
        return
    publication = session.catalog.publish(submission, private=private, create_pr=create_pr, on_step=session.output.step)
    show_publication(session, publication, submission.warnings)


def adopt(
    session: Session,
    name: Annotated[str, typer.Argument(metavar="NAME", help="The repository's name, without the organization.")],
    nickname: Annotated[
        str | None, typer.Option("--nickname", metavar="NAME", help="Nickname, if not the repository's name.")
    ] = None,
    loader_script: Annotated[
        Path | None, typer.Option("--loader", metavar="FILE", help="Script that loads the data.")
    ] = None,
    loader_from_repo: Annotated[
        str | None, typer.Option("--loader-from-repo", metavar="FILE", help="A script of the repository as the loader.")
    ] = None,
    batch_script: Annotated[
        Path | None, typer.Option("--batch-script", metavar="FILE", help="Slurm script that runs a distributed loader.")
    ] = None,
    changes: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="Override one value of the card. May be repeated."),
    ] = None,
    data_path: DataPath = None,
    kernel: Kernel = None,
    companions: With = None,
    create_pr: CreatePr = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", metavar=FLAG, help="Show what would be created without creating it.")
    ] = False,
    detach: Detach = False,
    executor: ExecutorName = None,
    resources: ResourceOption = None,
    yes: Yes = False,
) -> None:
    """Add a dataset that is only on the Hub to the catalog. Manual edits of its card are kept."""
    from huggingnersc_lab.catalog.changes import new_entry
    from huggingnersc_lab.hub.deadline import budget
    from huggingnersc_lab.workspace.draft_checks import content_of_repository

    with budget():  # reading the card counts towards it
        content = content_of_repository(session.catalog, name)
        given = {"name": nickname, "data_path": absolute(data_path), "kernel_name": kernel}
        values = {**content.values, **dict(read_change(text) for text in changes or ())}
        values |= {member: value for member, value in given.items() if value is not None}
        values = {member: value for member, value in values.items() if value is not None}
        submission = session.catalog.read(
            values,
            loader=loader_script,
            batch_script=batch_script,
            companions=companions or (),
            name=values["name"],
        )
        show_warnings(session, submission.warnings)
        adopting = content.adopting
        options: dict[str, Any] = {"create_pr": create_pr, "adopting": adopting}
        options["loader_in_repository"] = loader_from_repo
        if loader_script is None and loader_from_repo is None:
            for script in content.repository_scripts:
                session.output.note(f"If '{script}' loads the data, add --loader-from-repo {shlex.quote(script)}.")
        change = new_entry(submission, private=None, **options)
        if dry_run:
            shown = session.catalog.plan(change, submission)
            show_preview(session, shown, shown.warnings)
            return
        session.confirm(f"Change '{adopting}' on {session.site.hub_url}?", yes=yes)
        if wish := detached(detach, executor, resources):
            _detach(session, submission, wish, **options)
            return
        session.catalog.store.check_writable()
        planned = session.catalog.plan(change, submission)
        submission = replace(submission, warnings=planned.warnings)
        publication = session.catalog.carry_out(planned, on_step=session.output.step)
        for note in publication.notes:
            session.output.note(note)
        show_publication(session, publication, submission.warnings)


def _detach(session: Session, submission: Submission, wish: Wish, **options: Any) -> None:
    from huggingnersc_lab.workspace.change_job import change_of

    jobs.detach(session, change_of(submission, **options), wish)


def preview(
    session: Session,
    official_name: OfficialName,
    nickname: Nickname,
    loader_script: LoaderScript,
    metadata_json: MetadataJson,
    batch_script: BatchScript = None,
    is_distributed: IsDistributed = None,
    further: Further = None,
    last: Further = None,
    data_path: DataPath = None,
    download_link: DownloadLink = None,
    kernel: Kernel = None,
    companions: With = None,
    create_pr: CreatePr = False,
    private: Private = False,
    output: Annotated[
        Path | None, typer.Option("--output", metavar="DIR", help="Write the files to this folder.")
    ] = None,
) -> None:
    """Show the card, the files and the steps. Nothing is sent."""
    submission = read_submission(
        session,
        official_name,
        nickname,
        loader_script,
        arrange((metadata_json, batch_script, is_distributed, further, last), data_path, download_link),
        kernel,
        companions,
    )
    show_warnings(session, submission.warnings)
    shown = session.catalog.preview(submission, private=private, create_pr=create_pr)
    if output is not None:
        write_preview(output, shown)
    show_preview(session, shown, submission.warnings)
    if output is not None:
        session.output.note(f"The files are in '{output}'.")


def validate(
    session: Session,
    metadata_json: MetadataJson,
    official_name: Annotated[
        str | None, typer.Option("--official-name", metavar="TITLE", help="Also check this title.")
    ] = None,
    nickname: Annotated[
        str | None, typer.Option("--nickname", metavar="NAME", help="Also check this nickname.")
    ] = None,
) -> None:
    """Check a metadata file and list all errors."""
    from huggingnersc_lab.record.metadata.document import read_json

    given = {"name": nickname, "pretty_name": official_name}
    options = {"name": "--nickname", "pretty_name": "--official-name", "data_path": "--data-path"}
    session.output.places |= {f"/{member}": options[member] for member, value in given.items() if value is not None}
    # catalog-new-dataset gets these separately, so the file need not contain them.
    metadata = session.catalog.validate(read_json(Path(metadata_json)), given=given, later=tuple(options))
    metadata.findings.raise_for_errors(f"'{metadata_json}'")
    warnings = metadata.findings.warnings
    session.output.warnings(warnings)
    absent = [member for member in options if member not in metadata.values]
    text = f"'{metadata_json}' is valid."
    if absent:
        labels = {"name": "nickname", "pretty_name": "official name", "data_path": "path of the data"}
        text += f" Also required, but not in it: {', '.join(labels[member] for member in absent)}."
    session.output.sentence(
        {"valid": True, "absent": absent, "warnings": [finding.to_dict() for finding in warnings]}, text
    )
