"""The word lists behind the question matcher: plain data about everyday English, for no problem in particular.

Words are written in their plain form; `benchmark/words.py` reduces them to stems before anything is compared.
"""

# fmt: off


def entries(text: str) -> list[str]:
    """Return the entries of a list that is written as `entry; entry; ...`."""
    return [entry.strip() for entry in text.split(";") if entry.strip()]


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text that holds nothing but words."""
    return frozenset(text.split())


def _pairs(text: str, mark: str) -> list[tuple[str, str]]:
    parts = [entry.partition(mark) for entry in entries(text)]
    return [(left.strip(), right.strip()) for left, _, right in parts]


PHRASES = dict(_pairs("""
    how long > how_long duration; how far > how_far distance; how fast > how_fast speed;
    how quickly > how_fast speed; how often > how_often frequency; how old > how_old age;
    how hot > how_very temperature; how cold > how_very temperature; how warm > how_very temperature;
    how heavy > how_very weight; how tall > how_very height; how high > how_very height; how deep > how_very depth;
    how wide > how_very width; how thick > how_very thickness; how big > how_very size; how large > how_very size;
    how loud > how_very loudness; how loudly > how_very loudness; how bright > how_very brightness;
    how strong > how_very strength; how full > how_very level; how much time > how_long duration;
    how many times > how_many_times; number of times > how_many_times; how many > how_many; how much > how_much;
    what time > what_time time; which time > what_time time; what day > when day; which day > when day;
    what date > when date; which date > when date; kilometers per hour > kilometer speed;
    kilometres per hour > kilometer speed; kilometers an hour > kilometer speed;
    kilometres an hour > kilometer speed; miles per hour > mile speed; miles an hour > mile speed;
    km per hour > kilometer speed; go up > rise; goes up > rise; going up > rise; gone up > rise; went up > rise;
    go down > fall; goes down > fall; going down > fall; gone down > fall; went down > fall; not sold > unsold;
    not been sold > unsold; not used > unused; not eaten > uneaten; per hour > per hour rate;
    an hour > per hour rate; each hour > per hour rate; every hour > per hour rate; per minute > per minute rate;
    a minute > per minute rate; take place > happen; takes place > happen; taking place > happen;
    took place > happen; length of time > duration; amount of time > duration; per cent > percent;
    at first > initially; at the start > initially; at the beginning > initially; in the beginning > initially;
    to begin with > initially; to start with > initially; to start > initially; begin with > start;
    start off > start; start out > start; left over > remaining; set off > depart; set out > depart;
    take off > depart; come back > return; came back > return; coming back > return; get back > return;
    getting back > return; go back > return; going back > return; fly back > return; flying back > return;
    travel back > return; travelling back > return; way back > return; put aside > save; set aside > save;
    so far > already; pocket money > allowance; throw away > discard; throw out > discard; thrown away > discard;
    thrown out > discard; threw away > discard; threw out > discard; give away > give; gave away > give;
    given away > give; pick up > pickup; picks up > pickup; picked up > pickup; off and on again > restart;
    off and on > restart; off and back on > restart; wi fi > wireless; wifi > wireless; e mail > email;
    check in > checkin; checking in > checkin; check out > checkout; checking out > checkout; from where > origin;
    from which > origin; from what > origin; where from > origin; to where > destination; to which > destination;
    how broad > how_very width; how steep > how_very slope; how noisy > how_very noise; how brief > how_long length;
    how lengthy > how_long length; how short > how_long length; how spacious > how_very size; how small > how_very size;
    how expensive > how_much price; how costly > how_much price; how cheap > how_much price;
    how pricey > how_much price;
    how soon > when deadline; how late > when latest; how early > when earliest; how frequently > how_often frequency;
    how long ago > when; how far apart > how_far distance; how far along > how_far progress;
    made of > material; consist of > material; next door > neighbor;
    shut eye > sleep; moving out of > leaving old; move out of > leaving old; moved out of > leaving old;
    leave out > omit; leaves out > omit; left out > omit; leaving out > omit; keep out > omit; left off > omit;
    by when > when deadline; by what time > what_time deadline; until when > when end; since when > when start;
    not available > unavailable; not free > unavailable; isn't available > unavailable; not possible > impossible;
    sign up > register; signed up > register; log in > login; set up > install; show up > arrive; turn up > arrive;
    head count > headcount people; date of birth > birthday; what sort of > which sort; what kind of > which kind;
    what type of > which type; what colour > which color; what color > which color; what shape > which shape;
    right now > now; at the moment > now; at present > now; in total > total; in all > total; all told > total;
    all in all > total; sum total > total; in advance > advance; ahead of time > advance; so as to > to;
    where to > destination; as well as > and; along with > and; together with > and; plugged in > plug;
    worn out > worn; worn down > worn; due date > deadline; no more than > maximum; at most > maximum;
    up to > maximum; at least > minimum; how come > why reason; why > why reason;
