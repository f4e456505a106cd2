"""Lines in another language than the book's, and who reads them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from narrate import records
from narrate.cast import Cast, Voice, VoiceInfo
from narrate.casting import abroad
from narrate.rendering.memo import Memo
from narrate.script import Line, Script
from narrate.speaking.tongues import VERSION, tongues

Natives = Mapping[tuple[Voice, str], Voice]
"""A voice of the cast and a language (ISO 639-1) -> the voice that reads that language for it."""


def foreign_lines(script: Script, language: str, memo: Memo) -> dict[str, str]:
    """The words of every line that is in another language than `language` (BCP 47) -> which."""
    texts = sorted({line.text for line in script.lines if line.kind != "silent"})

    def found() -> dict[str, str]:
        return {texts[k]: other for k, other in tongues(texts, language).items()}

    parts = ("foreign", VERSION, language, *texts)
    return records.remembered(memo, parts, json.loads, found, lambda kept: json.dumps(kept).encode())


def natives(script: Script, cast: Cast, foreign: Mapping[str, str], voices: Sequence[VoiceInfo]) -> Natives:
    """For each voice that has foreign lines, the voices that read them; without those that nobody reads."""
    wanted = {
        (cast.roles[line.speaker].voice, foreign[line.text])
        for line in script.lines
        if line.text in foreign and line.speaker in cast.roles
    }
    found = {(voice, other): abroad(voice, other, voices) for voice, other in wanted}
    return {asked: voice for asked, voice in found.items() if voice is not None}


def reader(line: Line, voice: Voice, foreign: Mapping[str, str], native: Natives) -> Voice:
    """Who reads the line: the voice of its language where there is one, else `voice` itself."""
    return native.get((voice, foreign.get(line.text, "")), voice)


def unread(script: Script, cast: Cast, foreign: Mapping[str, str], native: Natives) -> tuple[str, ...]:
    """What to tell the user of lines that no voice of their language reads: one line, or none."""
    left: dict[str, int] = {}
    engines: set[str] = set()
    for line in script.lines:
        role = cast.roles.get(line.speaker)
        other = foreign.get(line.text, "")
        if role is not None and other and (role.voice, other) not in native:
            left[other] = left.get(other, 0) + 1
            engines.add(role.voice.engine)
    if not left:
        return ()
    said = ", ".join(f"{count} in {_NAMES.get(other, other)}" for other, count in sorted(left.items()))
    count = sum(left.values())
    return (
        f"{count} line{'s' * (count > 1)} in another language ({said}): {' and '.join(sorted(engines))} "
        f"ha{'ve' if len(engines) > 1 else 's'} no voice for {'them' if count > 1 else 'it'}, "
        "so the speaker's own reads",
    )


_NAMES = {
    "ar": "Arabic", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek", "en": "English",
    "es": "Spanish", "fa": "Persian", "fi": "Finnish", "fr": "French", "he": "Hebrew", "hi": "Hindi",
    "hu": "Hungarian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "la": "Latin", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sv": "Swedish",
    "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip
