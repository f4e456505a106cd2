"""The voices that ship with an engine: `voices/<engine>.yaml` read into VoiceInfo.

A catalogue says what a listener hears (gender, age, accent, timbre) and how good it sounds; the
distances between its voices, measured by `benchmarks/voices/measure.py`, lie beside it in
`<engine>.distances.yaml` as one row of hundredths for each voice, up to the voice itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml

from narrate.cast import Voice, VoiceInfo
from narrate.errors import EngineError
from narrate.nearest import meant
from narrate.script import Age, Gender
from narrate.shipped import voices_folder

_FIELDS = frozenset({"gender", "age", "language", "description", "quality", "base", "dnsmos"})
_REINSTALL = "reinstall narrate"


@cache
def catalogue(engine: str) -> tuple[VoiceInfo, ...]:
    """The shipped voices of `engine`, in the file's order. Raises EngineError where the file is bad."""
    path = voices_folder() / f"{engine}.yaml"
    voices = _mapping(path).get("voices")
    if not isinstance(voices, dict) or not voices:
        raise _bad(path, "it lists no voices")
    unlike = _distances(path.with_suffix(".distances.yaml"))
    return tuple(_info(path, engine, str(name), fields, unlike) for name, fields in voices.items())


def find(voices: Sequence[VoiceInfo], voice: Voice) -> VoiceInfo:
    """The entry for `voice`. Raises EngineError that names the nearest one."""
    for info in voices:
        if info.name == voice.name:
            return info
    raise EngineError(
        f"engine {voice.engine!r} has no voice {voice.name!r}",
        fix=meant(voice.name, [v.name for v in voices]),
    )


def check_options(voice: Voice, options: frozenset[str]) -> None:
    """Raises EngineError for an option that the engine does not have."""
    for name, _ in voice.options:
        if name not in options:
            fix = meant(name, sorted(options)) if options else "take it out: this engine has no options"
            raise EngineError(f"engine {voice.engine!r} has no option {name!r}", fix=fix)


def _info(path: Path, engine: str, name: str, fields: Any, unlike: dict[str, dict[str, float]]) -> VoiceInfo:
    if not isinstance(fields, dict) or not _FIELDS.issuperset(fields):
        raise _bad(path, f"voice {name!r} has fields that a catalogue does not know")
    gender, age = fields.get("gender", "unknown"), fields.get("age", "unknown")
    if gender not in get_args(Gender) or age not in get_args(Age):
        raise _bad(path, f"voice {name!r} has a gender or an age that does not exist")
    return VoiceInfo(
        engine=engine,
        name=name,
        gender=gender,
        age=age,
        language=str(fields.get("language", "en")),
        description=str(fields.get("description", "")),
        quality=float(fields.get("quality", 0.5)),
        base=str(fields.get("base", "")),
        unlike=unlike.get(name, {}),
    )


def _distances(path: Path) -> dict[str, dict[str, float]]:
    if not path.exists():
        return {}
    rows = _mapping(path).get("distances", {})
    names = list(rows)
    unlike: dict[str, dict[str, float]] = {name: {} for name in names}
    for k, name in enumerate(names):
        if len(rows[name]) != k:
            raise _bad(path, f"the row of {name!r} does not hold {k} distances")
        for other, hundredths in zip(names, rows[name], strict=False):
            unlike[name][other] = unlike[other][name] = hundredths / 100
    return unlike


def _mapping(path: Path) -> dict[str, Any]:
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise _bad(path, f"it cannot be read ({' '.join(str(error).split())})") from error
    if not isinstance(read, dict):
        raise _bad(path, "it is not a mapping")
    return read


def _bad(path: Path, why: str) -> EngineError:
    return EngineError(f"the voice catalogue is damaged: {why}", where=str(path), fix=_REINSTALL)
