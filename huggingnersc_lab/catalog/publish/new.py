"""A new entry with a repository of its own."""

from __future__ import annotations

from huggingnersc_lab.catalog.publish.change import Change
from huggingnersc_lab.catalog.publish.plan import plan_of
from huggingnersc_lab.catalog.publish.planned import Planned, record_in
from huggingnersc_lab.catalog.publish.submission import Submission, to_entry
from huggingnersc_lab.render.entry_files import entry_files, hub_files
from huggingnersc_lab.sites import Site


def plan_publication(site: Site, change: Change, submission: Submission, template: str | None) -> Planned:
    """Render a new entry; the Hub is not asked, since creating the repository also checks its name.

    Args:
        site: the site of the data.
        change: the requested change.
        submission: the entry.
        template: the site's own template of the card's body.
    """
    entry = to_entry(site, submission, private=bool(change.private))
    files = entry_files(entry, template)
    names = tuple(hub_files(entry))
    repo_id, name = entry.repo_id, entry.record.name
    if change.create_pr:
        actions = [f"Open a pull request on {repo_id} with {len(names)} files"]
    else:
        seen = "private" if change.private else "public"
        hub = "the practice Hub" if site.is_practice else site.hub_url
        actions = [
            f"Create the {seen} dataset repository {repo_id} on {hub}",
            f"Send {len(names)} files to it in one commit: {', '.join(names)}",
        ]
    actions.append(f"Put {len(files)} files into the catalog folder {site.catalog_root}/{name}")
    return Planned(
        change,
        record_in(files),
        files,
        names,
        plan_of(entry, None, f"Catalog {name}", private=bool(change.private), create_pr=change.create_pr),
        tuple(actions),
        warnings=submission.warnings,
    )
