"""An update of a card that somebody has edited on the Hub by hand.

Three cards are looked at, key by key of the front matter, section by section of the body, and block by block of a
section: the one we made last (``base``), the one on the Hub (``theirs``) and the one we make now (``ours``). What only
one side has changed is taken from that side. What both have changed is a conflict: one of the two is taken, and named.
All else stays byte for byte as it is on the Hub.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from huggingnersc_lab.render.merge.body import known_part, merge_bodies
from huggingnersc_lab.render.merge.front_matter import cut_card, parse_front_matter
from huggingnersc_lab.render.merge.heads import base_of_adopted_head, differing_keys, merge_heads
from huggingnersc_lab.render.merge.line_ends import LineEnds


@dataclass(frozen=True)
class MergedCard:
    """The merged card.

    Attributes:
        text: the card.
        base: what of our card was meant for it: the base of the next merge.
        kept: keys, and headings of sections, that are as people made them on the Hub, deleted ones included.
        conflicts: those that both had changed.
    """

    text: str
    base: str
    kept: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)


def merge_card(base: str | None, theirs: str, ours: str, *, prefer_theirs: bool = False) -> MergedCard:
    """Bring a newly made card into the one on the Hub.

    Args:
        base: what of our card was meant for it last; None when that is not known. Then all that both cards have is
            ours, and all that only the Hub's has is kept.
        theirs: the card on the Hub now.
        ours: the card as it is made now.
        prefer_theirs: which side is taken where both have changed the same.
    """
    ends = LineEnds.of(theirs)
    plain = ends.plain
    ours = LineEnds.of(ours).plain
    base = None if base is None else LineEnds.of(base).plain
    if not plain.strip():
        return MergedCard(ours, ours)
    if plain in (base, ours):
        return MergedCard(theirs if plain == ours else ends.restored(ours), ours)
    their, our, old = cut_card(plain), cut_card(ours), cut_card(base or "")
    old_head, old_body = (None, None) if base is None else (old.head or "", old.body)
    head = merge_heads(old_head, their.head, our.head or "", prefer_theirs=prefer_theirs)
    body = merge_bodies(old_body, their.body, our.body, prefer_theirs=prefer_theirs)
    gap = their.gap if their.head is not None else "\n"
    text = f"{their.opening}{head.text}{their.closing}{gap}{body.text}"
    return MergedCard(
        ends.restored(text),
        f"---\n{our.head}---\n\n{body.base}",
        [*head.kept, *body.kept],
        [*head.conflicts, *body.conflicts],
    )


def base_of_adopted(theirs: str, ours: str) -> str:
    """The base with which :func:`merge_card` puts an entry into a card that was never ours.

    Of the front matter, what the card and the entry say alike stays as it is written there, and what the entry says
    otherwise goes in. Of the body, what the card lacks is added.

    Args:
        theirs: the card on the Hub.
        ours: the card as it is made now.
    """
    return _base(theirs, ours, changed_by_us=True)


def base_of_imported(theirs: str, ours: str) -> str:
    """The base of an entry whose card others have published, and we have not.

    Args:
        theirs: their card; empty where it is not known.
        ours: the card that we would have made.
    """
    return _base(theirs, ours, changed_by_us=False)


def base_of_newer(base: str, ours: str) -> str:
    """The base of an entry whose card was made by a program that knows more of it than this one.

    Args:
        base: what of that program's card was meant for the card.
        ours: the card that this program makes of the same entry; what it does not make of it, is not taken away.
    """
    old, our = cut_card(LineEnds.of(base).plain), cut_card(ours)
    known, made = parse_front_matter(old.head or ""), parse_front_matter(our.head or "")
    head = "".join(made.texts[key] for key in made.values if key in known.values) if known and made else ""
    return f"---\n{head}---\n\n{known_part(our.body, old.body)}"


def replaced_keys(theirs: str, ours: str) -> list[str]:
    """Keys of the front matter that both cards have, with values that are not the same."""
    front, made = (parse_front_matter(cut_card(LineEnds.of(card).plain).head or "") for card in (theirs, ours))
    return differing_keys(front, made) if front and made else []


def _base(theirs: str, ours: str, *, changed_by_us: bool) -> str:
    their, our = cut_card(LineEnds.of(theirs).plain), cut_card(ours)
    front, made = parse_front_matter(their.head or ""), parse_front_matter(our.head or "")
    if front is None or made is None:
        return ""
    head = base_of_adopted_head(front, made, changed_by_us=changed_by_us)
    return f"---\n{head}---\n" if head else ""
