"""Given names, the sex they tell, and their short forms.

Written by hand for this project from general knowledge; nothing here comes from a data set.
"""

from __future__ import annotations

from narrate.attribution.lexicon import Sex, word_set

_FEMALE = """
marta milena jelena ivana petra greta lotte heike anneliese astrid freya solveig ingeborg sigrun maija aino
zsofia katalin agnieszka magda zofia halina danuta beata bozena ludovica chiara giulia pilar consuelo
dolores ximena
luz marisol yesenia adaeze ngozi amara zainab halima noor samira yara farah soraya parvati lakshmi anjali
deepa kavita meera sunita sakura rin haruka ayumi kaori linh thuy lan
abigail ada adela adelaide adele adeline agatha agnes aileen alexandra alice alicia alison althea amanda
amber
amelia amy ana anastasia andrea angela angelica angelina anita ann anna annabel anne annette annie
antoinette antonia
april arabella ariadne ariel arya astrid athena audrey augusta aurora ava barbara beatrice beatrix becky
belinda bella
belle bernadette bertha bess bessie beth betsy betty beverly bianca blanche bonnie brenda bridget
brigid brittany camilla candice carla carmen carol carolina caroline carolyn carrie cassandra caterina
catherine
cathy cecilia cecily celeste celia charity charlotte chelsea cheryl chloe christabel christina christine
cindy claire
clara clarissa claudia clementina clementine clothilde clotilde colleen connie constance cora cordelia
corinne
cornelia cosette crystal cynthia daenerys dahlia daisy daphne darlene dawn deborah debbie deirdre delia
delilah della
denise desdemona diana diane dinah dolores dolly donna dora dorcas doreen doris dorothea dorothy edith
edna effie
eileen elaine eleanor elena elinor elisa elisabeth eliza elizabeth ella ellen elsa elsie eloise elvira
emilia emily
emma enid erica erin esmeralda estella estelle esther ethel eugenia eugenie eunice eustacia eva evangeline
eve
evelyn faith fanny fatima fay felicia felicity fern fiona flora florence frances francesca francine freda
frieda
gabriella gabrielle gail galadriel genevieve georgia georgiana georgina geraldine germaine gertrude gina
ginny gisela
gladys glenda gloria grace greta gretchen gretel griselda guinevere gwen gwendolen gwendolyn hannah
harriet hattie
hazel heather hedwig heidi helen helena helene henrietta hermione hester hettie hetty hilary hilda holly
honor honora
hope hortense ida ilse imogen ines inga ingrid irene iris irma isabel isabella isabelle isolde ivy
jacqueline
jane janet janice jasmine jean jeanne jemima jennie jennifer jenny jessica jessie jill jo joan joanna
jocelyn
josephine josie joy joyce juana juanita judith judy julia juliana julie juliet june justine kaitlyn karen
karin kate
katharine katherine kathleen kathy katie katniss katrina kay kelly kezia kim kitty kristen kristin lara
laura laurel
lavinia leah leia lena lenore leonora leslie letitia letty lila lilian lilith lillian lily linda lisa
lizzie lizzy
lois lola lora loretta lorna lorraine lottie lotty louisa louise lucia lucille lucinda lucretia lucy luna
lydia lynn
mabel mable madeleine madeline madge mae maggie magdalena maisie mamie mandy marcella marcia margaret
margery margot
marguerite maria marian marianne marie marietta marilla marilyn marina marion marjorie marjory marlene
martha mary
matilda maud maude maureen mavis maxine may meg megan mehitabel melanie melinda melissa mercedes meredith
mildred
millicent millie milly mina mindy minerva minna minnie mira miranda miriam moira molly mona monica morgana
muriel
myra myrtle nadia nan nancy naomi natalie natasha nell nellie nelly nettie nicola nicole nina nora norah
norma octavia
olga olive olivia ophelia paige pamela pandora pansy patience patricia patty paula paulina pauline pearl
peg peggy
penelope penny petunia philippa phoebe phyllis pollie polly portia primrose priscilla prudence prue rachel
ramona
raquel rebecca regina renee rey rhoda rhonda rita roberta robin rosa rosalie rosalind rosamond rosamund rose
rosemary rosie rowena roxana roxanne ruby ruth sabina sabrina sadie sally samantha sandra sansa sappho
sara sarah
scarlett selina serena shannon sharon sheila shelly sherry shirley sibyl sidonie sigrid silvia simone
sonia sonya
sophia sophie sophy stella stephanie sue susan susanna susannah susie suzanne sybil sylvia tabitha tamara
tammy tania tansy tara tatiana tess tessa tessie thelma theodora theresa therese tiffany tilda tilly tina
titania
tracy trixie trudy una ursula valentina valerie vanessa vera veronica vicky victoria viola violet virginia
vivian
viviane wanda wendy wilhelmina winifred winnie yolanda yvette yvonne zara zelda zoe zuleika padme amidala
mikasa sakura hinata asuka misato nami robyn priya aisha fatimah leila layla yasmin mei ling xiu yuki aiko
hana
svetlana irina ludmila oksana katya masha dasha galina vasilisa aoife siobhan niamh saoirse maeve rhiannon
angharad bronwyn carys sinead orla grainne keziah tirzah mercy temperance verity
"""

