"""English text to the phonemes that Kokoro and hibari were trained on, by hibari's own G2P.

hibari reads numbers, dates, titles and heteronyms well, but fiction trips it: an opening quote spoils
the word after it, `--` vanishes, "he said no." ends in "number", a stutter is spelt out, and "Shh" is
read as three letters. `cleaned` and the small tables here take those traps away.

A pronunciation may stand in the text as `[Siobhan](/ʃɪvˈɔn/)`: the IPA between the slashes is spoken.
The alphabet is misaki's: IPA with capitals for diphthongs (A as in day, I eye, O go, Q British go, W
how, Y boy), `ʧ` and `ʤ`, and stress marks before the vowel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from narrate.engines.models import hibari_bytes, hibari_json, hibari_table, session
from narrate.errors import EngineError

if TYPE_CHECKING:
    from hibari.g2p import G2P

SOUNDS = frozenset("AIOQSTWYᵊabcdefhijklmnopqrstuvwxyzɑɐɒæɔəɛɜɪʊʌɨɯøœɚɤðŋɡɹɾʃʒʤʧθçxχɣβɸʔʁᵻɲɳʎʋɥ")
"""The phonemes that are heard; the rest of the alphabet is stress, length and punctuation."""

_MARK = "\ue000"  # private use: stands for a word with a pronunciation of its own until the tokens are made
_LONGEST_WORD = 28  # letters that the unknown-word model reads at once; longer ones are spoken in pieces

_OVERRIDE = re.compile(r"\[([^\[\]\n]{1,80})\]\(/([^()/\n]{1,120})/\)")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]"
)
_QUOTES = frozenset('"“”')  # known to the models, and a hitch in the voice: the words say who speaks
_DOUBLE_QUOTES = re.compile('[“”„‟«»"〝〞]')
_OPENING = re.compile(r"(?<!\w)['‘’‚‛]{1,3}(?!(?:em|cause|cept|bout|til|n|cuz|cos)\b)(?=\w)")
_CLOSING = re.compile(r"(?<=[^\w\s])['‘’]{1,3}(?!\w)|(?<=[a-rt-z])(?<!in)['‘’](?!\w)")
_ENDLESS = re.compile(r"\S{120,}")  # hibari peels a stretch without spaces sign by sign: quadratic
_JOINT = re.compile(r"[-–—…,.;:!?/&_]+")
_DASHES = re.compile(r"\s*(?:-{2,}|[―⸺⸻])\s*|\s+[-–]+\s+|(?<=[^\W\d])–(?=[^\W\d])|[-–]+$")
_DOTS = re.compile(r"\.{2,}|\.(?:\s\.){1,9}|‥")
_NOT_ABBREVIATED = re.compile(r"\b([Nn]os?|[Ff]ig|[Cc]h|eds?|est|S[au]n|Sat|Mar|Mon|Fri)\.(?!\s?\d)")
_DIGIT = re.compile(
    r"[\u0660-\u0669\u06f0-\u06f9\u2070\u2074-\u2079\u2080-\u2089\uff10-\uff19¹]"
)  # not ² and ³: "squared"
_STUTTER = re.compile(r"\b([^\W\d_]{1,2})-(?=\1)", re.IGNORECASE)
_RUN = re.compile(r"([^\W\d_])\1{2,}", re.IGNORECASE)
_NUMERAL = re.compile(r"[IVXLCM]+|([b-df-hj-np-tv-z])\1*", re.IGNORECASE)  # XIII, www
_WORD = re.compile(r"[^\W\d_]+")
_TENS = re.compile(  # joined, British voices slur them: "ninety-nine" is heard as "nine to nine"
    r"\b((?:twen|thir|for|fif|six|seven|eigh|nine)ty)-"
    r"(?=(?:one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)",
    re.IGNORECASE,
)
_ONSET = re.compile(
    r"([ˈˌ])([^AIOQWYᵊaeiouɑɐɒæɔəɛɜɪʊʌᵻˈˌ\s]+)(?=[AIOQWYᵊaeiouɑɐɒæɔəɛɜɪʊʌᵻ])"
)  # stress before its syllable

_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), phonemes)
    for pattern, phonemes in (
        ("s+h+", "ʃːː"),
        ("h+r*m+|h+u+m+", "hˈʌmm"),
        ("h+m+p+h+|h+u+m+p+h+", "hˈʌmf"),
        ("m{2,}(?:h+m+)?", "mˈmm"),
        ("p+s+t+", "pˈsːt"),
        ("t+s+k+", "tˈɪsk"),
        ("t+c+h+", "ʧː"),
        ("b+r{2,}", "bɹˈɜɹː"),
        ("g+r{2,}", "ɡɹˈɜɹː"),
        ("p+f+t+", "pˈft"),
        ("z{2,}", "zˈzː"),
        ("e+w+", "ˈiu"),
        ("a{3,}", "ˈɑː"),
        ("esq", "ɪskwˈIɹ"),
        ("mx", "mˈɪks"),
        ("tis", "tˈɪz"),
        ("twas", "twˈʌz"),
        ("twere", "twˈɜɹ"),
        ("twill", "twˈɪl"),
        ("twould", "twˈʊd"),
        ("aargh|a+r+g+h+", "ˈɑɹɡ"),
    )
)

_IPA = (  # what dictionaries write -> the one character the models know; the longer first
    ("t͡ʃ", "ʧ"), ("d͡ʒ", "ʤ"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("eɪ", "A"), ("aɪ", "I"), ("oʊ", "O"), ("əʊ", "Q"),
    ("aʊ", "W"), ("ɔɪ", "Y"), ("ɝ", "ɜɹ"), ("ɚ", "əɹ"), ("ɫ", "l"), ("r", "ɹ"), ("g", "ɡ"), ("'", "ˈ"),
    (":", "ː"), ("ɘ", "ə"), ("ɵ", "ə"), ("ʍ", "w"), (".", ""), ("-", ""), ("‿", ""), ("͡", ""), ("ˑ", ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A word or a punctuation mark, and how it is said."""

    text: str
    phonemes: str  # of `vocabulary` only; "" for what is not said
    space: bool  # whether white space follows


