"""The dataset card: YAML front matter for the Hub, and a body for people."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from huggingnersc_lab.errors import CatalogError
from huggingnersc_lab.record.model import MEMBERS
from huggingnersc_lab.render.citation.bibtex import bibtex
from huggingnersc_lab.render.download_lines import download_lines
from huggingnersc_lab.render.entry import Entry
from huggingnersc_lab.render.facts import authors_line, doi_line, funding_line, license_line, markdown_rows, paper_link
from huggingnersc_lab.render.front_matter import render_front_matter
from huggingnersc_lab.render.languages import language_of
from huggingnersc_lab.render.markdown import code_block, code_span, embed, escape, link, table

if TYPE_CHECKING:
    from jinja2 import Template

FROM_RECORD = (
    "pretty_name",
    "license",
    "license_name",
    "license_link",
    "language",
    "multilinguality",
    "size_categories",
    "task_categories",
    "task_ids",
    "annotations_creators",
    "language_creators",
    "source_datasets",
    "tags",
)


def card_data(entry: Entry) -> dict[str, Any]:
    """The front matter's keys in the order in which they are written.

    Values from the record itself override ``record.card_data``. The Hub's data viewer is turned off, since it finds no
    data in the repository, unless ``card_data`` says otherwise.
    """
    data: dict[str, Any] = {}
    for key in FROM_RECORD:
        if value := getattr(entry.record, key):
            data[key] = list(value) if isinstance(value, tuple) else value
    further = {key: value for key, value in entry.record.card_data.items() if key not in data}
    data["viewer"] = further.pop("viewer", False)
    return data | further


def render_card(entry: Entry, template: str | None = None) -> str:
    """Render the card.

    Args:
        entry: the entry.
        template: Jinja template of the body; the built-in one if omitted. Its variables are those of
        ``templates/card.md.jinja``; all but ``entry`` contain Markdown in which other people's text is escaped.

    Raises:
        CatalogError: ``invalid_record`` if ``template`` is invalid or fails for this entry.
    """
    from jinja2 import TemplateError

    try:
        body = _template(template).render(_variables(entry))
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as err:
        line = getattr(err, "lineno", None)
        where = f", line {line}" if line else ""
        detail = f"The site's card template does not work{where}: {err} Nothing was created. Fix or remove it."
        raise CatalogError("invalid_record", detail) from err
    return f"{render_front_matter(card_data(entry))}\n{body.strip()}\n"


def _variables(entry: Entry) -> dict[str, Any]:
    """The variables of a template: strings, lists of strings and plain JSON values, and no other objects."""
    record, site = entry.record, entry.site
    loader, batch = entry.loader, entry.batch_script
    notebook = None if entry.folder is None else str(entry.folder / entry.notebook_name)
    facts = markdown_rows(entry, "card")
    return {
        "entry": _plain(entry),
        "title": escape(record.pretty_name),
        "description": embed(record.description or ""),
        "authors": authors_line(record),
        "homepage": link(record.homepage, record.homepage) if record.homepage else "",
        "site": escape(site.title),
        "has_path": bool(record.data_path),
        "facts": table(("Property", "Value"), facts) if facts else "",
        "downloads": [(escape(heading), code_block(lines, "bash")) for heading, lines in download_lines(entry).items()],
        "panel": link("Open it in JupyterLab", entry.lab_link) if entry.lab_link else "",
        "notebook": link(entry.notebook_name, entry.notebook_link) if entry.notebook_link else "",
        "notebook_path": code_span(notebook) if notebook else "",
        "loader_name": code_span(loader.file_name) if loader else "",
        "loader": code_block(loader.text, language_of(loader)) if loader else "",
        "verified_at": escape(record.verified_at or ""),
        "is_distributed": record.is_distributed,
        "batch_script_name": code_span(batch.file_name) if batch else "",
        "batch_script": code_block(batch.text, language_of(batch)) if batch else "",
        "companions": [code_span(script.file_name) for script in entry.companions],
        "submit": code_block(f"sbatch --account=PROJECT {batch.file_name}", "bash") if batch else "",
        "papers": [paper_link(paper) for paper in record.papers],
        "code": [link(address, address) for address in record.code],
        "funding": funding_line(record),
        "license": license_line(record),
        "doi": doi_line(record),
        "citation": code_block(bibtex(entry), "bibtex"),
    }


def _plain(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values; unknown ones are None, so that a template can test them."""
    record, site = entry.record, entry.site
    members: dict[str, Any] = {**dict.fromkeys(MEMBERS), **record.to_dict()}
    members |= {"download_link": record.download_link, "verified_at": record.verified_at}  # as in version 1
    return {
        "record": members,
        "site": {"name": site.name, "title": site.title, "organization": site.organization, "hub_url": site.hub_url},
        "repo_id": entry.repo_id,
        "notebook_name": entry.notebook_name,
        "has_page": entry.has_page,
    }


@cache
def _shipped_template() -> str:
    return files("huggingnersc_lab.render").joinpath("templates/card.md.jinja").read_text("utf-8")


@lru_cache(maxsize=8)
def _template(text: str | None) -> Template:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    # Not HTML: Markdown is escaped where the variables are created.
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False
    )
    return environment.from_string(_shipped_template() if text is None else text)
