"""What words mean to attribution: verbs of speech, titles, kinship, given names.

Written by hand for this project from general knowledge of English; nothing here comes from a data set.
"""

from __future__ import annotations

from typing import Literal

Sex = Literal["f", "m", ""]


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# ---------------------------------------------------------------- verbs

SAY = word_set("said says say quoth saith asked asks ask replied replies reply answered answers answer")
"""Verbs that nearly always belong to a quote beside them."""

SPEECH = SAY | word_set("""
 cried cries cry exclaimed exclaims returned returns rejoined rejoins continued continues observed observes
 remarked remarks added adds whispered whispers muttered mutters murmured murmurs shouted shouts shout
 called calls
 call yelled yells screamed screams shrieked shrieks roared roars bellowed bellows demanded demands
 inquired inquires
 enquired enquires questioned queried wondered wonders repeated repeats began begins begun went goes
 resumed resumes
 interrupted interrupts interposed interjected announced announces declared declares stated states asserted
 affirmed avowed averred admitted admits confessed confesses conceded allowed owned agreed agrees assented
 protested protests objected objects argued argues insisted insists urged urges begged begs pleaded pleads
 implored
 entreated besought bade ordered orders commanded commands directed instructed told tells tell suggested
 suggests
 proposed ventured hazarded offered offers volunteered explained explains assured assures promised
 promises vowed
 swore swears cursed warned warns threatened advised cautioned reminded reminds echoed quoted recited read
 reads
 sang sings chanted hummed crooned intoned sighed sighs groaned groans moaned moans sobbed sobs wept
 wailed whined
 whimpered laughed laughs chuckled chuckles giggled giggles sniggered tittered snorted snorts sneered
 sneers scoffed
 jeered mocked teased joked quipped growled growls snarled snarls hissed hisses snapped snaps barked barks
 grunted
 grunts rasped croaked squeaked squealed piped chirped purred drawled stammered stuttered faltered gasped
 gasps
 panted breathed breathes mumbled mumbles grumbled grumbles complained complains lamented bawled hollered
 hooted
 boomed thundered stormed raged fumed exploded burst blurted concluded concludes finished finishes ended
 broke put
 pursued proceeded prompted pressed coaxed soothed comforted cooed cajoled persuaded countered retorted
 retorts
 parried responded responds commented comments noted notes mused muses reflected pondered thought thinks
 think
 considered decided guessed supposed reckoned figured corrected amended clarified confirmed denied disagreed
 contradicted reproved rebuked scolded chided reproached admonished lectured sermonised accused greeted
 greets
 welcomed hailed saluted apologized apologised thanked congratulated prayed toasted translated reported
 informed
 informs related narrated recounted revealed divulged confided gushed enthused marvelled beamed grinned
 smiled
 smirked frowned scowled nodded shrugged winked coughed spat gulped choked spluttered sputtered cackled
 crowed
 trilled lisped slurred rumbled grated ejaculated vociferated expostulated remonstrated apostrophized
 soliloquized
 philosophized acknowledged acquiesced volunteered dictated signed texted typed wrote writes messaged sent
 radioed
 telephoned phoned pointed summoned hinted opined
 """)

THINK = word_set("thought thinks think mused wondered reflected pondered decided reasoned supposed")

# smiles and nods carry a tag only where nothing else does: "Yes," he nodded.
GESTURE = word_set("""
    grinned smiled smirked frowned scowled nodded shrugged winked coughed spat gulped beamed laughed
    laughs chuckled
 sighed wept went goes put broke ended pressed pursued finished read reads sent signed pointed considered
 figured
 returned burst owned allowed noted related directed offered denied thought decided wrote read""")

PAST = word_set("""
 was were had did could would should might must is has does can will came went saw took gave got made knew
 thought
 felt stood sat lay ran fell rose drew held kept left met led let put set shut cut hit hurt bit broke
 spoke woke wore
 tore swore bore shook forsook drove rode wrote strode threw blew flew grew knew slew began swam sang rang
 sprang
 drank sank shrank stank caught taught brought bought fought sought found bound wound ground hung swung
 flung stung
 clung slung wrung spun won dug stuck struck slid bent sent spent lent built burnt leapt slept wept crept
 swept kept
 dealt meant heard told sold said paid laid read spread shed bled fed sped fled lit hid rid bade chose
 froze rose
 ate bet burst cast cost lost shot slit split quit become became overcame understood withstood forgot
 forgave
 foresaw undertook withdrew outran knelt dreamt leant learnt spilt spoilt dwelt bled bred
 stole arose awoke befell beheld beset forbade spat sat
 does goes says looks turns smiles nods sits stands walks takes gives gets makes knows thinks feels comes
 """)

# ---------------------------------------------------------------- people

TITLES_M = word_set("""
    mr mister sir lord monsieur m don senor señor signor herr king prince duke count baron squire
 master brother father uncle grandfather grandpa granddad papa daddy padre friar rabbi pope sultan emperor
 abbe abbé earl viscount marquis marquess messrs esquire gaffer""")