@cache
def vocabulary() -> dict[str, int]:
    """Every character that the models know, and its number. Raises EngineError for a damaged file."""
    return dict(hibari_json("vocab.json"))


class Phonemizer:
    """Holds hibari's dictionaries: one tagger for both accents, each accent's lexicon once it is needed."""

    def __init__(self) -> None:
        self._accents: dict[bool, G2P] = {}

    def words(self, text: str, *, british: bool) -> list[Word]:
        """The words of `text`, in order, with their phonemes. Raises EngineError for a damaged dictionary."""
        normalize = _normalizer()

        g2p = self._accent(british)
        overrides: list[tuple[str, str]] = []
        tokens: list[Any] = []
        for pair in g2p.tokenizer(normalize(cleaned(_set_apart(text, overrides, british), g2p))):
            tokens += _pieces(pair)
        tokens = _tagged(g2p, tokens)
        _override(g2p, tokens, overrides)
        for token in tokens:
            _sound(token)
        spoken = _phonemized(g2p, [token for token in tokens if token.text])
        known = vocabulary().keys() - _QUOTES
        words = [
            Word(t.text, "".join(c for c in t.phonemes or "" if c in known), bool(t.whitespace))
            for t in spoken
        ]
        return _stutters(words)

    def _accent(self, british: bool) -> G2P:
        if british not in self._accents:
            shared = next(iter(self._accents.values()), None)
            self._accents[british] = _load(british, shared)
        return self._accents[british]


