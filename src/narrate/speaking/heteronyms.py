"""Words spelled alike and said apart, told by the words beside them.

Every rule looks at a few neighbours only, and says nothing where they do not settle it: then the
engine's own guess stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from narrate.speaking.page import Page


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to say a word, and where it is said so."""

    phonemes: str  # in Kokoro's alphabet, American
    respelling: str  # for engines without phonemes; "" where they say the word so anyway
    before: re.Pattern[str] | None  # what must end just before it; None: anything
    after: re.Pattern[str] | None  # what must follow; None: anything


_TO = r"to|will|would|can|could|shall|should|may|might|must|cannot|can't|can’t|won't|won’t|don't|don’t|didn't|didn’t|not|let's|let’s|help|please|never|i'll|i’ll|you'll|you’ll|he'll|he’ll|she'll|she’ll|we'll|we’ll|they'll|they’ll|i'd|i’d|he'd|he’d|she'd|she’d|you'd|you’d|we'd|we’d|they'd|they’d|couldn't|couldn’t|wouldn't|wouldn’t"
_THE = (
    r"the|a|an|this|that|his|her|my|your|our|their|its|one|no|any|every|each|some|another|first|last|old|new"
)
_THEY = r"i|you|he|she|we|they|who|it"
_HAVE = r"have|has|had|having|was|were|been|being|be|is|are|'ve|’ve|i've|i’ve|you've|you’ve|we've|we’ve|they've|they’ve|hadn't|hadn’t|haven't|haven’t|hasn't|hasn’t"
_IT = r"it|him|them|me|us|her|you|myself|himself|herself|themselves|itself|yourself|the|a|an|my|his|our|your|their|this|that|these|those"


def _b(words: str, *, start: bool = False) -> re.Pattern[str]:
    """One of these words just before; with `start` the beginning of a sentence will do, as for commands."""
    opening = r"^[\"“'‘(\s]*$|[.!?…—:;][\"”'’)]* [\"“'‘(]*$|" if start else ""
    return re.compile(rf"{opening}(?:^|[^\w'’])(?:{words}),? $", re.I)


def _a(words: str) -> re.Pattern[str]:
    return re.compile(rf" (?:{words})(?![\w'’])", re.I)


