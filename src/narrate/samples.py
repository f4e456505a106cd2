"""Hearing before deciding: one voice's sample, and an audition of a whole cast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from narrate.book import Book, Chapter
from narrate.cast import Cast, Role, Voice, VoiceInfo
from narrate.engines import all_voices, load
from narrate.errors import OutputError, UsageError
from narrate.mastering.clips import pydub_segment
from narrate.nearest import meant
from narrate.produce import Order, Settled, Watch, perform, settle
from narrate.script import NARRATOR, QUOTE_KINDS, Line, Script

_FEW, _MANY = 40, 220
"""Characters. A line to be judged by is neither a shout nor a speech."""


def write_sample(info: VoiceInfo, text: str, path: Path) -> None:
    """One voice saying `text`, as a WAV file with soft ends. Raises EngineError or OutputError."""
    engine = load(info.engine)
    try:
        audio = engine.speak(text, info.voice or Voice(info.engine, info.name))
    finally:
        engine.close()
    pcm = (np.clip(audio.samples, -1, 1) * 32767).astype("<i2").tobytes()
    clip = pydub_segment()(pcm, sample_width=2, frame_rate=audio.rate, channels=1)
    part = path.with_name(f".{path.name}.part")
    try:
        clip.fade_in(5).fade_out(30).export(part, format="wav").close()
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise OutputError(
            f"the sample cannot be written ({error.strerror or error})",
            where=str(path),
            fix="choose another -o",
        ) from error


def audition(
    order: Order, output: str, names: Sequence[str], voices: int, watch: Watch
) -> list[tuple[str, Voice]]:
    """Writes one file in which each character says a line of their own in the voices that would suit.

    A chapter for each character; the first voice is the one they have. Gives who tried which, in the
    order they are heard. Raises UsageError for a name that nobody in the story has.
    """
    settled = settle(order)
    wanted = _wanted(settled, names)
    tried = [
        (name, k, voice)
        for name in wanted
        for k, voice in enumerate(_candidates(settled, name, voices, order.engine))
    ]
    stage = _staged(settled, wanted, tried)
    perform(stage, (output,), replace(order, title=f"{settled.book.title}: an audition"), b"", watch)
    return [(name, voice) for name, _k, voice in tried]


def _wanted(settled: Settled, names: Sequence[str]) -> list[str]:
    known = [name for name in settled.cast.roles if name != NARRATOR and _own_line(settled.script, name)]
    if not known:
        raise UsageError("nobody but the narrator speaks here", where=str(settled.book.path))
    called = {name: name for name in known}
    for character in settled.script.characters:
        if character.name in called:
            called |= {alias: character.name for alias in character.aliases if alias not in called}
    folded = {name.casefold(): who for name, who in called.items()}
    found: list[str] = []
    for name in names:
        who = called.get(name) or folded.get(name.casefold())
        if who is None:
            raise UsageError(f"nobody called {name!r} speaks here", fix=meant(name, called))
        found.append(who)
    if found:
        return list(dict.fromkeys(found))
    shares = settled.shares()
    return sorted(known, key=lambda name: (-shares[name][1], name))


def _candidates(settled: Settled, name: str, count: int, engine: str) -> list[Voice]:
    """The voice that `name` has, then others of the same gender, best first, no two alike."""
    now = settled.cast.roles[name].voice
    pool = all_voices([engine or now.engine])
    gender = next((v.gender for v in pool if v.name == now.name), "unknown")
    taken = {role.voice.name for role in settled.cast.roles.values()}
    others = sorted(
        (v for v in pool if v.name != now.name and v.gender == gender),
        key=lambda v: (v.name in taken, -v.quality, v.name),
    )
    return [now, *(v.voice or Voice(v.engine, v.name) for v in others)][:count]


def _own_line(script: Script, name: str) -> Line | None:
    """The line that shows a character best: of a middling length, surely theirs."""
    lines = [line for line in script.lines if line.speaker == name and line.kind in QUOTE_KINDS]
    fitting = [line for line in lines if _FEW <= len(line.text) <= _MANY] or lines
    return max(fitting, key=lambda line: (line.probability, -line.start), default=None)


def _staged(settled: Settled, wanted: Sequence[str], tried: Sequence[tuple[str, int, Voice]]) -> Settled:
    """The audition as a little book: a chapter for each character, a line for each voice."""
    lines: list[Line] = []
    roles: dict[str, Role] = {NARRATOR: settled.cast.roles[NARRATOR]}
    for chapter, name in enumerate(wanted):
        own = _own_line(settled.script, name)
        assert own is not None
        place = replace(own, chapter=chapter, scene=chapter, paragraph=len(lines))
        lines.append(replace(place, text=f"{name}.", kind="title", speaker=NARRATOR))
        for who, k, voice in tried:
            if who == name:
                part = f"{name}, voice {k + 1}"
                roles[part] = Role(part, voice)
                lines.append(replace(place, speaker=part, paragraph=len(lines)))
    chapters = tuple(Chapter(name, settled.book.chapters[0].scenes) for name in wanted)
    book: Book = replace(settled.book, chapters=chapters)
    cast = Cast(roles)
    return replace(settled, book=book, script=Script(tuple(lines), settled.script.characters), cast=cast)
