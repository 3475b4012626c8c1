"""One allowed value of a vocabulary, with what is known of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Term:
    """One allowed value.

    Attributes:
        id: the value itself, as it stands in a card.
        label: its name for people, in English.
        aliases: other names it goes by.
        spdx: of a licence, its SPDX identifier, where exactly one fits.
        modality: of a task, the Hub's group of tasks, such as ``nlp`` or ``cv``.
        task_categories: of a subtask, the tasks it belongs to.
        min_rows: of a size, the least number of rows.
        max_rows: of a size, the least number of rows that is too large; None where there is none.
        extensions: of a format, the endings of file names, in lower case with the dot.
        common: of a language, whether it has a two-letter code or is a special value of the Hub.
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
        """The term of JSON values; the inverse of :meth:`to_dict`."""
        lists: dict[str, Any] = {key: tuple(value) for key, value in values.items() if isinstance(value, list)}
        return cls(**{**values, **lists})

    def to_dict(self) -> dict[str, Any]:
        """The term as JSON values, without the members that say nothing."""
        said: dict[str, Any] = {}
        for key in self.__dataclass_fields__:
            value = getattr(self, key)
            if value is not None and value is not False and value != ():
                said[key] = list(value) if isinstance(value, tuple) else value
        return said