TITLES_F = word_set("""
    mrs miss ms missus madam madame mme mademoiselle mlle lady dame dona doña donna senora señora
    señorita
 signora signorina frau fraulein fräulein queen princess duchess countess baroness aunt auntie aunty
 grandmother grandma granny gran great-gran nana sister mother mama mamma nurse empress mistress goody""")
TITLES_N = word_set("""
    dr doctor captain capt cap'n colonel col major general gen lieutenant lieut lt sergeant sergt sgt
    corporal
 private ensign admiral commodore commander midshipman cadet bosun skipper professor prof reverend rev
 deacon
 dean canon bishop archbishop cardinal parson pastor vicar saint judge justice governor gov senator
 president minister mayor alderman sheriff marshal deputy constable inspector detective superintendent
 officer agent chief coach cousin old young little poor dear big comrade citizen citoyen citoyenne honest
 great-uncle great-aunt lance-corporal pilot engineer ambassador chancellor consul magister maester mage""")
TITLES = TITLES_M | TITLES_F | TITLES_N
DESCRIBING = word_set("old young little poor dear big honest")  # "Old Marsh" is a name, "old" no rank

KIN_F = word_set("""
    mother mamma mama mum mom mummy mommy wife sister aunt auntie grandmother grandma granny daughter
    niece
 widow godmother stepmother sister-in-law mother-in-law daughter-in-law stepsister great-gran""")
KIN_M = word_set("""father papa dad daddy pa husband brother uncle grandfather grandpa granddad son nephew
    widower godfather
 stepfather brother-in-law father-in-law son-in-law stepbrother""")
KIN_N = word_set("cousin friend companion partner child guest visitor host parent twin guardian ward sibling")
KIN = KIN_F | KIN_M | KIN_N

NOUNS_F = KIN_F | word_set("""
    woman lady girl maid maiden housemaid chambermaid governess hostess landlady nurse nun abbess queen
    princess
 duchess countess baroness witch waitress actress seamstress mistress heroine bride spinster lass wench
 schoolmistress housekeeper matron midwife empress priestess sorceress prioress girlfriend saleswoman
 policewoman washerwoman charwoman gentlewoman milkmaid dame heiress authoress stewardess ladyship""")
NOUNS_M = KIN_M | word_set("""
    man boy gentleman lad fellow chap bloke guy king prince duke earl lord baron count knight squire
    monk friar
 priest abbot bishop curate vicar parson rector butler footman coachman policeman fireman postman salesman
 watchman boatman fisherman workman foreman nobleman clergyman countryman huntsman sportsman horseman seaman
 serviceman chairman landlord waiter actor hero bridegroom groom wizard sorcerer emperor schoolmaster sailor
 headmaster boyfriend cowboy highwayman hackman alderman statesman frenchman englishman irishman scotchman
 scotsman welshman dutchman spaniard lordship baronet marquis viscount youth bachelor policemen ostler
 monarch""")
NOUNS_N = KIN_N | word_set("""
    doctor physician surgeon lawyer solicitor attorney judge magistrate captain colonel major general
    lieutenant
 sergeant corporal soldier admiral commodore commander mate boatswain skipper pilot engineer officer
 inspector
 detective constable sheriff marshal deputy professor teacher tutor scholar student pupil clerk secretary
 manager director boss chief leader master servant valet cook gardener driver cabman porter conductor guard
 bartender barber baker butcher grocer innkeeper storekeeper shopkeeper keeper merchant trader dealer
 tradesman farmer miller shepherd blacksmith smith carpenter mason tailor shoemaker painter artist
 musician poet
 author writer editor reporter journalist philosopher chemist scientist astronomer inventor traveller
 traveler
 stranger newcomer prisoner convict thief robber pirate outlaw bandit murderer ghost spirit robot android
 alien
 voice speaker operator caller sentry spy agent messenger herald ambassador minister president mayor
 governor
 senator councillor chancellor cardinal dean deacon reverend minister-general pastor preacher missionary
 hermit
 baby infant kid youngster orphan neighbour neighbor lodger tenant passenger customer client patient invalid
 beggar tramp vagabond peasant villager native chieftain warrior hunter scout trapper rider jockey trainer
 receptionist barista paramedic medic assassin elf dwarf goblin troll dragon giant demon devil angel monster
 creature beast dog cat horse bird wolf fox bear lion rabbit mouse rat toad frog owl raven parrot
 caterpillar
 mechanic technician hacker courier bouncer dispatcher dealer banker broker jailer gaoler warden turnkey
 candidate captor assistant apprentice helper attendant page usher toastmaster auctioneer announcer narrator
 executioner interpreter notary undertaker sexton verger beadle coroner juror foreperson witness defendant
 weaver potter cooper tanner saddler thatcher brewer printer jeweller watchmaker clockmaker locksmith plumber
 electrician miner diver florist tinker pedlar peddler apothecary dentist therapist vet botanist biologist
 physicist mathematician historian librarian archivist curator composer pianist violinist fiddler piper
 drummer dancer boxer athlete referee umpire astronaut navigator stoker purser steward concierge cashier
 accountant programmer architect surveyor builder bricklayer chauffeur ferryman lighthouse-keeper
 computer machine cyborg clone hologram other elder veteran recruit cadet rookie twin""")
