"""espeak-ng's voices: each variant of the catalogue in each accent of English, two in other languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from narrate.cast import VoiceInfo
from narrate.engines.catalogue import catalogue
from narrate.engines.espeak_library import FIX
from narrate.errors import EngineError

_ACCENTS = ("en-us", "en-gb", "en-gb-x-rp", "en-gb-scotland", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029")
_NAMES = {
    "en-us": "American",
    "en-gb": "British",
    "en-gb-x-rp": "British, received pronunciation",
    "en-gb-scotland": "Scottish",
    "en-gb-x-gbclan": "Lancashire",
    "en-gb-x-gbcwmd": "West Midlands",
    "en-029": "Caribbean",
    "en-us-nyc": "New York",
}
_ABROAD = ("plain", "f3")  # the variants offered in other languages: one man, one woman


@cache
def languages(data: Path) -> dict[str, str]:
    """Accent or language, lower case, to the voice file that speaks it; English first, then by name."""
    files: dict[str, str] = {}
    for path in sorted((data / "lang").glob("*/*")):
        fields: dict[str, str] = {}
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            key, _, value = line.partition(" ")
            fields.setdefault(key, value.strip())
        name = fields.get("language", "").split(" ")[0].lower()
        spelling = fields.get("dictionary", name.split("-")[0])
        if name and (data / f"{spelling}_dict").is_file():  # without one the voice is silent
            files.setdefault(name, f"{path.parent.name}/{path.name}")
    files.pop("en-shaw", None)  # reads the Shavian alphabet only
    english = [*(a for a in _ACCENTS if a in files), *sorted(filter(_is_english, files))]
    return {accent: files[accent] for accent in dict.fromkeys([*english, *sorted(files)])}


def _is_english(accent: str) -> bool:
    return accent == "en" or accent.startswith("en-")


@cache
def english_and_others(data: Path) -> tuple[VoiceInfo, ...]:
    """Every voice that the data folder has, in a fixed order. Raises EngineError where it cannot be read."""
    try:
        accents = languages(data)
        installed = {path.name for path in (data / "voices" / "!v").iterdir()} | {"plain"}
    except OSError as error:
        raise EngineError(f"espeak-ng's data cannot be read: {error}", fix=FIX) from error
    variants = [info for info in catalogue("espeak") if info.name in installed]
    first = next(iter(accents), "")
    return tuple(
        _info(accent, variant, first)
        for accent in accents
        for variant in variants
        if _is_english(accent) or variant.name in _ABROAD
    )


def _info(accent: str, variant: VoiceInfo, first: str) -> VoiceInfo:
    home = _is_english(accent)
    return VoiceInfo(
        engine="espeak",
        name=_join(accent, variant),
        gender=variant.gender,
        age=variant.age,
        language=_tag(accent),
        description=f"{_NAMES.get(accent, _tag(accent))}; {variant.description}",
        # The two great accents are what a listener expects; the others should be asked for.
        quality=variant.quality if accent in _ACCENTS[:2] else round(variant.quality * 0.8, 3),
        # The same variant in another accent is the same voice to the ear.
        base=_join(first, variant) if home and accent != first else "",
    )


def _join(accent: str, variant: VoiceInfo) -> str:
    return accent if variant.name == "plain" else f"{accent}+{variant.name}"


def _tag(accent: str) -> str:
    """BCP 47 as it is written: en-GB-scotland, vi-VN-x-central."""
    head, *rest = accent.split("-")
    region = len(rest[0]) == 2 if rest else False
    return "-".join([head, rest[0].upper() if region else rest[0], *rest[1:]]) if rest else head
