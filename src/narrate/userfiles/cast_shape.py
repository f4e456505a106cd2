"""What a cast file may hold: the table's shape, its ranges and its words. `cast_file.py` reads it."""

from __future__ import annotations

from re import findall, fullmatch
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, model_validator

from narrate.manner import Strength
from narrate.nearest import meant
from narrate.script import NARRATOR, Age, Gender
from narrate.userfiles.marks import Scalar, Table
from narrate.userfiles.strict import Strict, wrong

Profile = Literal["audiobook", "podcast", "acx", "none"]


def fold(name: str) -> str:
    """Names are the same whatever their capitals, spaces and apostrophes."""
    return " ".join(name.replace("’", "'").casefold().split())


def bare(name: str) -> str:
    """`name` folded and without its article: `a voice` and `the voice` are `voice`."""
    folded = fold(name)
    first, space, rest = folded.partition(" ")
    return rest if space and first in {"a", "an", "the"} else folded


def one_line(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise wrong("this must be one line of text without control characters", "write it on one line")
    return " ".join(text.split())


def _verbatim(text: str) -> str:
    one_line(text)
    return text  # an engine's own names may hold any spaces


Verbatim = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_verbatim)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(one_line)]


def _option(value: Any) -> Any:
    """An engine's option, by YAML's core schema: only here may a plain word become a number or a truth."""
    if not isinstance(value, Scalar):
        raise wrong("an engine's option must be one word or number", "write it like `name: value`")
    if not value.plain:
        return str(value)
    if value.casefold() in {"true", "false"}:
        return value.casefold() == "true"
    for read in (int, float):
        try:
            return read(value)
        except ValueError:
            continue
    return str(value)


def _said(text: str) -> str:
    text = one_line(text)
    if text.startswith("/") != text.endswith("/") or text.strip("/ ") == "":
        raise wrong(f"{text!r} is neither a respelling nor /IPA/", "write it like shi-VAWN or /ʃɪˈvɔːn/")
    return text


def _accent(text: str) -> str:
    if not fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?", text):
        raise wrong(f"{text!r} is no accent", "write a language and a region, like en-GB")
    return text


def _strength(value: Any) -> Any:
    """How much is made of how lines are said: a word, or 0 to 1."""
    words = get_args(Strength)
    if not isinstance(value, Scalar):
        raise wrong("`delivery` must be one word or number", f"write {', '.join(words)} or 0 to 1")
    if value in words:
        return str(value)
    try:
        number = float(value)
    except ValueError:
        raise wrong(f"there is no delivery {str(value)!r}", meant(value, words)) from None
    if not 0 <= number <= 1:
        raise wrong(f"delivery is {value!s}", f"write {', '.join(words)} or a number from 0 to 1")
    return number


Delivered = Annotated[str | float | None, BeforeValidator(_strength)]
Speed = Annotated[float, Field(ge=0.5, le=2.0)]
Pitch = Annotated[float, Field(ge=-12, le=12)]
Gain = Annotated[float, Field(ge=-24, le=24)]
Options = dict[Verbatim, Annotated[Any, BeforeValidator(_option)]]
Pronounce = dict[Name, Annotated[str, AfterValidator(_said)]]
Pause = Annotated[float | None, Field(ge=0, le=60_000)]


NO_ENGINE = "?"
"""The engine of a voice that was written without one: `check_voices`, which knows them all, refuses it."""


class Settings(Strict):
    speed: Speed | None = None
    pitch: Pitch | None = None
    gain: Gain | None = None
    options: Options | None = None


class VoiceShape(Settings):
    engine: Verbatim
    name: Verbatim

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """`engine/name` in one word; `narrator` alone follows the narrator."""
        if not isinstance(value, Scalar):
            return value
        engine, slash, name = ("narrator", "/", "narrator") if value == NARRATOR else value.partition("/")
        if not slash and engine.strip():
            return {"engine": NO_ENGINE, "name": engine}
        if not engine.strip() or not name.strip():
            raise wrong(f"{str(value)!r} is no voice", "write engine/name, as `narrate voices` lists them")
        return {"engine": engine, "name": name}

    @property
    def follows_narrator(self) -> bool:
        return self.engine == NARRATOR


