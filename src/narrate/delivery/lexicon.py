"""Words that say how a line is said, each with its delivery."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from narrate.script import Delivery

Manners = Mapping[str, Delivery]


def _table(rows: Mapping[Delivery, str]) -> dict[str, Delivery]:
    return {word: delivery for delivery, words in rows.items() for word in words.split()}


_REGULAR: Mapping[Delivery, str] = {
    "whispered": "whisper mouth",
    "soft": "murmur coo croon soothe purr",
    "muttered": "mutter mumble grumble grunt",
    "hissed": "hiss seethe",
    "called": "call hail holler hoot",
    "shouted": "shout yell bellow roar bawl thunder boom bark bray vociferate",
    "screamed": "scream shriek screech howl squeal",
    "exclaimed": "exclaim ejaculate crow",
    "angry": "snap snarl rage storm fume explode",
    "cold": "sneer",
    "cheerful": "chirp beam enthuse",
    "laughed": "laugh chuckle giggle titter snigger snicker chortle guffaw cackle",
    "sobbed": "sob weep wail blubber snivel whimper sniff sniffle bleat",
    "sad": "lament mourn moan groan keen",
    "pleading": "beg plead beseech implore entreat whine wheedle",
    "nervous": "stammer stutter falter quaver tremble splutter gulp gabble",
    "tired": "sigh yawn",
    "breathless": "gasp pant wheeze puff",
    "hoarse": "croak rasp",
    "growled": "growl rumble",
    "squeaked": "squeak pipe peep twitter",
    "solemn": "intone declaim pronounce proclaim",
    "hurried": "blurt babble rattle jabber",
    "slow": "drawl slur",
}
_IRREGULAR: Mapping[str, Delivery] = {"wept": "sobbed", "breathed": "whispered", "breathes": "whispered"}
_DOUBLED = frozenset({"beg", "sob", "snap"})

_PLAIN_VERBS = """
    said says say asked asks replied replies answered answers added adds continued continues went told tells
    remarked observed returned repeated began begins finished agreed admitted explained suggested demanded
    inquired enquired wondered insisted objected protested declared announced put responded offered warned
    confessed concluded reminded assured promised spoke speaks resumed interrupted ventured commented noted
    thought thinks sang sings ordered commanded urged conceded countered corrected
