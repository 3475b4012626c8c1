"""The text with which the centre is asked, and what is better settled before."""

from __future__ import annotations

from collections.abc import Iterator

from huggingnersc_lab.channels.base import Dataset
from huggingnersc_lab.channels.naming import BadName
from huggingnersc_lab.channels.request.listing import Listing
from huggingnersc_lab.channels.request.settings import Settings
from huggingnersc_lab.record.naming import advise_name
from huggingnersc_lab.render.entry import cataloged
from huggingnersc_lab.render.licence import licence_of
from huggingnersc_lab.render.papers import paper_of
from huggingnersc_lab.render.plain import plain
from huggingnersc_lab.render.words import byte_size

MOST_NAMES = 20
"""So many names are listed; what more there are is counted."""

_MOST_TEXT = 2000


def letter(dataset: Dataset, settings: Settings, listing: Listing, message: str | None) -> str:
    """The request, plain text.

    Args:
        dataset: the dataset.
        settings: how the centre is asked.
        listing: the data's files.
        message: what else the person wants to say.
    """
    return "\n".join(_lines(dataset, settings, listing, message)) + "\n"


def subject(dataset: Dataset) -> str:
    """Subject of a mail with the request."""
    return f"Please host the dataset '{dataset.name}'"


def advice(dataset: Dataset, listing: Listing) -> list[str]:
    """What is better changed before the centre takes the data, a sentence each."""
    found = [f"The nickname: {fault.detail}" for fault in advise_name(dataset.name)]
    found += _names(listing.bad_names)
    if not listing.is_whole:
        found.append("Some files could not be looked at: they may be links that lead out, or you may not read them.")
    if not has_checksums(dataset):
        found.append("No checksums of the data are known: compute them, so that the copy can be verified.")
    return found


def has_checksums(dataset: Dataset) -> bool:
    """Whether checksums of the data are known, by which a copy can be verified."""
    return any(one.checksums for one in dataset.distributions)


def _names(bad: tuple[BadName, ...]) -> Iterator[str]:
    for one in bad[:MOST_NAMES]:
        yield one.finding().detail
    if len(bad) > MOST_NAMES:
        yield f"{len(bad) - MOST_NAMES} more names have capital letters or special characters."


def _lines(dataset: Dataset, settings: Settings, listing: Listing, message: str | None) -> Iterator[str]:
    record = dataset.record
    entry = cataloged(record, dataset.site)
    where = f" at {settings.target}" if settings.target else ""
    title = " ".join(record.pretty_name.split())
    yield f"Please host the dataset '{title}'{where}."
    yield ""
    yield f"Name: {dataset.name}"
    yield f"Path now: {_line(record.data_path or '')}"
    if settings.target:
        yield f"Path wanted: {settings.target}"
    yield f"Size: {byte_size(listing.bytes)} in {listing.files:,} file{'s' * (listing.files != 1)}"
    licence = licence_of(record)
    if licence:
        yield f"Licence: {_line(licence.label)}" + (f", {licence.address}" if licence.address else "")
    if record.authors:
        yield f"Authors: {_line('; '.join(author.name for author in record.authors))}"
    if entry.hub_link:
        yield f"On the Hub: {entry.hub_link}"
    if record.public_doi:
        yield f"DOI: {record.public_doi}"
    yield from (f"Paper: {paper_of(paper).address}" for paper in record.papers)
    yield from (f"Code: {address}" for address in record.code)
    for one in dataset.distributions:
        for algorithm, digest in one.checksums.items():
            yield f"{algorithm.upper()}: {digest}  {one.label or one.url}"
    if record.description:
        yield from ("", _line(plain(record.description))[:_MOST_TEXT])
    if message:
        yield from ("", message.strip()[:_MOST_TEXT])


def _line(text: str) -> str:
    """A text in one line; what cannot be seen is escaped, so that nothing in it looks like another line."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
