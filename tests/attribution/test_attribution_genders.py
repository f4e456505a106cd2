"""The gender of names that no list holds: invented ones, as fantasy has them."""

from pathlib import Path

import pytest

from narrate.attribution import attribute
from narrate.reading import read_text

SHE_TAGS = """
Ysolwen came down to the river, and the ferryman was asleep.

"Wake up," she said. "I have to cross."

"Nobody crosses," said the ferryman.

"I can pay," she said.
"""
APPOSED = """
Quorrin Thule, her brother, was out of breath. The ferryman looked up.

"Take us both," said Quorrin.
"""
BEFORE = """
The ferryman woke her sister Ysolwen with an oar.

"Is it morning?" asked Ysolwen.
"""
COPULA = """
Quorrin was a tall man with a bad knee.

"Sit," said Quorrin.
"""
NOT_TOLD = """
Quorrin saw a tall woman. The ferryman saw nothing.

"Sit," said Quorrin.
"""


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        pytest.param(SHE_TAGS, "Ysolwen", "female", id="she said, in the lines that are hers"),
        pytest.param(APPOSED, "Quorrin Thule", "male", id="her brother, after a comma"),
        pytest.param(BEFORE, "Ysolwen", "female", id="her sister, before the name"),
        pytest.param(COPULA, "Quorrin", "male", id="was a tall man"),
        pytest.param(NOT_TOLD, "Quorrin", "unknown", id="somebody else, told of in the same breath"),
    ],
)
def test_the_gender_of_an_invented_name(text, name, gender):
    found = {c.name: c.gender for c in attribute(read_text(text, Path("story.md"))).characters}
    assert found[name] == gender