"""


def listed(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


def _forms(verb: str) -> Iterator[tuple[str, str]]:
    """The past, the present and the participle of a regular verb, each with which of them it is."""
    stem = verb + verb[-1] if verb in _DOUBLED else verb
    if verb.endswith("e"):
        yield from ((verb + "d", "finite"), (verb + "s", "finite"), (verb[:-1] + "ing", "ing"))
        return
    if verb.endswith("y") and verb[-2] not in "aeiou":
        yield from ((verb[:-1] + "ied", "finite"), (verb[:-1] + "ies", "finite"), (verb + "ing", "ing"))
        return
    hissing = verb.endswith(("s", "sh", "ch", "x"))
    yield from ((stem + "ed", "finite"), (verb + ("es" if hissing else "s"), "finite"), (stem + "ing", "ing"))


_FORMS = [
    (form, which, delivery)
    for delivery, verbs in _REGULAR.items()
    for verb in verbs.split()
    for form, which in _forms(verb)
]

VERBS: Mapping[str, Delivery | None] = {
    **dict.fromkeys(_PLAIN_VERBS.split()),
    **{form: delivery for form, which, delivery in _FORMS if which == "finite"},
    "cried": "exclaimed",  # "cried Ana": seldom in tears
    "cries": "exclaimed",
    **_IRREGULAR,
}
"""Finite verbs that a tag may have; None where the verb does not say how."""

PARTICIPLES: Manners = {
    **{form: delivery for form, which, delivery in _FORMS if which == "ing"},
    **_table(
        {
            "sobbed": "crying",
            "whispered": "breathing",
            "cheerful": "smiling grinning",
            "nervous": "shaking trembling shivering shuddering",
            "angry": "fuming glaring scowling",
            "exclaimed": "exclaiming",
        }
    ),
}
"""What somebody does while saying it: `he said, laughing`."""

ADVERBS: Manners = _table(
    {
        "whispered": "inaudibly",
        "soft": """softly quietly gently tenderly soothingly lovingly kindly mildly lowly fondly warmly
            confidentially hushedly caressingly""",
        "muttered": "indistinctly moodily sullenly sulkily morosely",
        "shouted": "loudly thunderously noisily lustily",
        "screamed": "shrilly hysterically piercingly",
        "astonished": "incredulously disbelievingly unbelievingly",
        "angry": """angrily furiously fiercely crossly hotly irritably indignantly savagely sharply testily
            tartly heatedly violently wrathfully peevishly petulantly impatiently vehemently exasperatedly""",
        "cold": """coldly icily frostily coolly stonily flatly stiffly curtly grimly tonelessly tersely
            bleakly expressionlessly impassively harshly sternly severely""",
        "cheerful": """cheerfully brightly merrily happily gaily jovially heartily cheerily lightly gleefully
            delightedly playfully jauntily triumphantly proudly""",
        "excited": "excitedly eagerly enthusiastically feverishly wildly animatedly ecstatically",
        "laughed": "laughingly mirthfully",
        "sobbed": "tearfully brokenly",
        "sad": """sadly mournfully sorrowfully miserably wistfully dolefully forlornly bitterly ruefully
            gloomily dejectedly plaintively glumly despondently disconsolately regretfully""",
        "pleading": "pleadingly imploringly beseechingly coaxingly earnestly urgently desperately",
        "nervous": """nervously timidly shyly anxiously uneasily hesitantly fearfully hesitatingly uncertainly
            tremulously shakily meekly sheepishly haltingly apologetically diffidently worriedly bashfully
            tentatively doubtfully""",
        "tired": "wearily tiredly sleepily drowsily resignedly listlessly exhaustedly",
        "weak": "weakly faintly feebly thinly",
        "breathless": "breathlessly",
        "hoarse": "hoarsely huskily thickly raspingly croakily",
        "growled": "gruffly gutturally throatily deeply",
        "solemn": """solemnly gravely ponderously sententiously reverently portentously impressively
            ceremoniously sombrely somberly""",
        "hurried": "quickly hurriedly hastily rapidly briskly swiftly",
        "slow": "slowly lazily deliberately languidly drawlingly",
    }
)

ADJECTIVES: Manners = _table(
    {
        "whispered": "whispering inaudible",
        "soft": """soft low quiet gentle hushed tender soothing small lowered silky mild subdued softer
            quieter lower""",
        "muttered": "muffled sullen surly",
        "called": "raised carrying ringing louder",
        "shouted": "loud thunderous booming stentorian",
        "screamed": "shrill hysterical piercing",
        "angry": "angry furious fierce sharp indignant irritated cross savage",
        "cold": "cold icy flat hard toneless stern chilly frosty steely stiff expressionless dead",
        "cheerful": "cheerful bright merry happy cheery jovial hearty gay",
        "excited": "excited eager",
        "laughed": "laughing amused",
        "sobbed": "tearful broken choked sobbing crying",
        "sad": "sad mournful sorrowful plaintive miserable bitter gloomy doleful",
        "pleading": "pleading coaxing imploring wheedling",
        "nervous": "nervous shaky trembling tremulous unsteady quavering shaking timid frightened quivering",
        "tired": "tired weary sleepy drowsy",
        "weak": "weak faint feeble thin",
        "breathless": "breathless",
        "hoarse": "hoarse husky rough thick raspy rasping gravelly choking",
        "growled": "gruff deep guttural growling deeper",
        "squeaked": "high squeaky reedy piping squeaking higher",
        "solemn": "solemn grave sepulchral sombre somber",
        "hurried": "hurried",
        "slow": "slow drawling deliberate",
    }
)
"""Of a voice or a tone: `in a low voice`, `her voice was hoarse`."""

NOUNS: Manners = _table(
    {
        "whispered": "whisper whispers undertone breath",
        "soft": "murmur",
        "muttered": "mutter mumble",
        "hissed": "hiss",
        "shouted": "shout yell bellow roar bark",
        "screamed": "scream shriek screech squeal howl wail",
        "laughed": "laugh chuckle giggle laughter",
        "sobbed": "sob sobs tears whimper sniff",
        "sad": "moan groan",
        "tired": "sigh yawn",
        "breathless": "gasp gasps pants",
        "hoarse": "croak rasp",
        "growled": "growl rumble",
        "angry": "snarl rage fury anger",
        "squeaked": "squeak",
        "nervous": "stammer tremor quaver",
        "excited": "excitement",
        "slow": "drawl",
        "cold": "sneer",
    }
)
"""`in a whisper`, `with a sob`, `her voice was a croak`."""

VOICE_DID: Manners = _table(
    {
        "soft": "dropped fell sank softened lowered dropping falling sinking lowering",
        "called": "rose rising raised raising carried",
        "nervous": "shook trembled wavered quavered shaking trembling wavering quavering quivered quivering",
        "sobbed": "broke cracked caught breaking cracking catching",
        "weak": "faded failed failing fading",
        "cold": "hardened hardening",
        "shouted": "boomed thundered booming",
        "angry": "sharpened",
    }
)
"""What a voice does: `his voice shook`; and what is done to it: `she lowered her voice`."""

NEGATIONS = listed(
    """
    not never no nor hardly scarcely barely rarely seldom without neither almost nearly instead rather
    didn't don't doesn't wasn't couldn't wouldn't hadn't isn't can't less longer stopped ceased avoid avoided
    didn’t don’t doesn’t wasn’t couldn’t wouldn’t hadn’t isn’t can’t cannot nothing none if
    """
)
"""A word after which the next one is not so, or only nearly so: left alone."""

CUTS = listed(
    """
    as when while because since that which who whom whose where before after until till though although if
    unless so but and or then for like than
    """
)
"""Where what is said of the quote may end and something else begin."""
