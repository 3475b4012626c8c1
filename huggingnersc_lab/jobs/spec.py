"""What a job is asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class JobSpec:
    """What a job is asked to do, with copies of all that it needs: no later edit changes it. It holds no token.

    Attributes:
        kind: name of the kind, which knows how to do it.
        dataset: nickname of the dataset that it is about.
        arguments: what the kind takes, as JSON.
        executor: name of the executor that runs it.
        resources: what the executor should give it (account, time, nodes …), in that executor's words.
    """

    kind: str
    dataset: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    executor: str = "local"
    resources: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> JobSpec:
        """From what :meth:`to_dict` gave, or from the one flat object that version 0.1.0 wrote.

        Raises:
            TypeError: for anything else.
        """
        if "dataset" not in data:
            data = _from_first_form(data)
        known = {name: data[name] for name in ("kind", "dataset", "arguments", "executor", "resources") if name in data}
        for name, value in known.items():
            if not isinstance(value, Mapping if name in ("arguments", "resources") else str):
                raise TypeError(f"'{name}' is of another form")
        return cls(**known)

    def to_dict(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)


def _from_first_form(data: Mapping[str, Any]) -> dict[str, Any]:
    """The arguments of all kinds stood beside ``kind`` and ``name`` then, most of them None."""
    arguments = {key: value for key, value in data.items() if value is not None}
    return {"kind": arguments.pop("kind", None), "dataset": arguments.pop("name", None), "arguments": arguments}
