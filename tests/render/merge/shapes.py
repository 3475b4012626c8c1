"""Cards in the shapes that people give them, each by a name: front matters and bodies, put together."""

from __future__ import annotations

from collections.abc import Iterator

HEADS = {
    "none": "",
    "empty": "---\n---\n",
    "plain": "---\nlicense: mit\nlanguage:\n- en\n---\n\n",
    "two licences": "---\nlicense: [mit, apache-2.0]  # both\npretty_name: 'Gauges'\n---\n",
    "unknown keys": "---\n# who to ask\ncontact: {since: 2020-01-31}\nlicense: mit\n\ntags: [a,  water]\n---\n\n",
    "former keys": "---\nlanguages:\n- en\nlicenses:\n- cc-by-4.0\n---\n",
}

TEMPLATE = """\
# Dataset Card for River gauges

## Table of Contents
- [Dataset Description](#dataset-description)
  - [Dataset Summary](#dataset-summary)

## Dataset Description

- **Homepage:** https://rivers.example/gauges
- **Repository:** [code](https://rivers.example/code)
- **Paper:** https://arxiv.org/abs/2001.00001

### Dataset Summary

Levels of twelve rivers, every hour.

### Supported Tasks and Leaderboards

[More Information Needed]

## Additional Information

### Licensing Information

MIT.

### Citation Information

```
@misc{gauges,
  title = {River gauges}
}
```

### Contributions

Thanks to all.
"""

BODIES = {
    "template": TEMPLATE,
    "no title": "Levels of rivers.\n\nEvery hour.\n",
    "only a title": "# Gauges\n",
    "two titles": "# Gauges\n\nLevels.\n\n# Usage\n\nRead it.\n",
    "underlined": "Gauges\n======\n\nLevels.\n\nUsage\n-----\n\nRead it.\n",
    "title in HTML": '<h1 align="center">Gauges &amp; more</h1>\n\n<p><img src="x.png"></p>\n\nLevels.\n',
    "deep headings": "### Rivers\n\nLevels.\n\n#### Where\n\nHere.\n",
    "table": "# Gauges\n\n| river | level |\n| --- | --- |\n| Rhine | 3 |\n\n## Files\n\nTwo.\n",
    "fence": "# Gauges\n\n```python\n# no heading\n## neither\n```\n\n~~~\n# nor this\n~~~\n",
    "nested lists": "# Gauges\n\n- a\n\n  ## in a list\n\n  1. b\n     - c\n\n> # quoted\n",
    "comments": "<!-- # hidden\n---\n-->\n# Gauges\n\n<!-- by hand -->\n\nLevels. <!-- end -->\n",
    "emoji": "# 🌊 Gauges\n\n## 📚 Citation\n\nCite us.\n\n## ⚖️ License\n\nMIT\n",
    "right to left": "# \u05de\u05d9\u05dd\n\n\u05d2\u05d1\u05d4.\n\n## \u05db\u05d0\u05df\n\n\u202b\u05e9\u202c.\n",
    "spaces": "\n\n\n# Gauges  \n\n\n\nLevels.   \n\n\n\n## Files\n\n\nTwo.\n\n\n\n",
    "open fence": "# Gauges\n\n```\nnever closed\n",
    "rules": "# Gauges\n\n---\n\nLevels.\n\n* * *\n\n## Files\n***\nTwo.\n",
    "our words": "# Gauges\n\n## Where it is\n\nOn my disk.\n\n## Papers\n\nNone.\n",
    "no end": "# Gauges\n\nLevels.\n\n## Files\n\nTwo.",
    "links": "# [Gauges](https://rivers.example)\n\n[a]: https://rivers.example/a\n\nSee [a].\n",
    "html": "# Gauges\n\n<details><summary>More</summary>\n\n## Inside\n\n</details>\n\n## After\n\nText.\n",
}


def cards() -> Iterator[tuple[str, str]]:
    """Name and text of each card."""
    for head_name, head in HEADS.items():
        for body_name, body in BODIES.items():
            yield f"{head_name}, {body_name}", head + body
    for name, text in (("template", HEADS["unknown keys"] + TEMPLATE), ("spaces", HEADS["plain"] + BODIES["spaces"])):
        yield f"{name}, CRLF", text.replace("\n", "\r\n")
        yield f"{name}, CR", text.replace("\n", "\r")
        yield (
            f"{name}, mixed line ends",
            "".join(line + ("\r\n", "\n")[number % 2] for number, line in enumerate(text.split("\n"))),
        )
        yield f"{name}, byte order mark", "\ufeff" + text