def sayable(ipa: str, *, british: bool = False) -> str:
    """Dictionary IPA in the models' alphabet. Raises EngineError naming what they cannot say."""
    said = unicodedata.normalize("NFC", ipa.strip().strip("/"))
    for written, known in _IPA:
        said = said.replace(written, known)
    for gb, us in (("a", "æ"), ("Q", "O"), ("ɒ", "ɑ")):  # each accent's models know its own vowels
        said = said.replace("æ", "a") if british else said.replace(gb, us)
    said = _ONSET.sub(r"\2\1", said)
    unknown = sorted({c for c in said if c not in vocabulary()})
    if unknown:
        raise EngineError(
            f"the pronunciation /{ipa}/ has {' '.join(unknown)!r}, which this engine cannot say"
        )
    if not any(c in SOUNDS for c in said):
        raise EngineError(f"the pronunciation /{ipa}/ has no sound in it")
    return said


def speakable(words: Sequence[Word]) -> bool:
    """Whether anything of it makes a sound."""
    return any(c in SOUNDS for word in words for c in word.phonemes)


def cleaned(text: str, g2p: G2P) -> str:
    """`text` without what hibari's G2P trips over; the words stay."""
    text = text.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate would stop onnxruntime
    text = unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))
    text = _ENDLESS.sub(_spaced, text)
    text = _DIGIT.sub(lambda m: unicodedata.normalize("NFKC", m.group()), _DOUBLE_QUOTES.sub("", text))
    text = _CLOSING.sub("", _OPENING.sub("", text))
    text = _TENS.sub(r"\1 ", text)
    text = _STUTTER.sub(r"\1—", _DASHES.sub("—", text))
    text = _DOTS.sub("…", text).replace("[", "(").replace("]", ")")
    text = _NOT_ABBREVIATED.sub(r"\1 .", text)  # normalising closes the gap again, after its abbreviations
    return _WORD.sub(lambda m: _drawn_out(m.group(), g2p), text)


def _spaced(match: re.Match[str]) -> str:
    """Space after each mark inside an endless stretch, and into what is endless still."""
    parts = _JOINT.sub(lambda m: f"{m.group()[:3]} ", match.group()).split()
    return " ".join(part[k : k + 100] for part in parts for k in range(0, len(part), 100))


def _drawn_out(word: str, g2p: G2P) -> str:
    """`Nooooo` as "No": the letters of a run once or twice, whichever spells a word."""
    runs = list(_RUN.finditer(word))
    if not runs or _NUMERAL.fullmatch(word) or any(pattern.fullmatch(word) for pattern, _ in _SOUNDS):
        return word
    once, twice = _RUN.sub(r"\1", word), _RUN.sub(r"\1\1", word)
    at_the_end = runs[-1].end() == len(word)  # "sooo" is "so", but "cooool" is "cool"
    for spelt in (once, twice) if at_the_end else (twice, once):
        if spelt.lower() in g2p.lexicon.golds:
            return spelt
    return twice


def _set_apart(text: str, overrides: list[tuple[str, str]], british: bool) -> str:
    """`text` with a mark for each word that brings its pronunciation; those are appended to `overrides`."""
    text = text.replace(_MARK, "")

    def mark(match: re.Match[str]) -> str:
        try:
            overrides.append((match.group(1), sayable(match.group(2), british=british)))
        except EngineError:  # it came from the story, not from a cast file: an address, a footnote
            return match.group(1)
        return _MARK

    return _OVERRIDE.sub(mark, text)


