"""A site: one TOML file that describes a computing centre.

Shipped are ``nersc``, ``mila`` and ``sandbox``; any other is a path to a file of the same form. Which one is used is
decided by :func:`load_site`, and every face says so.
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
"""The ``hub_url`` that stands for the practice Hub of this machine."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Hosts that are this machine."""

MAX_BYTES = 1024 * 1024
"""Largest site file that is read."""

SYSTEM_FILE = Path("/etc/huggingnersc/site.toml")
"""Where an administrator puts a centre's site file, so that nobody has to name it."""


@dataclass(frozen=True)
class LinkRule:
    """Paths below ``path`` are public at ``url``; both hold ``{placeholders}``, the last one takes the rest."""

    path: str
    url: str


@dataclass(frozen=True)
class Site:
    """One centre: who it is, where its catalog and its Hub are, and how its paths become links.

    Attributes:
        name: short name, ``nersc``.
        title: name for people, ``NERSC``.
        organization: organization on the Hub that owns the repositories.
        hub_url: address of the Hub, or ``practice``.
        catalog_root: shared folder of published records; None until somebody says where it is.
        data_roots: folders that datasets lie under; empty for no such rule.
        path_aliases: other folders under which the data of one is seen, with that folder.
        jupyter_url: address that opens an absolute ``{path}`` in the centre's JupyterLab, if there is one.
        dataset_url: address that opens the dataset ``{name}`` in the panel there, likewise.
        links: rules from paths to public addresses, the first that fits is taken.
        group: Unix group that owns what is written to the catalog; the folder's own when None.
        directory_mode: permission bits of folders in the catalog.
        file_mode: permission bits of files in the catalog.
        default_kernel: kernel of a loader notebook when nobody chose one.
        access_help: what to do to be let in to ``{group}``, one sentence.
        card_template: file of a Jinja template that takes the place of the card's body, if any.
        channels: names of the ways of sharing besides the Hub.
        channel_settings: by channel, the settings that its table in the site file holds.
        slurm: what is asked of Slurm, for batch scripts and for jobs.
        login_nodes: patterns of the names of machines on which nothing heavy may run.
        practice_dir: folder of the practice Hub, where that is the Hub.
        source: what chose this site, for people to read.
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
        """Whether this machine is one on which nothing heavy may run."""
        return is_one_of(self.login_nodes, socket.gethostname())

    @classmethod
    def load(cls, name_or_path: str | None = None, **options: Any) -> Site:
        """:func:`load_site`, for those who start from the class.

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
    """The site to work with.

    What is given wins over the environment (``HUGGINGNERSC_SITE``, ``HUGGINGNERSC_CATALOG_ROOT``,
    ``HUGGINGNERSC_ORGANIZATION``, ``HF_ENDPOINT``), which wins over ``/etc/huggingnersc/site.toml``, which wins over
    ``sandbox``.

    Args:
        name_or_path: a shipped site's name, or the path of a site file.
        catalog_root: another folder for the catalog.
        hub_url: another Hub.
        organization: another organization on the Hub.
        environ: the environment; that of the process when left out.

    Raises:
        CatalogError: ``not_found`` for a site that is not there, ``invalid_record`` for a file that is no site.
    """
    environ = os.environ if environ is None else environ
    if name_or_path:
        chosen, source = name_or_path, "as named"
    elif environ.get("HUGGINGNERSC_SITE"):
        chosen, source = environ["HUGGINGNERSC_SITE"], "named by HUGGINGNERSC_SITE"
    elif SYSTEM_FILE.is_file():
        chosen, source = str(SYSTEM_FILE), f"from {SYSTEM_FILE}"
    else:
        chosen, source = "sandbox", "since nothing else is configured"
    site = replace(_read(chosen, _practice_dir(environ)), source=source)
    if root := catalog_root or environ.get("HUGGINGNERSC_CATALOG_ROOT"):
        site = replace(site, catalog_root=Path(root).expanduser().absolute())
    if name := organization or environ.get("HUGGINGNERSC_ORGANIZATION"):
        site = replace(site, organization=name)
    if url := hub_url or environ.get("HF_ENDPOINT"):
        if url != PRACTICE_HUB and not re.match(r"https?://[^\s/]+", url):
            raise CatalogError("invalid_record", f"'{url}' is no address of a Hub: it starts with https://.")
        # Whoever goes to a real Hub from the practice site has left it: no card may say "at the practice site".
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
            detail = f"There is no site '{name_or_path}' ({err}). There are {', '.join(SHIPPED)}, or name a file."
            raise CatalogError("not_found", detail) from err
        base = path.absolute().parent
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as err:
        raise CatalogError("invalid_record", f"The site file '{name_or_path}' is not TOML: {err}") from err
    # The shipped ones are checked by the tests.
    if name_or_path not in SHIPPED and (faults := [*_faults(data), *_link_faults(data), *_channel_faults(data)]):
        count = f"{len(faults)} error{'s' * (len(faults) > 1)}"
        raise CatalogError("invalid_record", f"The site file '{name_or_path}' has {count}; nothing was done.", faults)
    return _site(data, base, practice)


@cache
def site_schema() -> dict[str, Any]:
    """``site.schema.json`` (JSON Schema draft-07); do not change what is returned."""
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
    """What a pattern cannot tell of a link rule: that its placeholders fit together."""
    rules = data.get("links")
    for index, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, Mapping) or not all(isinstance(rule.get(key), str) for key in ("path", "url")):
            continue
        names = re.findall(r"\{(.*?)\}", rule["path"])
        pointer = json_pointer("links", index, "path")
        if bad := [name for name in names if not name.isidentifier()]:
            yield FieldError(pointer, "placeholder", f"'{{{bad[0]}}}' is no placeholder: write a word, as {{project}}.")
        if len(set(names)) < len(names):
            yield FieldError(pointer, "placeholder", "A placeholder stands there twice.")
        if unknown := sorted(set(re.findall(r"\{(.*?)\}", rule["url"])) - set(names)):
            detail = f"'{{{unknown[0]}}}' is no placeholder of the path."
            yield FieldError(json_pointer("links", index, "url"), "placeholder", detail)


def _channel_faults(data: Mapping[str, Any]) -> Iterator[FieldError]:
    """Names a letter off from a channel that comes with the package; any other may be one that a plug-in brings."""
    tables = data.get("channels")
    for name in tables if isinstance(tables, Mapping) else ():
        near = get_close_matches(name, CHANNELS, n=1, cutoff=0.8)
        if near and name not in CHANNELS:
            detail = f"There is no channel '{name}'. Did you mean '{near[0]}'?"
            yield FieldError(json_pointer("channels", name), "unknown_value", detail, near[0])


def _channels(given: Mapping[str, Mapping[str, Any]] | list[str]) -> dict[str, dict[str, Any]]:
    """By name of a channel that is on, its settings."""
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
