"""A site: one TOML file that describes a computing centre.

The package includes ``nersc``, ``mila`` and ``sandbox``; any other site is a path to such a file. :func:`load_site`
decides which one is used, and every interface displays it.
"""

from __future__ import annotations

import json
import os
import re
import socket
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import fastjsonschema

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer
from huggingnersc_lab.regular import UnreadableError, read_text
from huggingnersc_lab.sites.slurm import SlurmDefaults, is_one_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

SHIPPED = ("nersc", "mila", "sandbox")
"""Names of the sites that come with the package."""

CHANNELS = ("torrent", "drive", "doi", "request")
"""Channels that come with the package, as site files name them."""

PRACTICE_HUB = "practice"
"""The ``hub_url`` that means the practice Hub on this machine."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Host names of this machine."""

MAX_BYTES = 1024 * 1024
"""Maximum size of a site file."""

SYSTEM_FILE = Path("/etc/huggingnersc/site.toml")
"""Where an administrator installs a centre's site file for all users."""


@dataclass(frozen=True)
class LinkRule:
    """Paths below ``path`` are public at ``url``; both contain ``{placeholders}``, the last one matches the rest."""

    path: str
    url: str


@dataclass(frozen=True)
class Site:
    """A centre: its name, its catalog and Hub, and how its paths become links.

    Attributes:
        name: short name, ``nersc``.
        title: display name, ``NERSC``.
        organization: organization on the Hub that owns the repositories.
        hub_url: URL of the Hub, or ``practice``.
        catalog_root: shared folder of published records; None if not configured.
        data_roots: folders that datasets must be in; empty for no restriction.
        path_aliases: other mount points of the same data, each with the folder by which it is cataloged.
        jupyter_url: URL that opens an absolute ``{path}`` in the centre's JupyterLab, if there is one.
        dataset_url: URL that opens the dataset ``{name}`` in the panel there, if there is one.
        links: rules from paths to public URLs; the first match is used.
        group: Unix group for files in the catalog; the folder's own if None.
        directory_mode: permission bits of folders in the catalog.
        file_mode: permission bits of files in the catalog.
        default_kernel: kernel of a loader notebook if none was chosen.
        access_help: how to get added to ``{group}``, one sentence.
        card_template: file of a Jinja template that replaces the card's body, if any.
        channels: names of the ways of sharing besides the Hub.
        channel_settings: settings of each channel from its table in the site file.
        slurm: resources to request from Slurm, for batch scripts and jobs.
        login_nodes: patterns of host names of machines on which nothing heavy may run.
        practice_dir: folder of the practice Hub, if the site uses it.
        source: why this site was selected, for display.
    """

    name: str
    title: str
    organization: str
    hub_url: str
    catalog_root: Path | None = None
    data_roots: tuple[Path, ...] = ()
    path_aliases: tuple[tuple[str, str], ...] = ()
    jupyter_url: str | None = None
    dataset_url: str | None = None
    links: tuple[LinkRule, ...] = ()
    group: str | None = None
    directory_mode: int = 0o2775
    file_mode: int = 0o664
    default_kernel: str = "python3"
    access_help: str | None = None
    card_template: Path | None = None
    channels: tuple[str, ...] = ()
    channel_settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)
    slurm: SlurmDefaults = field(default_factory=SlurmDefaults)
    login_nodes: tuple[str, ...] = ()
    practice_dir: Path | None = None
    source: str = ""

    @property
    def is_practice(self) -> bool:
        """Whether the Hub is the practice Hub, so that nothing leaves this machine."""
        return self.hub_url == PRACTICE_HUB

    @property
    def is_at_login_node(self) -> bool:
        """Whether this machine is a login node, on which nothing heavy may run."""
        return is_one_of(self.login_nodes, socket.gethostname())

    @classmethod
    def load(cls, name_or_path: str | None = None, **options: Any) -> Site:
        """Same as :func:`load_site`.

        >>> Site.load("nersc").organization
        'NERSC'
        """
        return load_site(name_or_path, **options)


def load_site(
    name_or_path: str | None = None,
    *,
    catalog_root: str | None = None,
    hub_url: str | None = None,
    organization: str | None = None,
    environ: Mapping[str, str] | None = None,
) -> Site:
    """Load the site to use.

    Arguments override the environment (``HUGGINGNERSC_SITE``, ``HUGGINGNERSC_CATALOG_ROOT``,
    ``HUGGINGNERSC_ORGANIZATION``, ``HF_ENDPOINT``), which overrides ``/etc/huggingnersc/site.toml``, which overrides
    ``sandbox``.

    Args:
        name_or_path: a built-in site's name, or the path of a site file.
        catalog_root: another folder for the catalog.
        hub_url: another Hub.
        organization: another organization on the Hub.
        environ: the environment; that of the process if omitted.

    Raises:
        CatalogError: ``not_found`` if there is no such site, ``invalid_record`` if the file is invalid.
    """
    environ = os.environ if environ is None else environ
    if name_or_path:
        chosen, source = name_or_path, "as named"
    elif environ.get("HUGGINGNERSC_SITE"):
        chosen, source = environ["HUGGINGNERSC_SITE"], "set by HUGGINGNERSC_SITE"
    elif SYSTEM_FILE.is_file():
        chosen, source = str(SYSTEM_FILE), f"from {SYSTEM_FILE}"
    else:
        chosen, source = "sandbox", "the default"
    site = replace(_read(chosen, _practice_dir(environ)), source=source)
    if root := catalog_root or environ.get("HUGGINGNERSC_CATALOG_ROOT"):
        site = replace(site, catalog_root=Path(root).expanduser().absolute())
    if name := organization or environ.get("HUGGINGNERSC_ORGANIZATION"):
        site = replace(site, organization=name)
    if url := hub_url or environ.get("HF_ENDPOINT"):
        if url != PRACTICE_HUB and not re.match(r"https?://[^\s/]+", url):
            raise CatalogError("invalid_record", f"'{url}' is not the URL of a Hub: it must start with https://.")
        # With a real Hub it is no longer the practice site: no card may say "at the practice site".
        left = site.is_practice and url != PRACTICE_HUB and urlsplit(url).hostname not in LOOPBACK
        site = replace(site, hub_url=url.rstrip("/"), title=site.organization if left else site.title)
    return site