""", ">"))
"""Several words with a meaning of their own, and what stands in their place. The longest that fits is taken."""

SYNONYMS = entries("""
    price cost charge pay fee expensive; sell sale vend sold; price sell; fee charge surcharge;
    buy purchase acquire shop pickup get; receive get given;
    start begin initial initially original originally opening starting commence; initially first;
    remaining left leftover rest unused; per each every apiece individual single one;
    duration long length last time take minute hour; long length; buy order;
    total altogether overall combined whole entire together sum all; give hand donate;
    make bake prepare produce cook create; make earn; build make construct assemble produce;
    earn income salary wage pay receive allowance; allowance stipend; spend expense spending expenditure pay outlay;
    budget spend maximum; save savings balance aside have; already current currently;
    discount reduction reduce off rebate saving markdown deal; coupon voucher; tip gratuity; tax vat;
    guest attendee people person participant visitor party invitee diner;
    people person passenger traveller traveler; worker employee staff people helper; colleague coworker workmate;
    pupil student child kid schoolchild; class group; child kid children; teacher instructor; friend companion pal;
    ride trip journey travel drive; ride cycle; come travel ride take go commute get; cycle bike bicycle cyclist;
    run jog; walk foot; depart departure leave start outbound outgoing; arrive arrival reach; return back inbound;
    origin departure depart leave from; destination arrival arrive to where; fly flight travel airplane plane;
    distance far away long length; speed fast pace velocity quick rate; break rest pause stop; age old;
    own have possess hold had; own owner belong; color colour shade; blink flash flicker blinking pulse steady;
    light lamp led indicator; beep beeping tone chirp; noise sound hear; seat install insert fit place position;
    filter cartridge; water liquid; level full amount fill; mode setting set;
    room location stand place located where; location address street located where place; city town location place;
    unsold left leftover remaining; display screen panel; code message; lid cover hatch flap; close closed shut;
    roll load loaded insert; connect connection cable attached link; connect pair paired link sync;
    temperature heat degree hot; wireless network signal internet; case casing housing body; restart reboot reset;
    clean descale wash; battery charge power; charge charging; date day when; date deadline;
    time hour when clock o'clock; name called title call; class cabin; purpose reason why for occasion;
    occasion celebrate celebration event; bag suitcase luggage baggage; card credit payment; payment pay method;
    prefer preference preferred like; outdoor outside outdoors terrace indoor inside indoors;
    allergy allergic dietary food restriction intolerance; dinner eat dine meal reservation dining;
    reservation booking book reserve; stay remain; weekly week; monthly month; daily day;
    yearly year annual annually; hourly hour; percent percentage proportion share fraction;
    fraction proportion share part; double twice times ratio multiple; discard throw waste; burn burnt;
    break broken damage damaged crack cracked; lose lost missing; eat consume; use need require take consume recipe;
    hour schedule opening; capacity hold fit contain; weight weigh heavy; size big large; capacity volume;
    size capacity volume; area space; box pack package packet carton; bag sack; bottle jar; piece item unit;
    add extra additional more; deliver delivery ship shipping; job task work shift; rent lease premises;
    car drive automobile vehicle parking; bus coach; come attend join accompany along going; email mail;
    phone telephone; message note text body; subject topic about title reason; recipient to send;
    meeting appointment event; remind reminder; repeat recurring recur; song track; volume loudness loud;
    brightness bright brighten dim; language translate; priority urgent urgency important importance;
    amount quantity many; maximum max limit most highest ceiling; minimum min least lowest; nightly night;
    error fault; cause reason why fault problem issue wrong; strong strength; version release firmware;
    warranty guarantee; page sheet; sister sibling; brother sibling; mother mom mum parent; father dad parent;
    finish end stop; frequency often; second later; hear heard learn find; type kind sort model variety;
    late delay delayed; refund money-back; customer client buyer; garden yard plot field; shelf rack; row line;
    grow growth increase rise raise; decrease drop fall shrink decline; collect gather pick; share split divide;
    lend borrow loan; film movie; play show performance; lesson class session; shop store market; house home;
    dish plate; sweet candy; cookie biscuit; smell odour odor scent; vibrate shake vibration; leak drip;
    button switch; plug outlet socket;