class EntryShape(Settings):
    voice: VoiceShape | None = None
    delivery: Delivered = None
    pronounce: Pronounce = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """A bare word is a voice; nothing at all leaves the choice to casting."""
        if isinstance(value, Scalar):
            table = Table()
            table.mark, table.key_marks = value.mark, {}
            if not value.null:
                table["voice"], table.key_marks["voice"] = value, value.mark
            return table
        if isinstance(value, Table) and "engine" in value:
            name = value.get("voice")
            plain = isinstance(name, Scalar) and not name.null and "/" not in name
            fix = f"write `voice: {value['engine']}/{name}`" if plain else "take it out: `voice` names it"
            raise wrong("unknown key 'engine'", fix, key="engine")
        return value

    @model_validator(mode="after")
    def _said_once(self) -> EntryShape:
        for key in Settings.model_fields:
            if getattr(self, key) is None:
                continue
            if self.voice is not None and getattr(self.voice, key) is not None:
                raise wrong(
                    f"{key!r} is here twice", "keep the one inside `voice:` or the one beside it", key=key
                )
            if self.voice is not None and self.voice.follows_narrator:
                raise wrong(
                    f"the narrator's voice takes no {key!r} here", "set it in the entry `narrator:`", key=key
                )
        return self


class NarratorShape(EntryShape):
    @model_validator(mode="after")
    def _not_itself(self) -> NarratorShape:
        if self.voice is not None and self.voice.follows_narrator:
            raise wrong(
                "the narrator's voice cannot be the narrator's voice", "write engine/name", key="voice"
            )
        return self


class CharacterShape(EntryShape):
    gender: Gender | None = None
    age: Age | None = None
    aliases: tuple[Name, ...] = ()


def _characters(value: Any) -> Any:
    if isinstance(value, Table):
        for key in value:
            if key == NARRATOR:
                raise wrong(
                    "the narrator is not one of the characters", "use the section `narrator:`", key=key
                )
            if not key.strip() or not key.isprintable():
                raise wrong(f"{str(key)!r} is no name", "write a name on one line", key=key)
    return value


class PacingShape(Strict):
    clause: Pause = None
    sentence: Pause = None
    tag: Pause = None
    turn: Pause = None
    paragraph: Pause = None
    cut_in: Annotated[float | None, Field(ge=0, le=1000)] = None
    interrupted: Pause = None
    trailing: Pause = None
    verse: Pause = None
    verse_line: Pause = None
    item: Pause = None
    letter: Pause = None
    scene: Pause = None
    title_after: Pause = None
    chapter_head: Pause = None
    chapter_tail: Pause = None
    variation: Annotated[float | None, Field(ge=0, le=0.5)] = None


CREDIT_WORDS = ("title", "author", "cast", "characters")
"""What the text of credits may name between braces."""


def _credit(value: Any) -> Any:
    """`on`, `off`, or lines of text."""
    if not isinstance(value, Scalar):
        raise wrong("credits are on, off, or lines of text", "write them after `|`, indented, a line each")
    if value.plain and value.casefold() in {"on", "off", "true", "false", "yes", "no"}:
        return value.casefold() in {"on", "true", "yes"}
    text = str(value)
    if len(text) > 5000 or not all(line.isprintable() for line in text.split("\n")):
        raise wrong("credits must be at most 5,000 characters of plain text", "write fewer, plainer words")
    for name in findall(r"\{([^{}\n]*)\}", text):
        if name not in CREDIT_WORDS:
            raise wrong(f"credits cannot name {{{name}}}", meant(name, CREDIT_WORDS))
    return text


Credit = Annotated[bool | str | None, BeforeValidator(_credit)]


class CreditsShape(Strict):
    opening: Credit = None
    closing: Credit = None
    voice: VoiceShape | None = None
    produced_with: bool | None = None

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        """`credits: on` and `credits: off` are for both."""
        if isinstance(value, Scalar) and not value.null:
            table = Table()
            table.mark, table.key_marks = value.mark, {}
            for key in ("opening", "closing"):
                table[key], table.key_marks[key] = value, value.mark
            return table
        return value


class KindsShape(Strict):
    speech: Literal["speaker", "narrator"] | None = None
    thought: Literal["speaker", "narrator"] | None = None
    telepathy: Literal["speaker", "narrator"] | None = None
    letter: Literal["speaker", "narrator"] | None = None
    message: Literal["speaker", "narrator"] | None = None
    sung: Literal["speaker", "narrator"] | None = None
    note: Literal["narrator", "skip"] | None = None


class FileShape(Strict):
    extend: Name | None = None
    engine: Name | None = None
    accent: Annotated[str, AfterValidator(_accent)] | None = None
    narrator: NarratorShape = NarratorShape()
    characters: Annotated[dict[str, CharacterShape], BeforeValidator(_characters)] = Field(
        default_factory=dict
    )
    delivery: Delivered = None
    pacing: PacingShape = PacingShape()
    pronounce: Pronounce = Field(default_factory=dict)
    kinds: KindsShape = KindsShape()
    credits: CreditsShape = CreditsShape()
    foreign: Literal["native", "own"] | None = None
    profile: Profile | None = None
    output: Name | None = None
