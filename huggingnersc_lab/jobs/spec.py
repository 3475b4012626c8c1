"""The specification of a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

MAX_PARTS = 1000
"""Maximum number of parts of a job: Slurm's default ``MaxArraySize`` is 1001."""


@dataclass(frozen=True)
class JobSpec:
    """What a job is to do, with copies of everything it needs, so that later edits do not affect it. Contains no token.

    Attributes:
        kind: name of the kind, which implements it.
        dataset: nickname of its dataset.
        arguments: the kind's arguments, as JSON.
        executor: name of the executor that runs it.
        resources: resources to request from the executor (account, time, nodes …), in its own terms.
        parts: number of parts that the work is split into; the engine asks the kind.
    """

    kind: str
    dataset: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    executor: str = "local"
    resources: Mapping[str, Any] = field(default_factory=dict)
    parts: int = 1

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> JobSpec:
        """The inverse of :meth:`to_dict`; also reads the flat object that version 0.1.0 wrote.

        Raises:
            TypeError: for anything else.
        """
        if "dataset" not in data:
            data = _from_first_form(data)
        known = {name: data[name] for name in _FORMS if name in data}
        for name, value in known.items():
            if not isinstance(value, _FORMS[name]) or isinstance(value, bool):
                raise TypeError(f"'{name}' has the wrong type")
        if not 1 <= known.get("parts", 1) <= MAX_PARTS:
            raise TypeError(f"'parts' should be from 1 to {MAX_PARTS}")
        return cls(**known)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        data = asdict(self)
        if self.parts == 1:
            del data["parts"]
        return data


def _from_first_form(data: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of all kinds were then next to ``kind`` and ``name``, most of them None."""
    arguments = {key: value for key, value in data.items() if value is not None}
    return {"kind": arguments.pop("kind", None), "dataset": arguments.pop("name", None), "arguments": arguments}


_FORMS: Mapping[str, type] = {
    "kind": str,
    "dataset": str,
    "arguments": Mapping,
    "executor": str,
    "resources": Mapping,
    "parts": int,
}
