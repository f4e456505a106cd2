"""What has to be spoken: the lines of a script as cues, each with the key of its take."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from narrate.cast import Cast, Voice
from narrate.errors import EngineError, UserFileError
from narrate.manner import PLAIN, Manner
from narrate.rendering.cue import Cue
from narrate.rendering.sentences import sentences
from narrate.rendering.timbre import VERSION as TIMBRE
from narrate.script import Line, Script

KEY_FORMAT = 1
"""Part of every key. Count it up when the way from a cue to its take changes audibly."""

ENOUGH = 100
"""Characters. A cue this long takes no more sentences: engines have enough to hold on to, and an edit
costs no more than this to speak again."""
FULL = 300
"""Characters. Sentences are not joined beyond this."""
SCRAP = 30
"""Characters. A shorter end of a line joins the cue before it rather than stand alone."""
LONGEST = 600
"""Characters. A sentence above this is cut at a clause: one cue must fit a worker's memory and time."""

_CLAUSE = re.compile(r"""[,;:—–)][”’"']?\s+|[，；：、]|—(?=\w)""")
_GAP = re.compile(r"\s+")


def plan(
    script: Script,
    cast: Cast,
    versions: Mapping[str, str],
    speakable: Callable[[Line, Voice], str],
    manner: Callable[[Line, Voice], Manner] = lambda *_: PLAIN,
    reader: Callable[[Line, Voice], Voice] = lambda _, voice: voice,
) -> tuple[Cue, ...]:
    """The cues of every line, in order. A line that the author broke, as verse is, has a cue for each row.

    `versions` has `Engine.version()` for each engine of the cast; `speakable` turns a line's words into
    what its voice is given, `manner` says how it is said, `reader` who reads it
    instead of the speaker's voice (a line in another language). A line without a word to speak (`...`) gets
    no cue: it is a pause, and `unspoken` lists it. Raises UserFileError for a speaker nobody is cast as,
    EngineError for an engine without a version.
    """
    cues: list[Cue] = []
    voices: dict[str, Voice] = {}  # by speaker
    keys: dict[tuple[Voice, Manner], _Key] = {}  # hashing a voice is slow
    for index, line in enumerate(script.lines):
        if line.kind == "silent":
            continue
        if line.speaker not in voices:
            voices[line.speaker] = _voice(cast, line.speaker)
        voice = reader(line, voices[line.speaker])
        how = manner(line, voice)
        if (voice, how) not in keys:
            keys[voice, how] = _Key(voice, _version(versions, voice), how)
        key = keys[voice, how]
        rows = line.text.split("\n")
        for k, row in enumerate(rows):
            said = split(speakable(line if len(rows) == 1 else replace(line, text=row), voice))
            for n, text in enumerate(said):
                breaks = n + 1 == len(said) and k + 1 < len(rows)
                cues.append(Cue(index, text, voice, key.of(text), breaks, how))
    return tuple(cues)


def unspoken(script: Script, cues: Iterable[Cue]) -> tuple[int, ...]:
    """The lines that have something to read and nothing to speak: pauses. Indices into Script.lines."""
    spoken = {cue.line for cue in cues}
    return tuple(k for k, line in enumerate(script.lines) if line.kind != "silent" and k not in spoken)


def key_of(text: str, voice: Voice, version: str, manner: Manner = PLAIN) -> str:
    """The key of one take, hex SHA-256 of canonical JSON. Gain and pauses are left out (see Cue)."""
    return _Key(voice, version, manner).of(text)


def split(text: str) -> tuple[str, ...]:
    """A line's words as texts of cues: whole sentences, white space at the ends left off.

    Joined they give back every word, and every other mark but for runs of marks longer than any
    sentence. Empty where nothing is a word.
    """
    packed = _pack(text, (piece for span in sentences(text) for piece in _bounded(text, *span)))
    return tuple(words for start, end in packed if (words := text[start:end].strip()))


def _pack(text: str, pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Pieces joined with their neighbours until each cue is long enough and holds a word."""
    packed: list[tuple[int, int]] = []
    spoken = False  # whether the last of `packed` holds a word
    for start, end in pieces:
        word = _has_word(text, start, end)
        if packed:
            first, last = packed[-1]
            limit = FULL if word and spoken and last - first < ENOUGH else 0 if word and spoken else LONGEST
            if end - first <= limit:
                packed[-1] = (first, end)
                spoken = spoken or word
                continue
            if not word:
                continue  # a page of dots after a sentence: nothing in it is spoken
            if not spoken:
                packed.pop()  # or before it
        packed.append((start, end))
        spoken = word
    if len(packed) > 1 and packed[-1][1] - packed[-1][0] < SCRAP:
        _first, end = packed.pop()
        packed[-1] = (packed[-1][0], end)
    return packed if spoken else []


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence, cut at the last clause, else word, before LONGEST, as often as it takes."""
    while end - start > LONGEST:
        stop = start + LONGEST
        cut = 0
        for pattern in (_CLAUSE, _GAP):
            for match in pattern.finditer(text, start + LONGEST // 3, stop):
                cut = match.end()
            if cut:
                break
        yield start, cut or stop
        start = cut or stop
    yield start, end


def _has_word(text: str, start: int, end: int) -> bool:
    """Whether anything between is spoken: a letter or a figure of any script."""
    return any(map(str.isalnum, text[start:end]))


def _voice(cast: Cast, speaker: str) -> Voice:
    role = cast.roles.get(speaker)
    if role is None:
        raise UserFileError(f"nobody is cast as {speaker!r}", fix="give them a voice in the cast file")
    return role.voice


def _version(versions: Mapping[str, str], voice: Voice) -> str:
    if voice.engine not in versions:
        raise EngineError(f"engine {voice.engine!r} has no version here", fix="run `narrate doctor`")
    return versions[voice.engine]


class _Key:
    """A voice's part of the hash, computed once and continued for each text."""

    def __init__(self, voice: Voice, version: str, manner: Manner) -> None:
        voice = manner.voice(voice)
        settings: dict[str, object] = {
            "engine": voice.engine,
            "format": KEY_FORMAT,
            "options": dict(voice.options),
            "pitch": voice.pitch + 0.0,  # so that 1 and 1.0, 0.0 and -0.0 are one
            "speed": voice.speed + 0.0,
            "version": version,
            "voice": voice.name,
        }
        if manner.breath or manner.edge:
            settings["timbre"] = [TIMBRE, manner.breath, manner.edge]
        self._hash = hashlib.sha256(_json(settings))

    def of(self, text: str) -> str:
        whole = self._hash.copy()
        whole.update(_json(text))
        return whole.hexdigest()


def _json(value: object) -> bytes:
    """One spelling for one value: sorted names, no spaces, ASCII (so a lone surrogate has one too)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
