"""The cast file as text: written once, and from then on only added to.

Everything that narrate believes goes in as comments and everything that the user decides as keys, so a
better guess in a later version is never held back by an old one that merely stands in the file.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import wrap
from typing import Any

from narrate.cast import NARRATORS_VOICE, Cast, Role, Voice
from narrate.script import NARRATOR, UNKNOWN, Character, Script
from narrate.userfiles.cast_shape import bare

_HEAD = """\
# The cast of {story}: who has which voice.
#
# Edit it and run narrate again: only lines whose voice changed are spoken again. narrate never changes
# what stands here; characters that are new in the story are added at the end of the list.
#
#   Kylo: kokoro/am_onyx        an engine and one of its voices; `narrate voices` lists and plays them
#   Kylo:                       or more about the voice:
#     voice: kokoro/am_onyx     `narrator` here follows the narrator's voice
#     speed: 0.95               0.5 to 2
#     pitch: -1                 semitones, -12 to 12
#     gain: 2                   dB, -24 to 24
#     gender: male              female, male, neutral or unknown; age: child, young, adult or old
#     aliases: [the captain]    other names in the story that are Kylo
#   Kylo:                       no voice: narrate chooses one on each run
#
# Further sections, all optional: extend (a preset or another cast file, as a series has), engine and
# accent (what casting prefers), delivery (none, light, moderate or full: how much is made of whispers and
# shouts; also in an entry), pacing, pronounce (Siobhan: shi-VAWN), kinds (note: skip), credits (on),
# foreign (own), profile, output.
"""

_PLAIN = re.compile(r"[^\W\d_](?:[\w'’.+\- ]*[\w'’.])?")
_NOT_PLAIN = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
_WIDTH = 100
_CHOSE = "narrate chose "


def write_new(cast: Cast, script: Script, *, story: str, extend: str = "") -> str:
    """The whole text of a first cast file. `story` is the story's file name."""
    parts = [_HEAD.format(story=_printable(story)), ""]
    if extend:
        parts += [f"extend: {scalar(extend)}", ""]
    facts = Facts(script)
    if NARRATOR in cast.roles:
        role = cast.roles[NARRATOR]
        parts += [*_comments(facts.of(role), ""), *_entry(NARRATOR, role.voice, "", "  "), ""]
    parts += ["characters:"]
    for role in others(cast, script):
        parts += block(role, facts, "  ", "  ")
    return "\n".join(parts) + "\n"


def others(cast: Cast, script: Script) -> list[Role]:
    """Everybody but the narrator; whoever tells the story follows the narrator's voice from now on."""
    tellers = {c.name for c in script.characters if c.narrates}
    narrator = cast.roles.get(NARRATOR)
    return [
        replace(role, voice=NARRATORS_VOICE)
        if name in tellers and narrator is not None and role.voice == narrator.voice
        else role
        for name, role in cast.roles.items()
        if name != NARRATOR
    ]


class Facts:
    """What narrate knows of each speaker, in words."""

    def __init__(self, script: Script) -> None:
        self.characters: dict[str, Character] = {c.name: c for c in script.characters}
        self.lines = Counter(line.speaker for line in script.lines if line.speaker)
        self.words: Counter[str] = Counter()
        for line in script.lines:
            self.words[line.speaker] += len(line.text.split())

    def of(self, role: Role) -> list[str]:
        name = role.character
        lines, words = self.lines[name], self.words[name]
        said = f"{lines:,} line{'s' * (lines != 1)}, {words:,} word{'s' * (words != 1)} when first cast"
        notes = [said + ("; quotes that nobody could be found for" if name == UNKNOWN else "")]
        character = self.characters.get(name)
        if character is not None:
            known = [part for part in (character.gender, character.age) if part != "unknown"]
            about = ", ".join(known) if known else "gender and age unknown"
            evidence = "; ".join(dict.fromkeys(character.evidence.split("; ")))
            notes[0] += f"; {about}" + (f" ({evidence})" if evidence else "")
            other = [alias for alias in character.aliases if bare(alias) != bare(name)]
            if other:
                notes.append("also " + ", ".join(f'"{alias}"' for alias in other))
        if role.why:
            notes.append(f"{_CHOSE}{short(role.voice)}: {role.why}")
        return notes


