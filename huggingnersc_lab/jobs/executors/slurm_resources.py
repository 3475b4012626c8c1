"""What a job may ask of Slurm, in the words of a site file, ``--resource NAME=VALUE`` and ``POST /jobs``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huggingnersc_lab.errors import CatalogError, FieldError, json_pointer


@dataclass(frozen=True)
class Resource:
    """One thing that can be asked for.

    Attributes:
        option: the option of ``sbatch`` that asks for it.
        pattern: what a value looks like; none can end a line of a batch script.
        example: a value.
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
"""By name, what can be asked for."""


def check_resources(resources: Mapping[str, Any]) -> None:
    """See to it that Slurm can be asked for these; raises ``invalid_record`` with every fault."""
    faults = list(_faults(resources))
    if faults:
        raise CatalogError("invalid_record", f"{faults[0].detail} Nothing was begun.", faults)


def option_lines(resources: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a batch script that ask for checked resources."""
    for name, resource in RESOURCES.items():
        if name in resources:
            yield f"#SBATCH {resource.option}={resources[name]}"


def _faults(resources: Mapping[str, Any]) -> Iterator[FieldError]:
    for name, value in resources.items():
        pointer = json_pointer("resources", name)
        resource = RESOURCES.get(name)
        if resource is None:
            known = ", ".join(RESOURCES)
            yield FieldError(pointer, "unknown_field", f"Slurm is not asked for '{name[:40]}' here; there are {known}.")
        elif not isinstance(value, (str, int)) or isinstance(value, bool) or not resource.pattern.fullmatch(str(value)):
            detail = f"'{name}' should be something like {resource.example}."
            yield FieldError(pointer, "pattern", detail, resource.example)
