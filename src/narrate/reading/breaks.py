"""Scene breaks: lines that hold ornament and no words."""

from __future__ import annotations

import re

_ORNAMENT = "*#~§¤⁂※❦❧☙❖◆◇■□▪▫●○◦•∙·★☆✦✧✩✪✫✬✭✮✯✰✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋♠♣♥♦♡♢♤♧❤∞†‡"
_RULE = "-–—―‐‑_=+×|/\\<>^:.@%&()[]{}"
_SPACE = " \t\u00a0\u2002\u2003\u2009"

_MARKS = re.compile(f"[{re.escape(_ORNAMENT + _RULE + _SPACE)}]+")
_WITH_LETTERS = re.compile(f"[{re.escape(_ORNAMENT)}{re.escape('-–—―_=+:.')}{_SPACE}oO0xX]+")
_ALTERNATING = re.compile(r"(?:oOo|OoO|o0o|0o0|xXx|XxX)[oO0xX]*")
_SAID = re.compile(
    r"[\[(<*~\-= ]{1,9}(?:scene|line|section|page|time)[ -]?(?:break|skip)[\])>*~\-= ]{1,9}", re.I
)

_LONGEST = 120  # a rule drawn across a page


def is_break(line: str) -> bool:
    """Whether a line is a scene break: `***`, `* * *`, `---`, `~*~`, `# # #`, `⁂`, `--oOo--`.

    An ellipsis, a lone dash and lone punctuation are things that people say, and are not breaks.
    """
    line = line.strip()
    if not line or len(line) > _LONGEST:
        return False
    if _MARKS.fullmatch(line):
        bare = "".join(line.split())
        if any(c in _ORNAMENT for c in bare):
            return True
        # Rules need three marks, and marks that no sentence is left with after its words are gone.
        return len(bare) >= 3 and any(c in "-–—―_=+×^@%" for c in bare) and set(bare) != {"."}
    if _WITH_LETTERS.fullmatch(line):
        return _lettered(line)
    return _SAID.fullmatch(line) is not None


def _lettered(line: str) -> bool:
    """`--oOo--`, `x x x`, `oOoOo`; but not `O`, `Oo...`, `xoxo` or the kisses that end a letter."""
    letters = [c for c in line if c in "oO0xX"]
    if len({c.lower().replace("0", "o") for c in letters}) != 1:
        return False
    if len(letters) == len(line):
        return _ALTERNATING.fullmatch(line) is not None
    framed = not (line[0].isalnum() or line[-1].isalnum())
    spaced = (
        len(letters) >= 3 and len(line) >= 2 * len(letters) - 1 and line[0].isalnum() and line[-1].isalnum()
    )
    return (framed and "." not in line) or (spaced and "." not in line)
