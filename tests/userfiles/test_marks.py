"""Whatever is wrong in a user's YAML is said in one line, with its place and what to do."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrate.errors import UserFileError
from narrate.userfiles.marks import MAX_ALIASED, load, parse

PATH = Path("a.yaml")


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("a: b: c", "1:5", "quote the text"),
        ("a: 1\n\tb: 2", "2:1", "a tab where spaces belong; indent with spaces"),
        ("a: 1\nb: 2\na: 3", "3:1", "'a' is here twice (first in line 1)"),
        ("a: {b: 1, b: 2}", "1:11", "'b' is here twice"),
        ("a: 'one", "1:4", "a quote that is never closed"),
        ("a: [one", "1:4", "a `[` list that is not closed"),
        ("- a", "1:1", "`key: value` lines"),
        ("one two", "1:1", "`key: value` lines"),
        ("a:\n  Ann x/y\n  Bea: z", "2:3", "a name without `:`; put `:` after the name"),
        ("a:\n  Bea: z\n  Ann x/y", "3:3", "a name without `:`; put `:` after the name"),
        ("a:\n  Bea: z\n  Ann x/y\n  Cia: z", "3:3", "a name without `:`; put `:` after the name"),
        ("[a]: b", "1:1", "a key must be a word or a name"),
        ("a: \x07", "1:4", "character U+0007 is not allowed"),
        ("a: 1\n---\nb: 2", "2:1", "a second document"),
        ("a: !!python/object/apply:os.system [x]", "1:4", "tags"),
        ("a: !x y", "1:4", "tags"),
        ("a: *b", "1:4", "`*"),
        ("a: &a [*a]", "1:8", "nothing that is complete above it"),
        ("a: {<<: {b: 1}}", "1:5", "`<<` is not used here"),
        ("a: " + "[" * 500, "1:33", "nested more than 30 deep"),
    ],
)
def test_what_is_no_yaml_of_ours_is_named_with_its_place(text: str, where: str, said: str) -> None:
    with pytest.raises(UserFileError) as error:
        parse(text, PATH)
    assert error.value.where == f"a.yaml:{where}"
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_nesting_beyond_the_limit_of_libyaml_itself_is_named_the_same_way() -> None:
    with pytest.raises(UserFileError, match=r"a\.yaml:1:\d+: nested more than 30 deep"):
        parse("a: " + "[" * 100_000, PATH)


def test_a_billion_laughs_are_cut_short() -> None:
    levels = ["a: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    levels += [f"b{k}: &a{k + 1} [{', '.join([f'*a{k}'] * 10)}]" for k in range(8)]
    with pytest.raises(UserFileError, match=f"more than {MAX_ALIASED} values"):
        parse("\n".join(levels), PATH)


def test_names_stay_names() -> None:
    read = parse("No: Yes\n007: 1e3\nnull: ~\n2001-01-01: 0x10", PATH).table
    assert read == {"No": "Yes", "007": "1e3", "null": "~", "2001-01-01": "0x10"}


def test_an_empty_file_is_an_empty_table() -> None:
    assert (
        parse("", PATH).table
        == parse("# only a comment\n", PATH).table
        == parse("---\n...\n", PATH).table
        == {}
    )


def test_aliases_stand_for_what_they_name() -> None:
    assert parse("a: &x {b: c}\nd: *x", PATH).table == {"a": {"b": "c"}, "d": {"b": "c"}}


def test_places_are_counted_in_characters() -> None:
    read = parse("é😀:\n  ü: {x: 1, y: [a, b]}", PATH)
    assert read.where(("é😀", "ü", "y", 1)) == "a.yaml:2:20"
    assert read.where(("é😀", "ü", "y"), key=True) == "a.yaml:2:13"
    assert read.where(("é😀", "gone")) == "a.yaml:2:3"


def test_files_that_cannot_be_read_as_text_say_so(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nb: caf\u00e9".encode("latin-1"))
    with pytest.raises(UserFileError, match=r"latin\.yaml:2:7: not UTF-8 text; save it as UTF-8"):
        load(latin)
    with pytest.raises(UserFileError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(UserFileError, match="cannot be read"):
        load(tmp_path / "none.yaml")
    huge = tmp_path / "huge.yaml"
    with huge.open("wb") as file:
        file.truncate(40_000_000)
    with pytest.raises(UserFileError, match="larger than 32 MB"):
        load(huge)


def test_a_byte_order_mark_is_no_part_of_the_first_key(tmp_path: Path) -> None:
    path = tmp_path / "bom.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\n")
    assert load(path).table == {"a": "1"}


@given(st.one_of(st.text(max_size=60), st.text("ab:-[]{}#&*!|>'\"%@`,?~ \n\t", max_size=40)))
def test_no_text_brings_anything_but_a_table_or_one_line(text: str) -> None:
    said = ""
    try:
        assert isinstance(parse(text, PATH).table, dict)
    except UserFileError as error:
        said = str(error)
    assert not said or re.match(r"a\.yaml:\d+:\d+: ", said)
    assert len(said.splitlines()) <= 1