def _practice_dir(environ: Mapping[str, str]) -> Path:
    if folder := environ.get("HUGGINGNERSC_PRACTICE_DIR"):
        return Path(folder).expanduser().absolute()
    from platformdirs import user_data_path

    return user_data_path("huggingnersc") / "practice"


def _read(name_or_path: str, practice: Path) -> Site:
    if name_or_path in SHIPPED:
        text = files("huggingnersc_lab.sites").joinpath(f"{name_or_path}.toml").read_text("utf-8")
        base = Path()
    else:
        path = Path(name_or_path).expanduser()
        try:
            text = read_text(path, MAX_BYTES)
        except UnreadableError as err:
            detail = f"There is no site '{name_or_path}' ({err}). Use {', '.join(SHIPPED)}, or the path of a site file."
            raise CatalogError("not_found", detail) from err
        base = path.absolute().parent
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise CatalogError("invalid_record", f"The site file '{name_or_path}' is not TOML: {err}") from err
    # The tests check the built-in ones.
    if name_or_path not in SHIPPED and (faults := [*_faults(data), *_link_faults(data), *_channel_faults(data)]):
        count = f"{len(faults)} error{'s' * (len(faults) > 1)}"
        raise CatalogError("invalid_record", f"The site file '{name_or_path}' has {count}; nothing was done.", faults)
    return _site(data, base, practice)


@cache
def site_schema() -> dict[str, Any]:
    """``site.schema.json`` (JSON Schema draft-07); do not modify the result."""
    schema: dict[str, Any] = json.loads(files("huggingnersc_lab.sites").joinpath("site.schema.json").read_text("utf-8"))
    return schema


def _faults(data: Mapping[str, Any]) -> list[FieldError]:
    try:
        fastjsonschema.validate(site_schema(), data, use_default=False)
    except fastjsonschema.JsonSchemaException:
        from huggingnersc_lab.record.schema import all_errors

        return all_errors(site_schema(), data)
    return []


def _link_faults(data: Mapping[str, Any]) -> Iterator[FieldError]:
    """Errors of a link rule that a pattern cannot express: its placeholders must match."""
    rules = data.get("links")
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, Mapping) or not all(isinstance(rule.get(key), str) for key in ("path", "url")):
            continue
        names = re.findall(r"\{(.*?)\}", rule["path"])
        pointer = json_pointer("links", index, "path")
        if bad := [name for name in names if not name.isidentifier()]:
            yield FieldError(pointer, "placeholder", f"'{{{bad[0]}}}' is not a placeholder: use one like {{project}}.")
        if len(set(names)) < len(names):
            yield FieldError(pointer, "placeholder", "A placeholder is used twice.")
        if unknown := sorted(set(re.findall(r"\{(.*?)\}", rule["url"])) - set(names)):
            detail = f"'{{{unknown[0]}}}' is not a placeholder of the path."
            yield FieldError(json_pointer("links", index, "url"), "placeholder", detail)


def _channel_faults(data: Mapping[str, Any]) -> Iterator[FieldError]:
    """Names that differ by a letter from a built-in channel; any other may belong to a plug-in."""
    tables = data.get("channels")
    for name in tables if isinstance(tables, Mapping) else ():
        near = get_close_matches(name, CHANNELS, n=1, cutoff=0.8)
        if near and name not in CHANNELS:
            detail = f"There is no channel '{name}'. Did you mean '{near[0]}'?"
            yield FieldError(json_pointer("channels", name), "unknown_value", detail, near[0])


def _channels(given: Mapping[str, Mapping[str, Any]] | list[str]) -> dict[str, dict[str, Any]]:
    """Settings of the enabled channels, by name."""
    tables: Mapping[str, Mapping[str, Any]] = {name: {} for name in given} if isinstance(given, list) else given
    return {
        name: {key: value for key, value in table.items() if key != "enabled"}
        for name, table in tables.items()
        if table.get("enabled", True)
    }


def _site(data: Mapping[str, Any], base: Path, practice: Path) -> Site:
    def folder(text: str) -> Path:
        return base / Path(text.replace("{practice}", str(practice))).expanduser()

    values: dict[str, Any] = dict(data)
    for key in ("catalog_root", "card_template"):
        if key in values:
            values[key] = folder(values[key])
    values["data_roots"] = tuple(folder(root) for root in data.get("data_roots", ()))
    aliases = data.get("path_aliases", {})
    values["path_aliases"] = tuple((alias.rstrip("/"), path.rstrip("/")) for alias, path in aliases.items())
    values["links"] = tuple(LinkRule(**rule) for rule in data.get("links", ()))
    values["channel_settings"] = _channels(data.get("channels", {}))
    values["channels"] = tuple(values["channel_settings"])
    values["slurm"] = SlurmDefaults(**data.get("slurm", {}))
    values["login_nodes"] = tuple(data.get("login_nodes", ()))
    for key in ("directory_mode", "file_mode"):
        if key in values:
            values[key] = int(values[key], 8)
    if values["hub_url"] == PRACTICE_HUB:
        values["practice_dir"] = practice
    return Site(**values)