def chosen_above(rows: Sequence[str], line: int) -> tuple[str, str]:
    """The voice that narrate chose for the entry in `line` (from 1), and why, from the comment above it.

    Two empty strings where no such comment stands there.
    """
    first = line - 1
    while first > 0 and rows[first - 1].lstrip().startswith("#"):
        first -= 1
    words = " ".join(row.strip().removeprefix("#").strip() for row in rows[first : line - 1])
    _, found, rest = words.partition(_CHOSE)
    voice, colon, why = rest.partition(": ")
    return (voice, why) if found and colon else ("", "")


def block(role: Role, facts: Facts, indent: str, step: str) -> list[str]:
    return ["", *_comments(facts.of(role), indent), *_entry(role.character, role.voice, indent, step)]


def _comments(notes: Iterable[str], indent: str) -> list[str]:
    lines = []
    for note in notes:
        lines += wrap(_printable(note), _WIDTH - len(indent), break_long_words=False, break_on_hyphens=False)
    return [f"{indent}# {line}" for line in lines]


def _entry(name: str, voice: Voice, indent: str, step: str) -> list[str]:
    settings = _settings(voice)
    if not settings:
        return [f"{indent}{scalar(name)}: {scalar(short(voice))}"]
    lines = [f"{indent}{scalar(name)}:", f"{indent}{step}voice: {scalar(short(voice))}"]
    return lines + [f"{indent}{step}{key}: {value}" for key, value in settings]


def flow(voice: Voice) -> str:
    settings = _settings(voice)
    if not settings:
        return scalar(short(voice))
    return "{" + ", ".join(f"{k}: {v}" for k, v in (("voice", scalar(short(voice))), *settings)) + "}"


def value_of(voice: Voice) -> Any:
    """What the entry of `voice` reads as: every scalar is text."""
    if not _settings(voice):
        return short(voice)
    value: dict[str, Any] = {"voice": short(voice)}
    value |= {key: text for key, text in _settings(voice) if key != "options"}
    if voice.options:
        value["options"] = {k: v if isinstance(v, str) else json.dumps(v) for k, v in voice.options}
    return value


def _settings(voice: Voice) -> list[tuple[str, str]]:
    """What differs from the voice's plain self, as YAML."""
    settings = [("speed", f"{voice.speed:.10g}")] if voice.speed != 1.0 else []
    settings += [("pitch", f"{voice.pitch:.10g}")] if voice.pitch else []
    settings += [("gain", f"{voice.gain:.10g}")] if voice.gain else []
    if voice.options:
        said = (
            f"{scalar(k)}: {_quoted(v) if isinstance(v, str) else json.dumps(v)}" for k, v in voice.options
        )
        settings.append(("options", "{" + ", ".join(said) + "}"))
    return settings


def short(voice: Voice) -> str:
    """`engine/name`, as an entry says it."""
    return NARRATOR if voice == NARRATORS_VOICE else f"{voice.engine}/{voice.name}"


def scalar(text: str) -> str:
    """`text` as one YAML scalar: without quotes where nothing could be misread."""
    if (
        len(text) < 200
        and text.casefold() not in _NOT_PLAIN
        and all(map(_PLAIN.fullmatch, text.split("/", 1)))
    ):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    """JSON's escapes are YAML's; what YAML calls unprintable is escaped on top."""
    return "".join(c if c.isprintable() else _escape(c) for c in json.dumps(text, ensure_ascii=False))


def _escape(c: str) -> str:
    return f"\\u{ord(c):04x}" if ord(c) <= 0xFFFF else f"\\U{ord(c):08x}"


def _printable(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