""")
"""Words that can ask for the same thing; a word may stand in several entries. A synonym counts less than the word."""

IRREGULAR = {form: plain for plain, forms in _pairs("""
    use: used using; owe: owed owing; tie: tied; die: died; lie: lied;
    temperature: temp temps; average: avg; second: secs; amount: amt; percent: pct; destination: dest;
    telephone: tel; fast: faster; slow: slower; old: older; young: younger; long: longer; short: shorter;
    heavy: heavier; tall: taller; big: bigger; large: larger; cheap: cheaper; lie: lying lies lay; tie: tying;
    die: dying; buy: bought; sell: sold; pay: paid; spend: spent; give: gave given; eat: ate eaten; make: made;
    take: took taken; go: went gone goes; begin: began begun; get: got gotten; have: had has having;
    leave: leaves leaving; lose: lost; find: found; send: sent; hold: held; keep: kept; run: ran; ride: rode ridden;
    drive: drove driven; fly: flew flown flies; flight: flights; come: came; see: saw seen; grow: grew grown;
    throw: threw thrown; break: broke; burn: burnt; build: built; bring: brought; catch: caught; teach: taught;
    choose: chose chosen; drink: drank drunk; swim: swam; write: wrote written; win: won; lend: lent; meet: met;
    sleep: slept; hear: heard; owe: owed; child: children; person: persons; man: men; woman: women; foot: feet;
    tooth: teeth; mouse: mice; goose: geese; loaf: loaves; half: halves; knife: knives; shelf: shelves;
    wolf: wolves; calf: calves; live: lives; color: colour colours coloured colored;
    kilometer: kilometres kilometre km kms; meter: metres metre; liter: litres litre; kilogram: kg kgs; gray: grey;
    center: centre; theater: theatre; cancel: cancelled; travel: travelled travelling traveling;
    traveler: traveller travellers; favorite: favourite; flavor: flavour flavours; neighbor: neighbour neighbours;
    program: programme; tire: tyre; jewelry: jewellery; check: cheque; minute: mins min; hour: hrs hr;
    approximately: approx; quantity: qty; number: num; earn: earnings; expense: expenses; expenditure: expenditures;
    content: contents; string: strings; glass: glasses; family: families; supply: supplies; allergy: allergies;
    price: prices pricing; cost: costs;
""", ":") for form in forms.split()}
"""Forms, spellings and abbreviations whose plain form no rule finds, by form."""

SLIPS = {slip: meant for meant, slips in _pairs("""
    which: wich whihc whcih wihch; what: waht wat whta wath; how: hwo; many: mnay amny meny; much: mcuh muhc mutch;
    the: teh hte; that: taht tht; there: ther htere; their: thier; they: tehy thye; you: u yuo yoou; your: ur yuor;
    are: r; please: pls plz plese; does: deos dose; want: wnat; what is: whats waths; where is: wheres; when is: whens;
    who is: whos; how is: hows; where: wehre whre; when: wehn; should: shoud shuld shoudl sould; would: woud wuold;
    could: coud cuold; have: ahve hav; with: wiht; from: fomr frmo; and: adn; between: btw betwen; know: knwo kno;
    price: prcie; cost: csot; number: nr nubmer numer numbr; time: tiem; long: logn; first: frist; each: eahc;
    people: poeple peopel ppl; tomorrow: tmrw; address: adress adres; weight: wieght; height: hieght heigth;
    receive: recieve; length: lenght lentgh; width: widht; separate: seperate; available: availble avalable;
