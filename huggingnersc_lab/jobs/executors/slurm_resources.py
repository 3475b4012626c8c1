"""Resources that a job can request from Slurm, as in a site file, ``--resource NAME=VALUE`` and ``POST /jobs``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer


@dataclass(frozen=True)
class Resource:
    """One kind of resource.

    Attributes:
        option: its option of ``sbatch``.
        pattern: valid values; none contains a line break, so that a value cannot add a line to a batch script.
        example: a valid value.
    """

    option: str
    pattern: re.Pattern[str]
    example: str


def _words(more: str, longest: int = 200) -> re.Pattern[str]:
    return re.compile(rf"[A-Za-z0-9_][A-Za-z0-9_.{more}-]{{0,{longest}}}")


_NUMBER = re.compile(r"[1-9][0-9]{0,5}")

RESOURCES: Mapping[str, Resource] = {
    "account": Resource("--account", _words(""), "m1234"),
    "qos": Resource("--qos", _words(""), "regular"),
    "partition": Resource("--partition", _words(","), "debug"),
    "constraint": Resource("--constraint", re.compile(r"[A-Za-z0-9_\[(][A-Za-z0-9_.,&|*\[\]()@:-]{0,200}"), "cpu"),
    "time": Resource(
        "--time", re.compile(r"[0-9]{1,6}(?::[0-9]{1,2}){0,2}|[0-9]{1,4}-[0-9]{1,2}(?::[0-9]{1,2}){0,2}"), "02:00:00"
    ),
    "licenses": Resource("--licenses", _words(",:@"), "cfs"),
    "reservation": Resource("--reservation", _words(","), "maintenance"),
    "nodes": Resource("--nodes", _NUMBER, "1"),
    "cpus": Resource("--cpus-per-task", _NUMBER, "8"),
    "mem": Resource("--mem", re.compile(r"[0-9]{1,9}[KMGT]?"), "16G"),
}
"""All kinds of resources, by name."""


def check_resources(resources: Mapping[str, Any]) -> None:
    """Validate resources; raises ``invalid_record`` with all errors."""
    faults = list(_faults(resources))
    if faults:
        raise CatalogError("invalid_record", f"{faults[0].detail} Nothing was started.", faults)


def option_lines(resources: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a batch script that request validated resources."""
    for name, resource in RESOURCES.items():
        if name in resources:
            yield f"#SBATCH {resource.option}={resources[name]}"


def _faults(resources: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, value in resources.items():
        pointer = json_pointer("resources", name)
        resource = RESOURCES.get(name)
        if resource is None:
            known = ", ".join(RESOURCES)
            yield FieldError(pointer, "unknown_field", f"'{name[:40]}' is not a resource; use one of {known}.")
        elif not isinstance(value, (str, int)) or isinstance(value, bool) or not resource.pattern.fullmatch(str(value)):
            detail = f"'{name}' should look like {resource.example}."
            yield FieldError(pointer, "pattern", detail, resource.example)
