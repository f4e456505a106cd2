"""New characters go into a user's cast file without touching a letter of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from narrate.cast import Cast, Role, Voice
from narrate.errors import OutputError, UserFileError
from narrate.script import NARRATOR, UNKNOWN, Character, Line, Script
from narrate.userfiles.cast_append import append_new, keep_cast
from narrate.userfiles.cast_file import read_cast
from narrate.userfiles.cast_text import write_new
from narrate.userfiles.marks import parse

PATH = Path("story.cast.yaml")
EMPTY = Script((), ())


def cast(*names: str, **voices: Voice) -> Cast:
    roles = {NARRATOR: Role(NARRATOR, Voice("hibari", "heart"))}
    roles |= {n: Role(n, Voice("kokoro", "bf_emma"), "female; far from Ann's voice") for n in names}
    roles |= {n: Role(n, v) for n, v in voices.items()}
    return Cast(roles)


def added(text: str, *names: str, **voices: Voice) -> str:
    return append_new(text, cast(*names, **voices), EMPTY, path=PATH)


def people(table: Mapping[str, Any]) -> dict[str, Any]:
    found = table.get("characters")
    return dict(found) if isinstance(found, dict) else {}


def is_subsequence(old: str, new: str) -> bool:
    rest = iter(new)
    return all(c in rest for c in old)


CASES = {
    "last section": "characters:\n  Ann: a/b\n",
    "not the last section": "characters:\n  Ann: a/b # mine\n\n# pauses\npacing:\n  scene: 1\n",
    "no newline at the end": "characters:\n  Ann: a/b",
    "wide indents": "characters:\n    Ann:\n        voice: a/b\n        speed: 0.9\n",
    "windows line ends": "# top\r\ncharacters:\r\n  Ann: a/b\r\nprofile: acx\r\n",
    "empty flow": "characters: {}\nprofile: acx\n",
    "flow": "characters: {Ann: a/b} # all of them\n",
    "flow over lines": "characters: {\n  Ann: a/b, # she\n  Bea: {voice: a/c},\n}\n",
    "flow with an entry that says nothing": "characters: {Ann: }\n",
    "flow of names": "characters: {Ann, Bea}\n",
    "an entry that says nothing": "characters:\n  Ann:\nprofile: acx\n",
    "nobody yet": "narrator: a/b\ncharacters:\nprofile: acx\n",
    "nobody yet, with a comment": "characters:   # nobody yet\n  # really\nprofile: acx\n",
    "null": "characters: ~\nprofile: acx\n",
    "no section": "narrator: a/b\n",
    "no section, comments after": "narrator: a/b\n# the end\n",
    "only comments": "# nothing here yet\n",
    "empty": "",
    "document marks": "---\nnarrator: a/b\n...\n",
    "document marks below the section": "---\ncharacters:\n  Ann: a/b\n...\n",
    "all in braces": "{narrator: a/b, characters: {Ann: a/b}}\n",
    "all in braces, no section": "{narrator: a/b}\n",
    "braces and nothing": "{}\n",
    "braces, section empty": "{characters: , profile: acx}",
    "comments that belong to the last entry": (
        "characters:\n  Ann: a/b\n  # speed: 0.9\n\n# next\nprofile: acx\n"
    ),
    "a text block at the end": "characters:\n  Ann:\n    voice: >\n      a/b\n\nprofile: acx\n",
    "quoted keys": "'characters':\n  \"Ann\": 'a/b'\n",
    "a key said with a question mark": "characters:\n  ? Ann\n  : a/b\n",
    "lists": "characters:\n  Ann:\n    voice: a/b\n    aliases:\n    - the cook\n    - Annie\n",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_the_old_text_stays_and_the_new_characters_are_there(text: str) -> None:
    new = added(
        text, "Cleo", "Dr. No", **{"null": Voice("kokoro", "am_adam", 1.2, -1.5, 3, (("n", 1), ("s", "1")))}
    )
    assert is_subsequence(text, new)
    before, after = parse(text, PATH).table, parse(new, PATH).table
    old = people(before)
    assert list(after["characters"]) == [*old, "Cleo", "Dr. No", "null"]
    assert {k: v for k, v in after.items() if k != "characters"} == {
        k: v for k, v in before.items() if k != "characters"
    }
    assert {k: after["characters"][k] for k in old} == old
    if "\r\n" in text:
        assert "\n" not in new.replace("\r\n", "")


def test_the_result_reads_well() -> None:
    text = (
        "characters:\n    Ann:\n        voice: a/b   # my favourite\n        # speed: 2\n"
        "\n# Pauses\npacing: {scene: 1}\n"
    )
    assert added(text, Bea=Voice("kokoro", "bf_emma", 0.9)) == (
        "characters:\n    Ann:\n        voice: a/b   # my favourite\n        # speed: 2\n"
        "\n    # 0 lines, 0 words when first cast\n"
        "    Bea:\n        voice: kokoro/bf_emma\n        speed: 0.9\n"
        "\n# Pauses\npacing: {scene: 1}\n"
    )


def test_everybody_known_changes_nothing() -> None:
    text = "characters: {Ann: a/b}"
    assert added(text, "Ann") == text
    assert append_new(text, cast("Ann", "Bea"), EMPTY, path=PATH, inherited={"Bea"}) == text


def test_a_table_that_is_an_alias_is_left_to_the_user() -> None:
    with pytest.raises(UserFileError, match="yourself: Bea"):
        added("pronounce: &p {Ann: a/b}\ncharacters: *p\n", "Bea")


names = st.text(st.characters(blacklist_categories=("Cs",)), min_size=1, max_size=12).filter(
    lambda n: n != NARRATOR and n == n.strip()
)
plain_names = st.from_regex(r"[A-Za-z][A-Za-z' .]{0,8}[a-z]", fullmatch=True).filter(lambda n: n != NARRATOR)
voices = st.builds(
    Voice,
    st.sampled_from(["kokoro", "hibari", "x-y"]),
    names.filter(str.isprintable),
    st.sampled_from([1.0, 0.5, 1.25]),
    st.sampled_from([0.0, -2.5]),
    st.sampled_from([0.0, 6.0]),
    st.dictionaries(plain_names, st.one_of(st.integers(), st.booleans(), names), max_size=2).map(
        lambda d: tuple(sorted(d.items()))
    ),
)


@st.composite
def files(draw: st.DrawFn) -> str:
    """Cast files as people write them: any indent, comments anywhere, sections in any order."""
    indent = " " * draw(st.integers(1, 5))
    comment = st.sampled_from(["", "  # why not", " # : - {"])
    gap = st.sampled_from(["", "\n", "# a note\n", "\n# a note\n\n"])
    entries = []
    for name in draw(st.lists(plain_names, unique=True, max_size=4)):
        shape = draw(st.sampled_from(["short", "long", "flow", "none"]))
        key = f"{indent}'{name.replace(chr(39), chr(39) * 2)}':"
        tail = draw(comment)
        body = {
            "short": f"{key} a/b{tail}\n",
            "long": f"{key}{tail}\n{indent}  voice: a/b{tail}\n{indent}  aliases:\n{indent}  - x y{tail}\n",
            "flow": f"{key} {{voice: a/b,\n{indent} speed: 1.5}}{tail}\n",
            "none": f"{key}{tail}\n",
        }[shape]
        entries.append(body + draw(gap) + draw(st.sampled_from(["", f"{indent}# said of {indent}\n"])))
    sections = [
        "characters:" + draw(comment) + "\n" + "".join(entries),
        "narrator:\n  voice: a/b\n",
        "profile: acx" + draw(comment) + "\n",
    ]
    wanted = draw(st.permutations(sections))[: draw(st.integers(1, 3))]
    text = "".join(draw(gap) + section for section in wanted)
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


@given(files(), st.dictionaries(names, voices, min_size=1, max_size=4))
def test_any_file_keeps_every_letter_and_gains_the_new(text: str, new: dict[str, Voice]) -> None:
    before = parse(text, PATH).table
    old = people(before)
    assume(not old.keys() & new.keys())
    result = append_new(text, _cast(new), EMPTY, path=PATH)
    assert is_subsequence(text, result)
    for line in text.splitlines():
        assert line in result.splitlines() or line == text.splitlines()[-1]
    assert list(parse(result, PATH).table["characters"]) == [*old, *new]


def _cast(voices: dict[str, Voice]) -> Cast:
    return Cast(
        {NARRATOR: Role(NARRATOR, Voice("hibari", "heart")), **{n: Role(n, v) for n, v in voices.items()}}
    )


@given(st.dictionaries(names.filter(str.isprintable), voices, max_size=5))
def test_what_is_written_reads_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, new: dict[str, Voice]
) -> None:
    new = {" ".join(name.split()): voice for name, voice in new.items() if name.split()}
    assume(UNKNOWN not in {n.casefold() for n in new})
    path = tmp_path_factory.mktemp("cast") / "s.cast.yaml"
    path.write_text(write_new(_cast(new), EMPTY, story="s.md"), encoding="utf-8", newline="")
    read = read_cast(path)
    assert read.chosen() == {NARRATOR: Voice("hibari", "heart"), **new}


def test_a_first_file_says_what_is_known_of_everybody() -> None:
    line = Line(0, 9, "“Come in!”", "speech", "Kylo", 1.0, "", 0, 0, 0)
    script = Script(
        (line, line),
        (
            Character(
                "Kylo", ("Ren", "the kylo", "the captain"), "male", "adult", "“he” 14 times; “he” 14 times"
            ),
            Character("Jim", narrates=True),
        ),
    )
    roles = {
        NARRATOR: Role(NARRATOR, Voice("hibari", "heart")),
        "Kylo": Role("Kylo", Voice("kokoro", "am_onyx+2"), "male, adult, American; a lead"),
        "Jim": Role("Jim", Voice("hibari", "heart"), "tells the story"),
    }
    text = write_new(Cast(roles), script, story="my story.md")
    assert text.startswith("# The cast of my story.md")
    assert "  # 2 lines, 4 words when first cast; male, adult (“he” 14 times)\n" in text
    assert '  # also "Ren", "the captain"\n' in text
    assert (
        "  # narrate chose kokoro/am_onyx+2: male, adult, American; a lead\n  Kylo: kokoro/am_onyx+2\n"
        in text
    )
    assert "\n  Jim: narrator\n" in text  # so that he follows when the narrator's voice is changed


def test_the_reason_of_a_voice_is_read_back_while_the_voice_is_the_same(tmp_path: Path) -> None:
    why = (
        "female, adult, British; a lead; far from the voice of somebody with a name that makes a second line"
    )
    roles = {
        NARRATOR: Role(NARRATOR, Voice("hibari", "heart"), "no character speaks with it"),
        "Ann": Role("Ann", Voice("kokoro", "bf_emma+1", 0.9), why),
        "Bea": Role("Bea", Voice("kokoro", "bf_lily"), "far from Ann's voice"),
    }
    path = tmp_path / "s.cast.yaml"
    keep_cast(path, Cast(roles), EMPTY, story="s.md")
    assert read_cast(path).whys() == {name: role.why for name, role in roles.items()}
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Bea: kokoro/bf_lily", "Bea: kokoro/af_sky"), encoding="utf-8")
    assert "Bea" not in read_cast(path).whys()


@pytest.mark.parametrize("blank", ["", "\n", "\ufeff \n"])
def test_an_empty_file_is_written_as_if_there_were_none(tmp_path: Path, blank: str) -> None:
    path, other = tmp_path / "s.cast.yaml", tmp_path / "t.cast.yaml"
    path.write_text(blank, encoding="utf-8")
    assert keep_cast(path, cast("Ann"), EMPTY, story="s.md") == "written"
    keep_cast(other, cast("Ann"), EMPTY, story="s.md")
    assert path.read_bytes() == other.read_bytes()


def test_the_file_is_written_once_then_added_to_then_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "s.cast.yaml"
    assert keep_cast(path, cast("Ann"), EMPTY, story="s.md") == "written"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    assert keep_cast(path, cast("Ann"), EMPTY, story="s.md") == "same"
    assert path.read_bytes() == before
    assert keep_cast(path, cast("Ann", "Bea"), EMPTY, story="s.md") == "added"
    after = path.read_bytes()
    assert after.startswith(before)
    assert b"\r\n  Bea: kokoro/bf_emma\r\n" in after
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_cannot_be_written_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        keep_cast(tmp_path / "gone" / "s.cast.yaml", cast("Ann"), EMPTY, story="s.md")
    assert not list(tmp_path.iterdir())