PERSON_NOUNS = NOUNS_F | NOUNS_M | NOUNS_N
GENERIC = word_set("""
    man woman boy girl gentleman lady fellow lad chap voice stranger other child youth kid guy person
    soldier
 servant maid waiter policeman officer creature old young one first second third speaker guard clerk
 driver porter
 messenger visitor newcomer caller passenger sailor neighbor neighbour customer""")
"""Heads that name somebody else in another scene."""

GROUP_NOUNS = word_set("""
    crowd mob people men women boys girls children twins brothers sisters soldiers others all everyone
    everybody
 chorus guests ladies gentlemen voices company audience jury congregation class crew both they sailors
 villagers
 spectators students neighbours neighbors servants parents pair couple three two four""")

CHILD = word_set(
    "child boy girl kid baby infant youngster lad lass schoolboy schoolgirl toddler tot orphan daughter son"
)
YOUNG = word_set(
    "youth teenager youngster lad lass student cadet apprentice maiden pupil recruit rookie bride"
)
OLD = word_set("""grandmother grandma granny gran grandfather grandpa granddad elder widow veteran great-gran
    great-uncle""")
OLD_ADJ = word_set(
    "old elderly aged ancient grey-haired gray-haired white-haired wrinkled venerable aging ageing"
)
YOUNG_ADJ = word_set("young youthful teenage younger youngest")
CHILD_ADJ = word_set("little small tiny")

# ---------------------------------------------------------------- words that no name is made of

FUNCTION = word_set("""
 a an the this that these those my your his her its our their mine yours hers ours theirs i you he she it
 we they
 me him us them myself yourself himself herself itself ourselves themselves who whom whose which what
 where when
 why how and or but nor for yet so if then than as at by in into of off on onto out over to from up upon
 with
 within without under until till through during before after since because although though while whereas
 about
 above across against along among around behind below beneath beside besides between beyond despite down
 except
 inside near outside past per round toward towards via not no yes never ever always often sometimes soon
 now just
 only even still also too very quite rather almost already again once here there every each any some all
 both few
 many much more most less least other another such same own one two three four five six seven eight nine ten
 is are was were be been being am do does did done doing have has had having will would shall should can
 could may
 might must ought pm need dare let say says said ask asked oh ah o eh hey ho hi hello hallo well why alas
 hush hurrah
 goodbye farewell somehow somewhere nowhere anyhow anyway instead besides farther further likewise please
 thanks thank good great indeed perhaps maybe surely certainly really truly however
 therefore thus hence moreover meanwhile otherwise nevertheless nothing something anything everything nobody
 somebody anybody everybody someone anyone everyone none look see come go get got take give make know
 think like
 dear sir ma'am madam god lord heaven heavens christ jesus devil hell gods goodness gracious mercy ay aye
 nay ye
 thou thee thy thine yer yeah yep nope okay ok um er uh hm hmm mm mmm huh ha haha ugh wow whoa damn bah
 pooh pshaw
 tut chapter book part volume section letter preface contents introduction prologue epilogue the_end
 january february march april may june july august september october november december monday tuesday
 wednesday
 thursday friday saturday sunday christmas easter michaelmas english french german italian spanish irish
 scotch
 scottish american indian russian chinese latin greek roman dutch turkish christian christians jew jews
 catholic
 protestant europe america england france london paris first second third last next half quite enough upon
 presently suddenly finally later afterwards tomorrow yesterday today tonight morning evening night day
 new north south east west northern southern eastern western gutenberg project true sure right wrong left
 poor old young little big happy merry sweet sorry silence stop wait listen don't can't won't i'm i'll
 i've i'd
 it's he's she's that's what's there's you're you'll you've we're we'll they're didn't doesn't isn't
 wasn't ain't
 'tis 'twas let's who's where's how's
 """)

INTERJECTION_STARTS = word_set(
    "oh ah well yes no but and so now why my dear come good please thank thanks hello hey hi here"
)

ELISIONS = word_set("""
    em tis twas twere twill til till cause bout im er ere e is ave n d s ll im igh ow and un nd
    specially
    ard""")


def noun_sex(word: str) -> Sex:
    """The sex that a common noun for a person tells."""
    if word in NOUNS_F:
        return "f"
    if word in NOUNS_M:
        return "m"
    if word.endswith("woman"):
        return "f"
    return "m" if word.endswith("man") and len(word) > 4 else ""


def is_person_noun(word: str) -> bool:
    return word in PERSON_NOUNS or (
        len(word) > 5 and word.endswith(("man", "woman", "keeper", "master", "smith"))
    )


def is_past(word: str) -> bool:
    """Whether a lower-case word may be a finite verb of narration."""
    if "-" in word and not word.startswith(("half-", "re-", "over-", "under-", "out-", "pre-", "cross-")):
        return False  # "good-hearted" tells what somebody is
    return word in PAST or word in SPEECH or (len(word) > 3 and word.endswith("ed"))
