"""One allowed value of a vocabulary, with its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """One allowed value.

    Attributes:
        id: the value itself, as written in a card.
        label: its English name for people.
        aliases: other names.
        spdx: for a licence, its SPDX identifier, if exactly one matches.
        modality: for a task, the Hub's group of tasks, such as ``nlp`` or ``cv``.
        task_categories: for a subtask, the tasks it belongs to.
        min_rows: for a size, the minimum number of rows.
        max_rows: for a size, the maximum number of rows, exclusive; None if there is none.
        extensions: for a format, file extensions, in lower case with the dot.
        common: for a language, whether it has a two-letter code or is a special value of the Hub.
    """

    id: str
    label: str
    aliases: tuple[str, ...] = ()
    spdx: str | None = None
    modality: str | None = None
    task_categories: tuple[str, ...] = ()
    min_rows: int | None = None
    max_rows: int | None = None
    extensions: tuple[str, ...] = ()
    common: bool = False

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Term:
        """The term from JSON values; the inverse of :meth:`to_dict`."""
        lists: dict[str, Any] = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **lists})

    def to_dict(self) -> dict[str, Any]:
        """The term as JSON values, without empty fields."""
        said: dict[str, Any] = {}
        for key in self.__dataclass_fields__:
            value = getattr(self, key)
            if value is not None and value is not False and value != ():
                said[key] = list(value) if isinstance(value, tuple) else value
        return said