""", ":") for slip in slips.split()}
"""Slips and short forms so frequent that they are read as what is meant, whatever the problem's words."""

PLAIN = word_set("""
    left broken read people savings series bus gas lens class news during morning evening string opening building
    wedding meeting speed daily weekly monthly yearly hourly nightly family supply assembly reply apply july italy
    early only initially currently originally annually allergic
""")
"""Words that look like a form of another word and are none."""

STOP_WORDS = word_set("""
    a able about actual actually also am an and answer any anyone anything applicable approximate approximately
    are around as at average be been being both but by calculate can certain clarify compute confirm
    context correct correctly could currently d data dd describe description desire desired detail details
    determine did do does doing done down during eg etc even ever everyone exact exactly expect expected explain
    fact facts figure figures find following for format from given going he hello help helpful her here hers
    herself hi him himself his hoping how i ie if in indicate info information input inputs intend intended
    intending into involved is it its itself just kindly know known let ll m many may me mention might mine mm
    mr mrs ms much must my need needed no nor not now of ok okay on onto or our ours out over parameter
    parameters particular plan planned planning please possible precise precisely problem properly provide
    question re relevant right roughly s say scenario shall she should situation so solve some someone something
    specific specifically specified specify statement still story such sure t tell than thank thanks that the
    their theirs them themselves then there these they this those to today too typical up us value values
    variable variables ve very was we were what when where whether which while who whom whose why will wish with
    would yet you your yours yyyy
    ahead anyway bit bother case cases definitely else especially ever example exactly fairly finally firstly
    generally guess hence however instance instead kindly lastly likely maybe meant namely nearly normally otherwise
    perhaps plus precisely presumably probably quite rather really respective respectively roughly secondly simply
    since somehow suppose supposed sure though thus totally truly usually whatsoever yes yourself yourselves ourselves
    whose whichever whatever whenever wherever cannot ca wo ain gonna wanna must terms regard regarding concerning
    question questions
""")
"""Words that identify nothing."""

COMMON_VERBS = word_set("""
    become seem involve include contain require occur exist provide offer plan decide bring receive cause mean
    add run turn set apply allow let stop finish complete choose select pick carry spend own prefer wish work
    help serve leave stay live visit attend join consist amount belong enter place find keep reach travel ask
    call deal own possess expect assume consider handle cover end last remain continue manage sit stand lie look
    feel sound appear happen begin start get give take make put hold use need try show see know think say tell
    write read mention note point refer reckon count settle fancy suppose intend aim hope care mind matter affect
    depend relate concern regard suit fit work function operate wait collect gather deliver arrive come return move
    handle treat deal interpret understand define describe specify state express present display return produce
    result lead follow accompany surround support bear carry equip feature possess amount total equal measure weigh
    perform conduct undertake pursue achieve accomplish obtain acquire gain secure prepare arrange organize organise
    schedule book reserve proceed filter sort list print check verify examine inspect determine figure compute
    calculate solve answer respond reply credit mark stick throw drive fill hand pass pull push sell buy pay cost
    charge earn share split divide combine join merge form build create generate design develop bake cook pour
""")
"""Verbs that say little where a problem doesn't use them."""

LIGHT_WORDS = {word: float(weight) for weight, words in _pairs("""
    0.03: want like;
    0.05: preferred will much;
    0.08: number amount quantity count one prefer;
    0.1: thing unit device machine more someone money dollar cent preference best along notice lot enough;
    0.12: have per each every apiece individual single;
    0.15: go see other another additional duration frequency happen minute percent percentage fraction
    proportion choose choice work long away check look try special;
    0.2: put item piece kind sort time hour share ratio status state condition set new kilometer meter liter
    kilogram gram mile degree far stand show recently place way different same;
    0.25: take come use date day position setting already current hear;
    0.3: all get keep type extra level read last week weekly group length part rate;
    0.35: make hold city;
    0.4: total whole entire give people person ride display first name;
    0.45: size;
    0.2: most least;
    0.5: sum origin destination available;
    0.55: altogether overall combined together;
    0.6: start;
""", ":") for word in words.split()}
"""The most that a word may weigh, in [0, 1]: common words, nouns for a value's kind, and units."""
