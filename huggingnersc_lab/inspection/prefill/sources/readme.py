"""``README``: title, first paragraph, licence and links; a dataset card's front matter, if it has one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from huggingnersc_lab.inspection.prefill.documents import as_list, text_at, words_of, yaml_object
from huggingnersc_lab.inspection.prefill.licenses import license_of, licenses_in
from huggingnersc_lab.inspection.prefill.papers import arxiv_in, dois_in
from huggingnersc_lab.inspection.prefill.sources.readme_text import FENCE, ReadmeText, parse
from huggingnersc_lab.inspection.prefill.suggestion import (
    Source,
    Suggestion,
    UnreadableSourceError,
    one_line,
    passage_of,
    text_of,
)
from huggingnersc_lab.record.identifiers import checked_doi
from huggingnersc_lab.render.plain import plain

_MAX_CHARACTERS = 200_000
_HEAD = re.compile(r"\A\s*---[ \t]*\n(?P<head>.*?)\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_GENERIC = re.compile(
    r"(?i)read[ _-]?me(?:\.\w+)?|about|overview|introduction|(?:the )?data(?: ?sets?| files?)?|description|summary|"
    r"contents?"
)
_CARD_TITLE = re.compile(r"(?i)^dataset card for\s+")
_LICENSE = re.compile(
    r"(?i)\blicen[sc](?:e|es|ed|ing)\b|\bcreativecommons\.org/|\bpublic domain\b|\bcc[ -]by\b|\bcc0\b"
)
_OF_CODE = re.compile(r"(?i)\b(?:code|software|scripts?|package)\b")
_OF_DATA = re.compile(r"(?i)\bdata(?:set)?s?\b")
_SENTENCE_END = re.compile(
    r"(?<=[.;!?])\s+(?=[A-Z\[*_])|\n|,?\s+(?:and|while|but)\s+(?=the\s+(?:data|code))|,\s+(?=the\s+data)"
)
_LABEL = re.compile(
    r"(?im)^[ \t>*+-]*[*_]*(?P<label>home ?page|(?:project )?web ?(?:site|page)|project page|source code|"
    r"code(?: repository)?|repository|git ?hub|doi|key ?words|paper|publication)[*_]*[ \t]*[:=][*_]*[ \t]*"
    r"(?P<value>\S[^\n]*)"
)
_IMAGE = re.compile(r"!\[[^\]\n]{0,200}\]\([^()\s]{0,500}\)")
_ADDRESS = re.compile(r"https?://[^\s<>\"\])]+")
_BADGE_DOI = re.compile(
    r"\[!\[[^\]]{0,60}doi[^\]]{0,60}\]\([^()\s]{0,300}\)\]\((?P<target>[^\s]{0,300}?)\)", re.IGNORECASE
)
_BIBTEX = re.compile(
    r"@(?:article|book|dataset|data|inproceedings|incollection|misc|phdthesis|software|techreport|unpublished)\s*\{",
    re.IGNORECASE,
)
_MAX_BIBTEX = 5000
_CARD_LISTS = ("task_categories", "task_ids", "language", "size_categories", "tags")


def read(name: str, content: bytes) -> Iterator[Suggestion]:
    """What a README says about the data."""
    text = text_of(content)[:_MAX_CHARACTERS]
    head = _HEAD.match(text)
    if head is not None:
        text = text[head.end() :]
        yield from _card_data(head["head"])
    found = parse(text, name.lower().rpartition(".")[2] if "." in name else "")
    title = _CARD_TITLE.sub("", found.title)
    if title and not _GENERIC.fullmatch(title):
        yield Suggestion("pretty_name", title, passage_of(found.title))
    if found.paragraph:
        yield Suggestion("description", found.paragraph, passage_of(found.paragraph))
    yield from _licenses(found)
    yield from _labelled(FENCE.sub("", text))
    yield from _references(text)


def _card_data(head: str) -> Iterator[Suggestion]:
    try:
        data = yaml_object(head)
    except UnreadableSourceError:  # the text below it may still say something
        return
    if title := text_at(data, "pretty_name"):
        yield Suggestion("pretty_name", title, passage_of(f"pretty_name: {title}"))
    licenses: list[Any] = as_list(data.get("license"))
    if licenses and isinstance(licenses[0], str) and (license_id := license_of(licenses[0])):
        yield Suggestion("license", license_id, passage_of(f"license: {licenses[0]}"))
    for member in _CARD_LISTS:
        if words := [one for one in as_list(data.get(member)) if isinstance(one, str)]:
            yield Suggestion(member, words, passage_of(f"{member}: {', '.join(words)}"))


def _licenses(found: ReadmeText) -> Iterator[Suggestion]:
    """Licences named in sentences about licences, but for those of code alone."""
    for sentence in (part for block in found.blocks for part in _SENTENCE_END.split(block)):
        is_of_data = bool(_OF_DATA.search(sentence))
        if _LICENSE.search(sentence) and (is_of_data or not _OF_CODE.search(sentence)):
            for license_id in licenses_in(sentence):
                yield Suggestion("license", license_id, passage_of(plain(sentence[:2000])), is_of_data)


def _labelled(text: str) -> Iterator[Suggestion]:
    for match in _LABEL.finditer(text):
        label, line = match["label"].lower().replace(" ", ""), one_line(match[0])
        value = match["value"].rstrip("*_ ")
        addresses = [one.rstrip(".,;*_") for one in _ADDRESS.findall(value)]
        if label == "doi":
            if dois := dois_in(value):
                yield Suggestion("doi", dois[0], passage_of(line))
        elif label == "keywords":
            yield Suggestion("tags", words_of(plain(value.rstrip("."))), passage_of(line))
        elif label in ("paper", "publication"):
            if addresses and not (dois_in(value) or arxiv_in(value)):
                yield Suggestion("papers", addresses[:1], passage_of(line))
        elif addresses and checked_doi(addresses[0]) is None:
            is_code = label in ("sourcecode", "code", "coderepository", "repository", "github")
            suggested = ("code", addresses[:1]) if is_code else ("homepage", addresses[0])
            yield Suggestion(suggested[0], suggested[1], passage_of(line))


def _references(text: str) -> Iterator[Suggestion]:
    for match in _BADGE_DOI.finditer(text):
        if (doi := checked_doi(match["target"])) is not None:
            yield Suggestion("doi", doi, passage_of(match[0]))
    text = _IMAGE.sub("", text)
    for paper in [*arxiv_in(text), *dois_in(text)]:
        at = text.find(paper.removeprefix("arXiv:"))
        line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        yield Suggestion("papers", [paper], passage_of(line))
    begin = _BIBTEX.search(text)
    if begin is not None and (entry := _balanced(text[begin.start() : begin.start() + _MAX_BIBTEX])):
        yield Suggestion("citation", entry, passage_of(entry))


def _balanced(text: str) -> str:
    """The text up to the brace that closes its first one; empty if there is none."""
    depth = 0
    for at, sign in enumerate(text):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "}" and depth == 0:
            return text[: at + 1]
    return ""


SOURCE = Source(re.compile(r"(?i)read[-_]?me(?:\.(?:md|markdown|rst|txt))?"), read)