def _pieces(pair: tuple[str, str]) -> list[tuple[str, str]]:
    """A token cut around marks, and into words where it is longer than the unknown-word model reads."""
    text, space = pair
    cut: list[tuple[str, str]] = []
    for part in re.split(f"({_MARK})", text):
        size = _LONGEST_WORD if len(part) > 2 * _LONGEST_WORD else len(part)
        cut += [(part[k : k + size], " ") for k in range(0, len(part) - size, size)] if part else []
        if part:
            cut.append((part[(len(part) - 1) // size * size :], ""))
    if cut:
        cut[-1] = (cut[-1][0], space)
    return cut


def _tagged(g2p: G2P, pairs: list[tuple[str, str]]) -> list[Any]:
    from hibari.g2p.token import Tok

    tags = g2p.tagger([text for text, _ in pairs]) if pairs else []
    return [Tok(text, tag, space) for (text, space), tag in zip(pairs, tags, strict=True)]


def _override(g2p: G2P, tokens: list[Any], overrides: list[tuple[str, str]]) -> None:
    waiting = iter(overrides)
    for token, after in zip(tokens, [*tokens, None][1:], strict=True):
        if token.text != _MARK:
            continue
        token.text, token.phonemes = next(waiting)
        token.tag, token.rating = "NNP", 5
        if after is not None and not token.whitespace and after.text in ("'s", "’s", "s"):
            token.phonemes = g2p.lexicon._s(token.phonemes)
            token.whitespace, after.text = after.whitespace, ""


def _sound(token: Any) -> None:
    if token.phonemes is None:
        for pattern, phonemes in _SOUNDS:
            if pattern.fullmatch(token.text):
                token.phonemes, token.rating = phonemes, 5
                return


def _phonemized(g2p: G2P, tokens: list[Any]) -> list[Any]:
    """All in context; where one token breaks hibari's reader (odd numerals do), each for itself."""
    try:
        return list(g2p.phonemize_tokens([token.copy() for token in tokens]))
    except Exception:  # it raises whatever its tables raise, and no line may be lost to one odd sign
        spoken: list[Any] = []
        for token in tokens:
            try:
                spoken += g2p.phonemize_tokens([token.copy()])
            except Exception:
                token.phonemes = g2p.oov("".join(c for c in token.text if c.isalpha())) or ""
                spoken.append(token)
        return spoken


def _stutters(words: list[Word]) -> list[Word]:
    """`W-we` begins with the sound of "we", not with the name of the letter."""
    begun: set[int] = set()
    for k in range(len(words) - 3, -1, -1):
        word, dash, whole = words[k : k + 3]
        start, rest = word.text.casefold(), whole.text.casefold()
        if dash.text != "—" or word.space or len(start) > 2 or not rest.startswith(start):
            continue
        onset = re.match(r"[^AIOQWYᵊaeiouɑɐɒæɔəɛɜɪʊʌᵻˈˌ]+", whole.phonemes)
        if onset and start.isalpha() and (rest != start or k + 2 in begun):
            words[k] = Word(word.text, f"{onset.group()}ə", False)
            begun.add(k)
    return words


@cache
def _normalizer() -> Callable[[str], str]:
    """hibari's normaliser with its Roman numerals mended.

    In 0.2.1 they match the empty numeral before any word that begins with I, V, X, L or C: King Charles
    is said "King the zeroth Charles".
    """
    module: Any = import_module("hibari.g2p.normalize")
    for name in ("RE_ROMAN_C", "RE_ROMAN_O"):
        pattern: str = getattr(module, name).pattern
        setattr(module, name, re.compile(pattern.replace("(?=[IVXLC])", r"(?=[IVXLCDM]+\b)")))
    normalize: Callable[[str], str] = module.normalize
    return normalize


def _load(british: bool, shared: G2P | None) -> G2P:
    """hibari's G2P from checked files. Its own constructor would load a second tagger: 60 MB for nothing."""
    from hibari.g2p import ASSETS, G2P
    from hibari.g2p.lexicon import Lexicon
    from hibari.g2p.oov import OOV
    from hibari.g2p.tokenize import Tokenizer

    from narrate.engines.compact import SmallLexicon, SmallTagger

    accent, oov = ("gb", "oov_gb") if british else ("us", "oov")
    g2p: G2P = G2P.__new__(G2P)
    gold, silver = (
        SmallLexicon(hibari_json(f"lexicon_{accent}_{part}.json.gz")) for part in ("gold", "silver")
    )
    g2p.lexicon = Lexicon(gold, silver, british)
    g2p.tokenizer = shared.tokenizer if shared else Tokenizer(hibari_json("tokenizer_exceptions.json"))
    g2p.tagger = shared.tagger if shared else SmallTagger(hibari_table("tagger.json.gz"))
    g2p._oov = OOV(f"{ASSETS}/{oov}.onnx", session(hibari_bytes(f"{oov}.onnx")))
    g2p.unk, g2p.british = "", british
    return g2p
