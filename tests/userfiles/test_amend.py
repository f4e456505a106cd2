"""What the cast file says of characters changes who speaks, never what is said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from narrate.cast import VoiceInfo
from narrate.errors import UserFileError
from narrate.script import NARRATOR, Character, Line, LineKind, Script
from narrate.userfiles import (
    CastFile,
    amend,
    check_voices,
    clashes,
    idle_aliases,
    read_cast,
    route,
    strangers,
)

VOICES = [VoiceInfo("kokoro", "am_onyx"), VoiceInfo("kokoro", "bf_emma")]
ENGINES = {"kokoro": frozenset({"blend"}), "hibari": None, "espeak": frozenset[str]()}


def said(text: str, folder: Path) -> CastFile:
    path = folder / "s.cast.yaml"
    path.write_text(text, encoding="utf-8")
    return read_cast(path)


def script(*speakers: str, kind: LineKind = "speech") -> Script:
    lines = tuple(
        Line(k, k + 1, "word " * (len(speakers) - k), kind, name, 1.0, "", 0, 0, k)
        for k, name in enumerate(speakers)
    )
    known = {
        "Kylo Ren": Character("Kylo Ren", ("Kylo", "Ben"), "male", "adult", "“he” twice"),
        "the captain": Character("the captain", ("Captain Phasma",), "female", "adult"),
        "Rey": Character("Rey"),
    }
    return Script(lines, tuple(known[n] for n in dict.fromkeys(speakers) if n in known))


def test_an_alias_makes_two_characters_one(tmp_path: Path) -> None:
    before = script("the captain", "Kylo Ren", "Rey", "the captain")
    after = amend(before, said("characters: {Kylo Ren: {aliases: [The Captain]}}", tmp_path))
    assert [line.speaker for line in after.lines] == ["Kylo Ren", "Kylo Ren", "Rey", "Kylo Ren"]
    assert [line.text for line in after.lines] == [line.text for line in before.lines]
    kylo = next(c for c in after.characters if c.name == "Kylo Ren")
    assert {"the captain", "Captain Phasma", "Kylo", "Ben"} < set(kylo.aliases)
    assert (kylo.gender, kylo.age) == ("male", "adult")  # Kylo's own, though the captain speaks more
    assert [c.name for c in after.characters] == ["Kylo Ren", "Rey"]


def test_an_article_parts_no_alias_from_its_character(tmp_path: Path) -> None:
    lines = tuple(replace(line, speaker=name) for name in ("voice", "Rey") for line in script("Rey").lines)
    before = Script(lines, (Character("voice", ("a voice",)), Character("Rey")))
    cast = said("characters: {Rey: {aliases: [A voice]}}", tmp_path)
    assert {line.speaker for line in amend(before, cast).lines} == {"Rey"}
    assert idle_aliases(cast, before) == ()


def test_an_alias_that_nobody_has_is_pointed_out(tmp_path: Path) -> None:
    """One that the story's own words have is no mistake; nor is one that a series' file brings."""
    before = script("the captain", "Kylo Ren", "Rey")
    (tmp_path / "series.yaml").write_text("characters: {Rey: {aliases: [the orphan]}}")
    cast = said(
        "extend: series.yaml\ncharacters:\n  Rey: {aliases: [Captain Fasma, word word, Ben, nobody at all]}",
        tmp_path,
    )
    assert [note.removeprefix(f"{tmp_path}/s.cast.yaml:") for note in idle_aliases(cast, before)] == [
        "3:19: nobody in the story is called 'Captain Fasma'; did you mean 'Captain Phasma'?",
        "3:45: 'Ben' is another name of 'Kylo Ren'; if they are one, make 'Kylo Ren' the alias",
        "3:50: nobody in the story is called 'nobody at all'",
    ]


def test_chains_of_aliases_end_at_the_last(tmp_path: Path) -> None:
    text = "characters: {Rey: {aliases: [Kylo Ren]}, Kylo Ren: {aliases: [the captain]}}"
    after = amend(script("the captain", "Kylo Ren", "Rey"), said(text, tmp_path))
    assert {line.speaker for line in after.lines} == {"Rey"}


def test_an_entry_by_another_name_keeps_its_character(tmp_path: Path) -> None:
    """The series' file says Kylo; this book's attribution found the fuller Kylo Ren."""
    after = amend(script("Kylo Ren", "Rey"), said("characters: {kylo: kokoro/am_onyx}", tmp_path))
    assert [line.speaker for line in after.lines] == ["kylo", "Rey"]
    assert "Kylo Ren" in after.characters[0].aliases


def test_capitals_and_apostrophes_do_not_part_an_entry_from_its_character(tmp_path: Path) -> None:
    lines = tuple(replace(line, speaker="Bo’sun O’Hara") for line in script("Rey").lines)
    cast = said("characters: {bo'sun O'Hara: kokoro/am_onyx}", tmp_path)
    after = amend(Script(lines, (Character("Bo’sun O’Hara"),)), cast)
    assert after.characters[0].name in cast.chosen()
    assert after.lines[0].speaker in cast.chosen()


def test_characters_that_only_capitals_part_keep_apart(tmp_path: Path) -> None:
    """Attribution may find them, so the file that narrate writes holds both."""
    lines = tuple(replace(line, speaker=name) for name in ("Will", "will") for line in script("Rey").lines)
    both = Script(lines, (Character("Will"), Character("will")))
    cast = said("characters: {Will: kokoro/am_onyx, will: kokoro/bf_emma}", tmp_path)
    assert amend(both, cast) == both


def test_gender_and_age_are_the_users(tmp_path: Path) -> None:
    after = amend(
        script("Rey", "Kylo Ren"), said("characters: {Rey: {gender: female, age: young}}", tmp_path)
    )
    assert (after.characters[0].gender, after.characters[0].age) == ("female", "young")
    assert after.characters[0].evidence == "the cast file says so"
    assert after.characters[1].evidence == "“he” twice"


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    before = script("Kylo Ren", "Rey", "unknown", NARRATOR)
    assert route(amend(before, said("", tmp_path)), said("", tmp_path)) == before


def test_kinds_go_where_the_file_sends_them(tmp_path: Path) -> None:
    cast = said("kinds: {thought: narrator, note: skip}", tmp_path)
    assert route(script("Rey", kind="thought"), cast).lines[0].speaker == NARRATOR
    note = route(script(NARRATOR, kind="note"), cast).lines[0]
    assert (note.kind, note.text, note.speaker) == ("silent", "", "")
    assert route(script("Rey"), cast).lines[0].speaker == "Rey"


@pytest.mark.parametrize(
    ("text", "where", "message"),
    [
        ("narrator: kokro/x", "1:11", "no engine is called 'kokro'; did you mean 'kokoro'?"),
        ("engine: espeek", "1:9", "did you mean 'espeak'?"),
        ("characters: {K: kokoro/am_onix}", "1:17", "no voice 'am_onix'; did you mean 'am_onyx'?"),
        ("characters: {K: bf_emma}", "1:17", "no voice is called 'bf_emma'; did you mean 'kokoro/bf_emma'?"),
        ("characters: {K: {voice: am_onix}}", "1:25", "did you mean 'kokoro/am_onyx'?"),
        ("characters: {K: robot}", "1:17", "write engine/name, as `narrate voices` lists them"),
        ("credits: {voice: bf_emma}", "1:18", "did you mean 'kokoro/bf_emma'?"),
        ("characters: {K: {voice: kokoro/am_onyx, options: {blnd: 1}}}", "1:51", "did you mean 'blend'?"),
        ("characters: {K: {voice: espeak/x, options: {a: 1}}}", "1:45", "has no options"),
        ("characters: {K: {voice: {engine: espeak, name: x, options: {a: 1}}}}", "1:61", "has no options"),
    ],
)
def test_engines_voices_and_options_must_exist(tmp_path: Path, text: str, where: str, message: str) -> None:
    with pytest.raises(UserFileError, match=r"s\.cast\.yaml:" + where) as error:
        check_voices(said(text, tmp_path), VOICES, ENGINES)
    assert message in str(error.value)


def test_what_exists_or_cannot_be_known_passes(tmp_path: Path) -> None:
    text = "narrator: hibari/any\ncharacters: {K: {voice: kokoro/am_onyx, options: {blend: 1}}, L: narrator}"
    check_voices(said(text, tmp_path), VOICES, ENGINES)


def test_a_voice_of_the_other_gender_than_the_file_says_is_pointed_out(tmp_path: Path) -> None:
    voices = [
        VoiceInfo("kokoro", "am_onyx", "male"),
        VoiceInfo("kokoro", "bf_emma", "female", "young"),
        VoiceInfo("kokoro", "x", "neutral"),
    ]
    cast = said(
        "characters:\n"
        "  Rey: {voice: kokoro/am_onyx, gender: female}\n"
        "  Kylo Ren: {voice: kokoro/bf_emma, gender: male, age: child}\n"  # as on the stage
        "  the captain: {voice: kokoro/x, gender: female}\n",
        tmp_path,
    )
    [note] = clashes(cast, amend(script("Rey", "Kylo Ren", "the captain"), cast), voices)
    assert note.endswith(
        "s.cast.yaml:2:3: 'Rey' is female, but kokoro/am_onyx is a male voice; "
        "take the voice out and another is chosen"
    )


def test_entries_for_nobody_are_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "series.yaml").write_text("characters: {Poe: a/b}")
    text = (
        "extend: series.yaml\ncharacters:\n  Kylo Ren: {aliases: [the captain]}\n  Ray: a/b\n"
        "  the captain: a/b\n  Ben: a/b\n  unknown: a/b\n"
    )
    cast = said(text, tmp_path)
    notes = strangers(cast, amend(script("Kylo Ren", "Rey"), cast))
    assert [note.removeprefix(f"{tmp_path}/s.cast.yaml:") for note in notes] == [
        "4:3: nobody in the story is called 'Ray'; did you mean 'Rey'?",
        "5:3: 'the captain' is an alias of 'Kylo Ren', so this entry is unused",
    ]