_MALE = """
paulo tomas mateo joao rafe otis ezio nuno iker luca bjorn leif gunnar sven olaf anders mikkel pekka janos
istvan
zoltan laszlo milan goran marek tomasz wojciech piotr casimir ferenc emre mehmet kwame kofi chidi tunde
babatunde
jamal malik tariq bilal faisal rohan aditya kiran nikhil dev suresh ramesh deepak haruto ren kaito daiki
minh tuan
aaron abel abner abraham absalom adam adolf adrian ahab alan alaric albert alec alex alexander alexei
alexis alfonso
alfred algernon allan allen alonso alonzo aloysius alphonse ambrose amos anakin anatole andre andreas
andrei andrew
andy angelo angus anselm anthony antoine anton antonio archibald archie armand arnold arthur athos
augustine augustus
aurelius austin axel baldwin barnabas barnaby barney barry bart bartholomew basil bastian ben benedict
benito benjamin
bernard bert bertie bertram bill billy bob bobby boris bran brandon brendan brent brett brian bruce bruno
bryan
bucky burt byron caleb calvin carl carlo carlos carlyle casper cassius cecil cedric chad charles charley
charlie
chester chris christian christopher clarence claude clay clayton clement cliff clifford clifton clint
clive clyde
colin conan conrad constantine cormac cornelius craig crispin curtis cuthbert cyril cyrus dale damian
damien damon dan
daniel danny dante darcy darren darth dave david dean dennis denzil derek dermot desmond dexter dick
dickon diego
dirk dmitri dominic don donald dorian doug douglas draco drake duncan dwight eamon earl ebenezer ed eddard
eddie edgar
edmond edmund eduardo edward edwin egbert elias eli elijah elliot ellis elmer emil emmanuel emmett enoch
enrique
ephraim eric erik ernest ernie errol ethan eugene eustace evan evans everard ezekiel ezra fabian faramir
felix
ferdinand fergus fernando finn fitzwilliam floyd francis francisco francois frank frankie franklin franz
fred freddie
freddy frederic frederick fritz frodo gabriel galahad gandalf gareth garth gary gaston gavin geoffrey
george gerald
gerard gervase gideon gilbert giles giovanni glenn godfrey gordon graham gregor gregory griffith guido gus
gustav guy
hal hamish hamlet han hank hannibal hans hareton harold harrison harry harvey hastings heathcliff hector
henri henry
herbert hercule hercules herman hiram homer horace horatio howard hubert huck huckleberry hugh hugo
humphrey ian
ichabod ignatius igor immanuel inigo ira isaac isaiah ishmael israel ivan ivanhoe ivor jabez jack jackson
jacob jacques
jaime jake jamal james jamie jared jason jasper javert jay jed jeff jefferson jeffrey jehan jem jeremiah
jeremy jerome
jerry jesse jethro jim jimmy joachim job jock joe joel joey johann john johnny jon jonah jonas jonathan
jonny jordan
jorge jose joseph joshua juan jude jules julian julius justin kai karl keith ken kenneth kenny kent kevin
kirk kit kurt
kyle lachlan lancelot lando lars laurence lawrence lear lee legolas leo leon leonard leonardo leopold
leroy lester
levi lewis liam linus lionel llewellyn lloyd lorenzo louis lucas lucian lucien lucifer lucius ludwig luigi
luis
luke luther lysander magnus malachi malcolm manuel marc marcel marco marcus mario marius mark marlow
marmaduke martin
marvin matt matthew matthias maurice max maximilian maxwell melvin mercutio merlin michael mickey miguel
mike mikhail
miles milo mitch mitchell mordecai morgan morris mortimer moses murray mycroft napoleon nat nathan
nathaniel neal ned
neil nelson neville newland nicholas nick nicolas nigel noah noel norman oberon obadiah oliver ollie omar
orlando
orson oscar osbert oswald othello otto owen pablo patrick paul pedro percival percy perry peter phil philip
phillip phineas pierre pip quentin quincy rafael ralph ramon randall randolph randy raoul raphael ravi ray
raymond reginald reuben rex rhett richard rick ricky rob robert roberto rochester roderick rodney rodolphe
roger
roland rolf romeo ronald ronnie ron rory ross rowland roy rudolf rudolph rufus rupert russell ryan
salvatore sam samson
samuel samwise sancho sandy santiago saul scott sean sebastian septimus sergei seth severus seymour shane
shawn
sherlock sid sidney siegfried sigmund silas silvester simon sirius solomon spencer spike stan stanley
stefan stephen
steve steven stewart stuart sven sydney sylvester tad ted terence terrence terry thaddeus theo theodore
theophilus
thomas tim timothy tobias toby todd tom tommy tony travis trevor tristan tristram troy tybalt tyler tyrion
tyrone
ulysses uriah valentine valjean vernon victor vince vincent virgil vladimir wallace walt walter warren wayne
wilbur wilfred wilhelm will willard william willie willy winston wolfgang woodrow xavier yorick zachary
zack zeke ahmed
ali hassan hussein ibrahim khalid mohammed muhammad omar rashid salim yusuf arjun raj sanjay vikram anand
hiro kenji
takeshi akira jin wei hideo ichiro naruto sasuke itachi kakashi goku vegeta levi eren armin lelouch bilbo
thorin
boromir aragorn elrond anton fyodor grigory nikolai pavel pyotr rodion alyosha mitya stepan vasily yegor
yuri
seamus padraig cillian diarmuid conor declan eoin
"""