_r = Reading
_READINGS: dict[str, tuple[Reading, ...]] = {
    "read": (
        _r("ɹˈid", "", _b("^", start=True), None),
        _r("ɹˈid", "", _b(_TO + "|did|do|does|both"), None),
        _r("ɹˈid", "", _b("i|we|you|they"), re.compile(r"[^.!?]{0,40}\b(?:every|always|often|usually|never)\b", re.I)),
        _r("ɹˈɛd", "red", _b(_HAVE + r"|(?:have|has|had|'ve|’ve) (?:you|i|he|she|we|they|never|ever|already|just|only|not|once|also|always)|well|"
                             r"(?:\w+['’]ve|\w+['’]d) (?:already|just|never|once|only)"), None),
        _r("ɹˈɛd", "red", _b(r"he|she|it|who|and|then|that|i|we|they|letter|note|sign|signs|card|message|paper|headline|one|\w+ly"),
           _a(_IT + r"|aloud|out|on|about|in|of|from|through|and|again|slowly|silently|like|to|as|for|them|everything|nothing|every")),
    ),
    "lead": (
        _r("lˈɛd", "led", None, _a(r"pipe|pipes|pencil|pencils|paint|weight|weights|shot|bullet|bullets|roof|lining|poisoning|soldier|soldiers|ball|balls|coffin|box|foil|sheet|sheets|seal|sinker|glass|mine|mines|plate")),
        _r("lˈɛd", "led", _b(r"of molten|heavy as|like|cold as|made of|lump of|pound of|pounds of|ounce of|ton of|tons of|weight of|pieces of|piece of|bits of|full of|(?:legs|feet|arms|limbs|stomach|heart) (?:of|like|turned to|had turned to)|grey as|gray as|strips of|sheets of|bar of|bars of|turned to|shot and|into"), re.compile(r"(?= ?[.,;:!?—…]|$| (?:in|and|on|that|from)\b)")),
        _r("lˈɛd", "led", _b(r"he|she|it|had|has|have|was|were|been|which|and [a-z]+ed|[A-Z][a-z]+"),
           _a(_IT)) ,
        _r("lˈid", "", None, None),
    ),
    "wind": (
        _r("wˈInd", "wined", _b(_TO + "|and", start=True), _a(_IT + "|up|down|around|round|through|back|along|its|their")),
        _r("wˈInd", "wined", None, _a(r"(?:it|the (?:clock|watch)|my watch|your watch|his watch) up|(?:the|your|my|his|that) (?:clock|watch|wool|thread|rope|handle|crank)|down (?:the|your) window|your way|their way|its way")),
        _r("wˈɪnd", "", None, None),
    ),
    "winds": (
        _r("wˈIndz", "wines", _b(r"he|she|it|who|road|path|river|track|lane|trail|stair|staircase|street|which|that"),
           _a(r"its|it|up|down|through|around|round|along|between|among|past|away|back|the|his|her|into|over|across|out|upward|uphill|north|south|east|west")),
        _r("wˈɪndz", "", None, None),
    ),
    "tear": (
        _r("tˈɛɹ", "tare", _b(_TO + r"|and|i|you|we|they|wear and|ready to", start=True), _a(_IT + r"|up|down|off|out|into|at|apart|away|open|through|one|each|loose|strips")),
        _r("tˈɛɹ", "tare", _b(r"a|wear and|small|long|jagged|the"), re.compile(r"(?: in (?:the|his|her|my) (?:shirt|sleeve|coat|dress|skirt|trousers|jacket|fabric|cloth|sail|curtain|paper|page|canvas|tent|jeans|knee|stocking))", re.I)),
        _r("tˈɛɹ", "tare", _b(r"wear and"), None),
        _r("tˈɛɹ", "tare", _b(_TO), None),
        _r("tˈɪɹ", "", _b(r"a|single|one|the|another|each|every|stray|last|her|his|no"), None),
    ),
    "tears": (
        _r("tˈɛɹz", "tares", _b(r"he|she|it|who|and|that|which"), _a(r"it|him|them|the|a|his|up|down|off|out|at|apart|away|open|through|my|our|your|me|us|strips")),
        _r("tˈɪɹz", "", None, None),
    ),
    "bow": (
        _r("bˈO", "", None, re.compile(r"(?: and(?: \w+)? arrows?| tie|-tie|string| string|-legged|man\b| window| in (?:her|his|my) hair| of ribbon| hunting)", re.I)),
        _r("bˈO", "", _b(r"violin|cello|fiddle|long|cross|hunting|recurve|yew|ribbon|pink|blue|red|white|black|satin|silk|velvet|lace|with a|his|strung his|her|drew (?:his|her|the|a)|drew back (?:his|her|the)|bent (?:his|her|the)|strung (?:his|her|the)|lifted (?:his|her|the)|raised (?:his|her|the)|tied in a|tied (?:it )?in a|neat|big|arrows? and"),
           None),
        _r("bˈW", "bough", _b(_TO + r"|a low|a deep|little|slight|stiff|formal|deep|low|polite|mocking|courtly|elegant|graceful|final|sweeping|elaborate|small|short|curt|take a|took a|made a|with a|gave a|the ship's|the ship’s|ship's|ship’s|the boat's|port|starboard|a stiff"), None),
        _r("bˈW", "bough", _b("^", start=True), re.compile(r"(?= to| down|[,.!])", re.I)),
        _r("bˈW", "bough", None, _a(r"to|down|before|low|out|his|her|your|their|my|wave|of the|of a|in (?:reply|answer|response|return)|and (?:scrape|left|withdrew)")),
        _r("bˈW", "bough", _b(r"from the|at the|over the|in the|near the|off the|and|they|we|i|you|across the"), None),
    ),
    "bows": (
        _r("bˈWz", "boughs", _b(r"he|she|who|and|the ship's|over the|across the|deep|low|with|of|many|stiff|the|her|\w+ly"), re.compile(r"(?! and arrows| in (?:her|his|their) hair| on (?:her|his|the) (?:dress|shoes|hat))", re.I)),
        _r("bˈOz", "", None, None),
    ),
    "bowed": (_r("bˈWd", "", None, None),),
    "bowing": (_r("bˈWɪŋ", "", None, None),),
    "live": (
        _r("lˈIv", "lyve", _b(r"a|the|was|went|going|goes|broadcast|real|more|two|three|some|any|and|of|these|those|with"),
           _a(r"wire|wires|music|show|shows|band|bands|audience|broadcast|broadcasts|performance|performances|ammunition|ammo|round|rounds|coals|coal|fish|bait|chicken|chickens|animal|animals|television|TV|stream|feed|recording|concert|bullet|bullets|cattle|birds|bird|grenade|bomb|bombs|on air|from|oak|oaks|current|prey|news|wireless|embers|ember|lobster|lobsters|lizard|rat|rats|thing|things|creature|creatures")),
        _r("lˈIv", "lyve", _b(r"we're|we’re|you're|you’re|i'm|i’m|went|going|go|goes|coming to you|broadcast|reporting|streaming|performed|perform"), None),
        _r("lˈIv", "lyve", None, _a(r"wire|wires|music|ammunition|ammo|coals|broadcast|audience|embers|oak|oaks|bait")),
        _r("lˈɪv", "", _b(_TO + r"|i|you|we|they|who|people|where|and|still|all|men|women|long"), None),
    ),
    "lives": (
        _r("lˈIvz", "", _b(r"their|our|your|of|own|many|two|three|four|five|nine|lost|several|the|past|private|daily|both|human|whole|everyday|other|these|those|innocent|save|saved|saving|people's|people’s|ordinary|hundred|hundreds of|thousand|double|new|separate|secret|inner|more"), None),
        _r("lˈɪvz", "", _b(r"he|she|it|who|that|still|one|everyone|everybody|nobody|somebody|someone|also|always|now|only|which|where he|man|woman|family"), None),
    ),
    "close": (
        _r("klˈOs", "", _b(r"so|too|very|as|how|stood|stand|standing|stay|stayed|came|come|comes|drew|got|get|keep|kept|hold|held|holding|pulled|pull|up|sat|leaned|leant|bent|followed|following|sounded|not|this|that|that was|was|were|is|are|been|moved|pressed|quite|pretty|from|clutched|looked|hugged|near and|walked|lived|sit|lay|lean|cut|shot|passed|stepped|edged|crept|always been"),
           None),
        _r("klˈOs", "", None, _a(r"to|by|behind|beside|together|friend|friends|enough|against|at hand|call|shave|quarters|range|attention|relative|relatives|family|on|watch|look|examination|inspection|under|upon|up|about|around|companion|companions|resemblance|second|cousin|ties|as|room|air|heat|in|above|with")),
        _r("klˈOz", "cloze", _b(_TO + "|and"), None),
        _r("klˈOz", "cloze", None, _a(r"the door|your eyes")),
        _r("klˈOz", "cloze", None, _a(r"the|your|my|his|her|their|our|that|it|its|them|of")),
    ),
    "closer": (_r("klˈOsəɹ", "", None, None),),
    "closest": (_r("klˈOsɪst", "", None, None),),
    "minute": (
        _r("mInˈut", "my-newt", _b(r"so|very|most|in|the most|with|her|his|and|such|of|almost"),
           _a(r"detail|details|description|examination|inspection|attention|care|fragments|fragment|particles|particle|crack|cracks|scratches|scratch|quantities|quantity|pieces|specks|speck|instructions|adjustments|knowledge|handwriting|writing|movements|observation|search|account|print|letters|difference|differences|amounts|amount|portions|portion|hand")),
        _r("mInˈut", "my-newt", _b(r"very|most|infinitely|extremely|almost invisibly"), None),
    ),
    "wound": (
        _r("wˈWnd", "wownd", _b(_HAVE + r"|he|she|it|they|we|i|and|path|road|river|stair|staircase|stairs|track|lane|trail|street|procession|which|that|tightly|who|ivy|snake|\w+ly"),
           _a(r"up|down|around|round|through|his|her|its|their|my|our|itself|themselves|himself|herself|tight|tightly|about|between|along|away|upward|upwards|back|into|over|across|the|it|past|among|on|out")),
        _r("wˈund", "", _b(_THE + r"|bullet|knife|gunshot|open|deep|flesh|head|stab|to|fatal|mortal|bleeding|sword|old|shoulder|leg|chest|bad|small|gaping|ugly|fresh|raw|self-inflicted"), None),
    ),
    "desert": (
        _r("dəzˈɜɹt", "", _b(_TO), None),
        _r("dəzˈɜɹt", "", None, _a(r"me|him|us|them|you|her|their|his|my|your")),
        _r("dˈɛzəɹt", "", _b(_THE + r"|in|across|through|into|of|sahara|gobi|arabian"), None),
    ),
    "object": (
        _r("əbʤˈɛkt", "", _b(_TO + r"|i|you|we|they"), None),
        _r("əbʤˈɛkt", "", None, _a(r"to")) ,
        _r("ˈɑbʤəkt", "", _b(_THE + r"|small|large|strange|round|heavy|sharp|shiny|dark|foreign|blunt|metal|unidentified|sole|only|main|chief|an|inanimate|cursed"), None),
    ),
    "record": (
        _r("ɹəkˈɔɹd", "", _b(_TO + r"|i|you|we|they"), None),
        _r("ɹˈɛkəɹd", "", _b(_THE + r"|of|on|off the|world|for the|criminal|broken|track|permanent|perfect|gramophone|service|medical|police|written|school|for|in"), None),
    ),
    "present": (
        _r("pɹəzˈɛnt", "", _b(r"to|will|would|shall|may i|must|can|let me|allow me to|i"), _a(_IT + r"|to|themselves|arms|evidence|yourselves|some|another|no|Mister|Missus|Miss|Lord|Lady|Captain|Doctor")),
        _r("pɹˈɛzᵊnt", "", _b(_THE + r"|at|birthday|christmas|wedding|for|was|were|is|are|be|been|not|all|little|a"), None),
    ),
    "refuse": (
        _r("ɹəfjˈuz", "", _b(_TO + r"|i|you|we|they|who"), None),
        _r("ɹəfjˈuz", "", None, _a(r"to|him|her|me|them|us|it|you|his|that|even")),
        _r("ɹˈɛfjˌus", "", _b(r"the|of|kitchen|household|street|their|piles of|heap of|heaps of|human"), None),
    ),
    "content": (
        _r("kəntˈɛnt", "", _b(r"be|was|were|is|are|am|been|not|quite|perfectly|so|very|too|well|seemed|looked|felt|heart's|heart’s|i'm|i’m|being|more than|merely|rest|fairly|almost|entirely"), None),
        _r("kəntˈɛnt", "", None, _a(r"to|with|himself|herself|myself|themselves|yourself")),
    ),
    "invalid": (
        _r("ˈɪnvəlɪd", "inva-lid", _b(r"the|old|poor|an|my|her|his|little|confirmed|chronic|permanent|hopeless|young|wealthy|elderly|our|this|that"), re.compile(r"(?! (?:argument|ticket|passport|password|claim|excuse|reason|number|code|input|license|licence|will|marriage|contract|ID|card|assumption|conclusion|certificate))", re.I)),
    ),
    "dove": (
        _r("dˈOv", "doave", _b(r"he|she|it|they|we|i|and|who|then|[A-Z][a-z]+|cat|dog|bird|plane|ship"), _a(r"into|for|under|in|down|out|through|over|off|behind|on|at|to|toward|towards|beneath|across|head|headfirst|straight|back|after|aside|deep|deeper")),
        _r("dˈʌv", "", None, None),
    ),
    "sow": (
        _r("sˈO", "", _b(_TO + r"|they|we|you|i|and|ye|as you"), None),
        _r("sˈO", "", None, _a(r"seed|seeds|corn|wheat|barley|the seed|the seeds|the field|the fields|oats|wild oats|his|her|their|discord|doubt|confusion|chaos|fear|and reap|what")),
        _r("sˈW", "sau", _b(r"the|a|old|fat|great|that|her|his|an old|white|big|prize|pregnant"), None),
    ),
    "row": (
        _r("ɹˈW", "rau", _b(r"blazing|terrible|dreadful|awful|such a|frightful|a real|flaming|family|had a|having a|have a|kicked up a|make a|making a|kick up a|what a|kicking up a|what's all this|what’s all this|infernal|jolly|devil of a|no end of a|making such a|making that|all this|all that|the most awful"),
           re.compile(r"(?! (?:of|with the (?:house|wall)))", re.I)),
    ),
    "perfect": (
        _r("pəɹfˈɛkt", "per-fect", _b(_TO + r"|and"), _a(r"it|his|her|my|their|our|your|the|this|that|its|them|himself|myself")),
    ),
    "use": (
        _r("jˈus", "", _b(r"no|any|of|the|what's the|what’s the|make|made|what|much|some|little|in|his|her|its|my|your|our|their|good|great|daily|for|this|that|what is the|making|further|it's no|it’s no|full|every"), None),
        _r("jˈuz", "yooze", _b(_TO + r"|i|you|we|they|who|and|or"), None),
        _r("jˈuz", "yooze", _b("^", start=True), _a(_IT)),
    ),
    "used": (
        _r("jˈuzd", "", _b(_HAVE + r"|he|she|they|i|we|and|who|well|a|the|of|it|much|often"), _a(r"it|the|a|an|his|her|my|their|our|your|up|by|for|in|as|that|this|only|every|all|them|him|me|car|book|books|tissue|handkerchief")),
    ),
    "excuse": (
        _r("ɪkskjˈus", "", _b(r"an|no|the|any|that|poor|good|some|feeble|lame|what|his|her|my|your|their|this|every|another|sorry|convenient|pathetic|flimsy|for|without|better"), None),
        _r("ɪkskjˈuz", "ex-kyooze", _b(_TO + r"|and|you'll|pray|do"), None),
        _r("ɪkskjˈuz", "ex-kyooze", None, _a(r"me|us|my|him|her|the|you|yourself|himself|myself|herself|them")),
    ),
    "house": (
        _r("hˈWz", "howz", _b(r"to|could|would|can|will|might|must"), _a(r"them|him|her|us|me|the|a|all|these|those|two|three|four|five|his|their|thousands|hundreds|such")),
    ),
    "houses": (_r("hˈWzɪz", "", None, None),),
    "separate": (
        _r("sˈɛpəɹˌAt", "seppa-rate", _b(_TO + r"|and", start=True), _a(_IT + r"|from|into|and|out|truth|fact|again|now")),
        _r("sˈɛpəɹət", "", _b(_THE + r"|two|three|in|into|their|quite|entirely|several|four|five|keep|kept|under|separate|completely|as|on|go their|went their|our|of|by|with|from|many"), None),
    ),
    "learned": (
        _r("lˈɜɹnɪd", "lur-nid", _b(r"the|a|most|very|my|his|so|that|our|this|how|and|or|any"), _a(r"man|men|friend|gentleman|gentlemen|doctor|professor|scholar|judge|brother|society|societies|lady|ladies|counsel|clerk|discourse|and")),
    ),
    "aged": (
        _r("ˈAʤɪd", "age-id", _b(r"the|an|his|her|my|their|our|this|that|poor|very"), _a(r"man|woman|mother|father|parent|parents|uncle|aunt|face|servant|king|lady|relative|grandfather|grandmother|hands|priest|monk|and")),
        _r("ˈAʤɪd", "age-id", _b(r"the|for the"), re.compile(r"(?=$|[.,;!?]| and infirm)")),
    ),
    "blessed": (
        _r("blˈɛsɪd", "bless-id", _b(r"the|a|this|that|every|whole|my|of|one|her|his|most|these|those|our"), re.compile(r"(?= \w)")),
        _r("blˈɛst", "", _b(_HAVE + r"|he|she|they|god|i|we|who|and"), None),
    ),
    "beloved": (_r("bɪlˈʌvɪd", "be-luv-id", None, None),),
    "cursed": (
        _r("kˈɜɹst", "", None, None),
    ),
    "dogged": (
        _r("dˈɔɡd", "", _b(_HAVE + r"|misfortune|he|she|they|which|that"), _a(r"by|his|her|him|their|my|the|our|me|every|them")),
        _r("dˈɔɡɪd", "", None, None),
    ),
    "crooked": (_r("kɹˈʊkɪd", "", None, None),),
    "ragged": (_r("ɹˈæɡɪd", "", None, None),),
    "resume": (
        _r("ɹˈɛzəmˌA", "rezza-may", _b(r"my|your|his|her|a|the|their|on my|on your"), re.compile(r"(?=$|[.,;!?]| (?:and|on|in|to|with|for|says|said|is|was|from|looks|looked)\b)")),
    ),
    "polish": (
        _r("pˈɑlɪʃ", "", _b(_TO + r"|nail|shoe|silver|boot|furniture|of|and|brass|floor|black|spit and"), None),
        _r("pˈɑlɪʃ", "", _b("^", start=True), _a(r"the|it|your|his|my|that|them")),
    ),
    "entrance": (
        _r("ɪntɹˈæns", "en-trance", _b(_TO), None),
    ),
    "console": (
        _r("kənsˈOl", "", _b(_TO + "|and"), _a(_IT)),
    ),
    "permit": (
        _r("pəɹmˈɪt", "", _b(_TO + r"|i|you|we|they|if you'll|if you’ll"), None),
        _r("pəɹmˈɪt", "", None, _a(r"me|us|him|her|them|no|nothing|myself|himself|you")),
    ),
    "protest": (
        _r("pɹətˈɛst", "", _b(_TO + r"|i|you|we|they"), None),
    ),
    "rebel": (_r("ɹəbˈɛl", "", _b(_TO + r"|they|we|you|i"), None),),
    "suspect": (_r("səspˈɛkt", "", _b(_TO + r"|i|you|we|they|who|anyone|people|and|rather|half"), _a(_IT + r"|that|of|he|she|they|anything|nothing|something|so|we|you|there|some|foul|not")),),
    "conduct": (_r("kəndˈʌkt", "", _b(_TO + "|and"), _a(_IT + r"|business|ourselves|yourselves|experiments|interviews|an")),),
    "increase": (_r("ɪnkɹˈis", "", _b(_TO), None),),
    "permits": (_r("pəɹmˈɪts", "", _b(r"he|she|it|weather|time|law|god|who|which|that"), None),),
    "produce": (
        _r("pɹədˈus", "", _b(_TO + r"|and|i|you|we|they"), None),
        _r("pɹˈOdus", "prah-doose", _b(r"the|fresh|local|garden|farm|of|their|dairy"), None),
    ),
    "progress": (_r("pɹəɡɹˈɛs", "", _b(r"to|could|would|can|will|did not|not"), re.compile(r"(?=$|[.,;!?]| (?:to|from|beyond|further|any|through|along|very|with|in|at)\b)")),),
    "project": (_r("pɹəʤˈɛkt", "", _b(_TO), None),),
    "contract": (_r("kəntɹˈækt", "", _b(_TO), _a(r"a|the|pneumonia|debts|and|his|her|it|with|around|marriage|any|malaria|typhoid")),),
    "contest": (_r("kəntˈɛst", "", _b(_TO), None),),
    "convict": (_r("kənvˈɪkt", "", _b(_TO), None),),
    "convert": (_r("kənvˈɜɹt", "", _b(_TO), None),),
    "subject": (_r("səbʤˈɛkt", "", _b(_TO), _a(r"him|her|them|me|us|it|himself|herself|you|the|a|my|his|their|any")),),
    "torment": (_r("tɔɹmˈɛnt", "", _b(_TO), None),),
    "transport": (_r("tɹænspˈɔɹt", "", _b(_TO), _a(_IT + r"|goods|people|troops")),),
    "escort": (_r("ɛskˈɔɹt", "", _b(_TO), _a(_IT + r"|Mister|Missus|Miss|Lord|Lady|Captain|Doctor")),),
    "estimate": (_r("ˈɛstəmˌAt", "", _b(_TO + r"|i|we|they|experts"), None),),
    "graduate": (_r("ɡɹˈæʤuˌAt", "gradju-ate", _b(_TO), None),),
    "moderate": (_r("mˈɑdəɹˌAt", "modder-ate", _b(_TO), _a(_IT)),),
    "deliberate": (
        _r("dəlˈɪbəɹˌAt", "", _b(_TO), None),
        _r("dəlˈɪbəɹət", "", _b(r"a|the|was|were|is|with|her|his|slow|this|that|of|such|so|very|and|quite|more|seemed|been|most|no|it's|it’s|,"), None),
    ),
    "appropriate": (
        _r("əpɹˈOpɹiˌAt", "a-pro-pree-ate", _b(r"to|could|would|might|must"), _a(r"the|it|them|his|her|their|all|any|some")),
    ),
    "intimate": (_r("ˈɪntəmˌAt", "inta-mate", _b(_TO), _a(r"that|to|his|her|the|as|it")),),
    "advocate": (_r("ˈædvəkˌAt", "", _b(_TO + r"|i|we|they"), None),),
    "alternate": (_r("ˈɔltəɹnˌAt", "alter-nate", _b(_TO + "|they"), None),),
    "articulate": (_r("ɑɹtˈɪkjəlˌAt", "ar-tick-you-late", _b(_TO), None),),
    "animate": (_r("ˈænəmˌAt", "anna-mate", _b(_TO), None),),
    "elaborate": (_r("əlˈæbəɹˌAt", "e-labba-rate", _b(_TO), None),),
    "duplicate": (_r("dˈupləkˌAt", "doo-pli-cate", _b(_TO), None),),
    "associate": (_r("əsˈOʃiˌAt", "a-so-shee-ate", _b(_TO + r"|i|you|we|they"), None),),
    "bass": (
        _r("bˈAs", "", None, _a(r"guitar|guitarist|line|player|drum|drums|voice|notes|note|clef|solo|string|strings|singer|section|amp|and drums")),
        _r("bˈAs", "", _b(r"deep|double|heavy|rumbling|thumping|booming|low|throbbing|the thudding|upright|electric|rich|plays|played|play|on|turned up the|bone-deep"), None),
        _r("bˈæs", "", _b(r"sea|largemouth|caught a|grilled|fresh|striped|smallmouth|for"), None),
    ),
    "sewer": (_r("sˈuəɹ", "", None, None),),
    "lower": (_r("lˈOəɹ", "", None, None),),
    "axes": (_r("ˈæksɪz", "", None, None),),
    "does": (_r("dˈOz", "doze", _b(r"two|three|several|bucks and|the stags and|of|stags and|and the"), re.compile(r"(?=$|[.,;]| (?:grazed|fled|leapt|ran|stood|and fawns)\b)")),),
    "buffet": (_r("bˈʌfət", "buffit", _b(_TO + r"|and|winds|waves"), _a(_IT)),),
    "attribute": (_r("ətɹˈɪbjˌut", "a-trib-yoot", _b(_TO + r"|i|they|some"), None),),
    "abuse": (
        _r("əbjˈus", "", _b(r"of|the|verbal|physical|substance|this|that|such|with|any|years of|drug|more|hurled|shouted|shouting|heaped"), None),
        _r("əbjˈuz", "", _b(_TO), None),
    ),
    "insult": (_r("ɪnsˈʌlt", "in-sult", _b(_TO + r"|you|they|dare you|dare"), _a(_IT)),),
}  # fmt: skip
_pattern = re.compile(rf"(?<![\w'’-])({'|'.join(sorted(_READINGS, key=len, reverse=True))})(?![\w'’])", re.I)
# Polish polish, Job job: a capital inside a sentence makes another word of these.
_PROPER = frozenset({"polish", "lead", "bow", "wind", "close", "live"})
_WINDOW = 48
"""Characters before the word that a rule may look at: a rule names at most four words."""


def heteronyms(text: str, page: Page) -> str:
    """read, lead, wind, tear, bow, live and their like, where the words beside them tell."""
    if page.style == "plain":
        return text
    return _pattern.sub(lambda m: _reading(m, page), text)


def _reading(match: re.Match[str], page: Page) -> str:
    word = match.group()
    key = word.lower()
    start, end = match.span()
    text = match.string
    before = text[max(0, start - _WINDOW) : start]
    if (
        word[0].isupper()
        and before
        and before.rstrip()[-1:] not in '.!?…"“”—'
        and not word.isupper()
        and key in _PROPER
    ):
        return word
    after = text[end : end + _WINDOW]
    for reading in _READINGS[key]:
        if reading.before is not None and not reading.before.search(before):
            continue
        if reading.after is not None and not reading.after.match(after):
            continue
        return page.say(word, reading.phonemes, _cased(word, reading.respelling or key))
    return word


def _cased(word: str, respelling: str) -> str:
    return respelling.capitalize() if word[0].isupper() else respelling