FEMALE = word_set(_FEMALE)
MALE = word_set(_MALE)

_NICKNAMES = """
abigail:abby,gail adelaide:addie,adela albert:bert,bertie,al alexander:alex,alec,sandy,sasha,xander
alexandra:alex,sandra
alfred:alf,fred,alfie algernon:algy alice:ally,allie amelia:millie,amy andrew:andy,drew
ann:annie,nan,nancy,nancie
anna:annie,ann,nan anne:annie,nan,anna anthony:tony antonia:tonia,toni archibald:archie,baldy
arthur:art,artie
augustus:gus,gussie barbara:babs,barb,barbie barnabas:barney bartholomew:bart,barty beatrice:bea,trixie
benjamin:ben,benny,benjy bernard:bernie,barney bertram:bert,bertie bridget:biddy caroline:carrie,caro,line
catherine:cathy,kate,kitty,katie,cat,cate charles:charlie,charley,chuck,chas charlotte:lottie,lotty,charley
christina:tina,chris,chrissie christine:chris,tina,chrissie christopher:chris,kit,topher clementina:clem
constance:connie cornelius:con,neil daniel:dan,danny david:dave,davy,davie deborah:deb,debbie
dorothea:dolly,dodo,thea
dorothy:dot,dolly,dottie,dora edmund:ed,ned,ted edward:ed,eddie,ned,ted,teddy,neddy edwin:ed,eddie,ned
eleanor:nell,nelly,ellie,nora,ella elinor:nell,nelly
elizabeth:lizzy,lizzie,eliza,beth,bess,bessie,betty,betsy,liz,libby,lisa,elsie
ellen:nell,nelly,nellie emily:em,emmy,milly emma:em,emmy ernest:ernie esther:essie,hetty eugene:gene
florence:flo,florrie,flossie
frances:fanny,fan,fran,frankie francis:frank,frankie franklin:frank frederick:fred,freddy,freddie,fritz
gabriel:gabe genevieve:jenny,eve george:georgie,geordie gerald:gerry,jerry gertrude:gertie,trudy
gilbert:gil,bertie
gregory:greg hannah:nan harold:hal,harry harriet:hattie,hatty,harry helen:nell,nelly,nellie,ellen
henrietta:hetty,etta,harriet
henry:hal,harry,hank herbert:bert,bertie,herb hester:hetty,essie horatio:race hugh:hughie isaac:ike
isabel:bel,bella,belle,izzy
isabella:bella,belle,isabel,izzy jacob:jake,jack james:jim,jimmy,jamie,jem,jemmy,jimmie
jane:jenny,janey,jennie janet:jenny,jessie
jean:jeanie jennifer:jenny,jen jeremiah:jerry jessica:jess,jessie joan:joanie
john:jack,johnny,jock,johnnie,jackie
jonathan:jon,johnny joseph:joe,joey,jo josephine:jo,josie joshua:josh judith:judy julia:julie,jule
katharine:kate,kitty,katie,kat
katherine:kate,kitty,katie,kat,kathy kathleen:kathy,kate laurence:laurie,larry,lawrie
lawrence:larry,laurie,lawrie leonard:len,lenny,leo
lillian:lily,lil louis:lou,lewis louisa:lou,louie,lulu lucinda:lucy,cindy lucy:lu,luce lydia:lyddy
magdalena:lena,magda
margaret:meg,maggie,peggy,peg,madge,daisy,margie,marge,greta,meggy maria:molly,mary marian:mary
martha:patty,matty,mattie
mary:molly,polly,mamie,may,moll,poll matilda:tilda,tilly,mattie,maud matthew:matt
michael:mike,mick,mickey,micky,mitch
mildred:milly,millie minerva:minnie nancy:nan natalie:nat,nattie natasha:tasha nathaniel:nat,nate,nathan
nicholas:nick,nicky,colin
oliver:noll,ollie pamela:pam patricia:pat,patty,trish,tricia patrick:pat,paddy penelope:penny,pen
percival:percy
peter:pete philip:phil,pip philippa:pippa priscilla:prissy,cilla prudence:prue rachel:ray,rae
randolph:dolph,randy raymond:ray
rebecca:becky,becca,beck reginald:reggie,rex richard:dick,dickie,rick,ricky,rich,richie
robert:bob,bobby,rob,robbie,bert,robin
roderick:rod,roddy roger:hodge ronald:ron,ronnie rosamond:rosy,rose rosalind:ros,rose rose:rosie,rosy
rudolph:rudy,dolph
samuel:sam,sammy sarah:sally,sadie,sal samantha:sam,sammie sebastian:seb,bastian sidney:sid silas:si
simon:si solomon:sol
sophia:sophy,sophie stephen:steve,stevie steven:steve,stevie susan:sue,susie,suky,susy
susannah:sue,susie,susanna,suky
sylvia:syl sylvester:sly tabitha:tabby teresa:tess,tessa,terry theresa:tess,tessa,terry,tessie
thaddeus:tad,thad
theodore:ted,teddy,theo,dora theodora:dora,theo thomas:tom,tommy,tam timothy:tim,timmy tobias:toby
ursula:ursie
valentine:val veronica:ronnie victor:vic victoria:vicky,vic,tori vincent:vince,vinny virginia:ginny,ginger
walter:walt,wat,wally
wilhelmina:mina,minna,billie william:will,bill,billy,willie,willy,liam winifred:winnie,freda winston:win
zachary:zack,zach
"""

NICKNAMES: dict[str, frozenset[str]] = {}
"""Short form -> the full forms it may stand for."""
for _entry in _NICKNAMES.split():
    _full, _, _short = _entry.partition(":")
    for _name in _short.split(","):
        NICKNAMES[_name] = NICKNAMES.get(_name, frozenset()) | {_full}


def given_sex(word: str) -> Sex:
    """The sex a given name tells, "" where it tells none or both."""
    low = word.lower()
    female, male = low in FEMALE, low in MALE
    if female == male:
        if not female and low in NICKNAMES:
            told = {given_sex(full) for full in NICKNAMES[low]}
            return told.pop() if len(told) == 1 else ""
        return ""
    return "f" if female else "m"
