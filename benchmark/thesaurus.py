"""A thesaurus of everyday English for the question matcher, by theme: plain data, for no problem in particular.

Words of one entry can ask for the same thing. What is a kind of what stands in `kinds_of_things.py`.
"""

from askfirst.benchmark.vocabulary import entries

# fmt: off

PEOPLE = """
    person individual human somebody someone; people persons folk crowd public everybody everyone; child kid youngster
    youth; child toddler infant baby; boy lad; girl lass; man gentleman guy fellow; woman lady; adult grown-up
    grownup; parent mother father mum mom mummy dad daddy guardian; grandmother grandma granny nan; grandfather
    grandpa grandad; sibling brother sister; husband spouse partner; wife spouse partner; son child; daughter child;
    relative relation kin family; cousin relative; aunt aunty; uncle; niece nephew; neighbor resident; friend buddy
    mate pal companion; enemy foe opponent rival adversary; opponent competitor contestant challenger; employer boss
    chief manager supervisor; lord master ruler sovereign liege; serve work; servant attendant helper; employee worker
    staff labourer laborer personnel crew team; colleague teammate coworker; owner proprietor landlord; tenant renter
    lodger occupant; customer client shopper buyer patron purchaser; guest visitor attendee caller invitee; audience
    spectator viewer onlooker listener; passenger traveler rider commuter; tourist sightseer visitor holidaymaker;
    driver chauffeur; pilot aviator; sailor seaman mariner; captain skipper; soldier trooper warrior fighter; guard
    sentry watchman warden keeper; doctor physician medic; nurse carer; dentist; patient; teacher instructor tutor
    trainer coach professor lecturer; pupil student learner schoolchild trainee apprentice; class course form group;
    cook chef; waiter server waitress; baker; farmer grower; gardener; fisherman angler; hunter; musician player
    performer; singer vocalist; artist painter; author writer; actor performer player cast; director head leader;
    secretary clerk assistant; deputy substitute stand-in representative assistant; editor; curator keeper;
    manufacturer maker producer; supplier provider vendor seller; seller vendor dealer merchant retailer trader;
    courier carrier messenger driver; recipient receiver addressee payee beneficiary; sender dispatcher originator;
    payer debtor; lender creditor; payee recipient receiver; contact person name; organizer host; host hostess;
    speaker presenter lecturer; expert specialist appraiser professional; member participant; participant entrant
    contestant attendee; winner champion victor; beginner novice newcomer starter; volunteer helper; inhabitant
    resident citizen dweller; king monarch ruler; wizard sorcerer magician mage; thief robber burglar;
"""

MONEY = """
    price cost fee charge rate tariff; price worth value; cost expense outlay; fee price fare; fare price;
    expense expenditure spending cost outgoings; income revenue earnings proceeds takings turnover; revenue sale
    takings; profit gain earning surplus margin return; loss deficit; salary wage pay earnings; budget limit allowance
    funds; budget spend afford; cash money funds; savings reserve; saved put; debt loan owing; owe due; discount
    rebate reduction markdown; refund reimbursement repayment; deposit downpayment advance; instalment installment
    payment; payment transfer remittance; pay settle; tax duty levy; tip gratuity; donation gift contribution; donate
    give contribute; sponsor fund; prize award reward winnings trophy; invoice bill; bill check invoice; receipt;
    account; balance; currency; expensive costly dear pricey; cheap inexpensive affordable; free gratis complimentary;
    insure insured insurance cover coverage policy; worth value estimate valuation appraisal; rent hire lease rental;
    lend loan; fine penalty; pocket allowance; fund kitty; bargain deal offer; stake bet wager; tickets passes
    admissions; ticket pass admission entry; entry admission entrance; voucher coupon certificate; subscription
    membership; purse wallet; coin change; bring earn yield fetch raise; brought earned raised yielded; deducted
    subtracted taken; sale sold sell;
"""

AMOUNTS = """
    number count quantity amount tally; many several; total sum overall altogether combined; average mean typical;
    maximum most greatest largest highest longest limit cap ceiling uppermost biggest; minimum least smallest lowest
    shortest fewest floor threshold; threshold limit cutoff minimum; enough sufficient; capacity room space hold fit;
    size dimension measurement; length long extent; width wide broad breadth across; widest broadest largest; height
    high tall elevation; depth deep; thickness thick; weight mass heaviness heavy weigh; distance far apart away;
    diameter across; angle slope incline inclination gradient tilt steepness; slope steep; speed rate pace tempo
    velocity; temperature heat degree warmth temp; volume capacity content; area surface space; portion serving
    helping; half; third; quarter; fraction share part portion proportion; percentage percent share; ratio proportion;
    rate frequency; pair couple two; dozen twelve; batch lot load set; pile stack heap; bunch bundle; row line; group
    set cluster party; level height stage grade; degree extent; rest remainder remaining left leftover; remaining
    unused unsold left; spare extra surplus; additional extra further more; lose loss lost; difference gap; scale
    range; score point mark; rank position place; amount level; order sequence; first initial; last final; earliest
    first soonest; latest last; single one; double twice two; triple thrice three; empty vacant bare; full filled
    whole complete; exactly precisely; unit measure; item piece article unit thing; individual each; contain hold
    include; fit hold take accommodate; carry hold take; gram; word; line row;
"""

TIME = """
    time hour o'clock clock; time moment point; duration length period time; period span interval stretch time; era
    period epoch age; date day; day date weekday; weekday day; week; fortnight; month; year; century; season; morning
    dawn; evening dusk; night; weekend; noon midday; midnight; today; start begin commence open launch kick-off; start
    beginning onset outset; end finish conclude close stop over; end ending conclusion close; deadline due latest;
    delay wait lag pause; break pause rest interval intermission gap recess; gap pause interval break space; wait
    pause; last take continue endure; early premature; late delayed tardy; soon shortly quickly; often frequently
    frequency regularly; interval frequency often; daily day; weekly week; monthly month; annual yearly year; recently
    lately; previous prior last former earlier past; former old past; next following upcoming coming subsequent;
    following subsequent; current present now; schedule timetable plan; appointment slot booking meeting; slot time
    place opening; available free; free unoccupied vacant; unavailable busy occupied away; busy occupied unavailable;
    away absent out; absence leave; holiday vacation break trip; birthday anniversary; calendar diary agenda; postpone
    delay; cancel call; arrival arrive; departure depart; begin first; age old; century hundred; once one; twice two;
    notice warning advance; chronological date time order earliest; season winter; tenure service;
"""

PLACES = """
    place location spot position site venue; position location place; location address place; address street home;
    street road lane avenue; house home dwelling residence; home house dwelling residence live; live dwell reside
    inhabit; flat apartment; apartment unit; building premises; cabin hut cottage shack lodge; lodging accommodation
    hotel inn room stay; hotel inn hostel guesthouse lodging; stay lodge sleep; room chamber hall; kitchen; cellar
    basement; attic loft; floor storey story level; stairs staircase steps floor; entrance door gate entry; gate door
    barrier entrance; exit; door gate; lock locked close shut; wall; roof; garden yard; field meadow pasture plot;
    meadow field pasture; farm ranch; forest wood woods trees; wood forest; mountain hill peak; hill slope; summit
    peak top; valley; river stream brook; stream river; lake pond; sea ocean; coast shore beach; island isle; harbour
    harbor port dock; quay pier dock; bridge; town city village; city town; country nation land; region area county
    district; district area quarter; border edge; school college academy university; study learn train; library;
    museum gallery; theater playhouse; theatre theater; stage platform; church chapel; hospital clinic; practice
    surgery clinic; office workplace bureau; workshop studio; factory plant works; shop store; shop market boutique;
    market fair bazaar; stand stall booth; counter desk; restaurant cafe eatery diner; cafe coffee; bar pub; stadium
    arena; gym; pool; court pitch ground; ground surface floor; station stop terminal; airport; platform track; park
    garden; branch office location outlet; branch site location; depot warehouse storehouse; warehouse store; archive
    storage; storage store; headquarters office; origin source departure; destination goal target; route way path;
    path trail track; way route direction; direction way heading; outside outdoor outdoors exterior; inside indoor
    indoors interior; top upper uppermost; bottom lower lowest; middle centre center; left; right; front; back rear
    behind; side edge; corner; near close beside next nearby; beside next near adjacent alongside; neighbor adjacent
    next; around round; above over; below under beneath underneath; table desk; terrace patio balcony; balcony; shelf
    ledge; windowsill sill window; garage; site place;
"""

THINGS = """
    thing object item article; object thing item; device machine appliance gadget equipment instrument apparatus;
    instrument device tool; machine apparatus unit; tool implement instrument; box carton crate case container;
    container box vessel; carton box pack; case box; bag sack pouch; packet pack parcel; parcel package packet
    shipment; package parcel; letter mail envelope; envelope letter; post mail; bottle flask jar; flask bottle; jar
    pot; pot pan; cup mug; bowl dish; plate dish; glass; tin can; basket; bucket pail; barrel cask drum; drum barrel;
    tray; lid cover cap top; cap lid; handle grip; knob dial handle; dial knob; dial gauge; gauge meter dial; button
    switch key; switch button lever; lever handle; key; lock latch bolt; clip clamp fastener; clamp clip; hook; chain;
    rope cord line string; cord cable lead wire; cable wire lead cord; lead cable wire; wire cable; plug connector;
    socket outlet; pipe tube hose; hose tube; tube pipe; valve tap; tap faucet; pump; wheel; gear cog; gear speed;
    spring coil; screw bolt; nail; belt band strap; band belt strip; strap band; strip band; loop ring band; ring
    loop; filter sieve strainer; screen display monitor; display screen readout; panel board plate; plate panel; board
    panel plank; plank board; beam bar; beam ray light; bar rod; rod pole bar stick; pole rod stick; stick staff rod;
    staff rod stick wand; brush bristle broom; bristle hair; hair fur; lamp light lantern; light lamp; bulb light;
    candle taper; mirror; lens; camera; clock watch; bell chime; horn; speaker loudspeaker; alarm; sensor detector;
    motor engine; engine motor; battery accumulator; fuse breaker; breaker switch fuse; fan ventilator; heater
    radiator; stove oven cooker; oven stove; fridge refrigerator; freezer; kettle; knife blade; blade knife; saw;
    hammer; needle pin; thread yarn; cloth fabric textile material; fabric cloth material; material substance stuff
    fabric; stuff material; made material consist; sheet material; sheet page leaf; page sheet; paper; book volume;
    notebook pad; pen; pencil; paint; colour tint hue shade; shade colour tone; picture image photo photograph; image
    picture; drawing sketch draft; draft sketch; sketch drawing; painting picture; sign notice board; sign mark
    symbol; mark sign; symbol character sign; label tag sticker; sticker label; flag banner signal; signal flag sign;
    poster placard; map plan; card pass; pass card permit ticket; permit licence license pass; licence permit; ticket
    lot; document paper file; file document; form questionnaire; furniture; chair seat stool; stool seat chair; seat
    place chair; table; bed bunk; bunk bed berth; mattress; blanket; pillow; curtain; carpet rug mat; mat rug pad;
    clothes clothing garment outfit; garment costume clothing dress; costume outfit dress garment; dress gown; coat
    jacket; shirt; trousers pants; hat cap headgear; cap hat; hood cover; shoe boot; boot shoe; glove mitten; sock;
    scarf; ring; necklace; glasses spectacles; umbrella; toy; doll; ball; racket bat; ski; tent; rucksack backpack;
    luggage baggage suitcase bag; bicycle bike; car vehicle; vehicle car van; van lorry truck; truck lorry; boat ship
    vessel; ship boat vessel; train; tram; bus coach; plane aircraft; wagon cart; engine; exhibit object piece
    display; medal award; gift present; present gift; toolbox; shutter louvre blind slat; slat louvre blade; funnel
    hopper; hopper funnel; chute slide; slide chute; tray; perch branch seat; cloak cape coat; scroll parchment; wand
    staff; potion drink brew; drink beverage; beverage drink; spell charm; emblem badge crest; badge emblem; wax; glue
    adhesive; adhesive glue paste;
"""

FOOD_AND_NATURE = """
    food meal; meal dish; meal dinner lunch supper; supper dinner; lunch; breakfast; dish food; course dish; starter
    appetizer; main; dessert pudding sweet; soup broth; bread loaf; cake pastry; bun roll; biscuit cookie; sweets
    candy; chocolate; cheese; butter; milk; cream; sugar; flour; salt; spice seasoning; seasoning spice; egg; meat;
    fish; fruit; vegetable; flavor taste kind; taste flavour; recipe ingredient; ingredient component; menu; water;
    tea; coffee; juice; wine; beer; ice; filling stuffing; topping; portion bowl serving; serving portion plate; bowl
    serving portion; slice piece; crumb; animal creature beast; creature animal beast; pet animal; familiar companion;
    companion fellow; dog hound; hound dog; cat; horse pony; pony horse; cow cattle; cattle cow; sheep lamb; goat;
    pig; hen chicken; chicken hen; duck; goose; bird fowl; falcon hawk; bee; insect bug; butterfly; tree; plant; bush
    shrub; flower blossom bloom; leaf; seed grain; grain seed corn; root; grass; crop harvest; harvest pick; wood
    timber; timber wood; stone rock; rock stone; sand; soil earth; metal; iron; weather; rain; rainfall rain; snow;
    wind; storm; sun sunshine; cloud; fog mist; ice frost; frost ice; feather plume; wing; tail; fur; cracked broken;
    crack break; broken damaged; wool; honey; garden; breed kind; dozen;
"""

STATES = """
    state condition status shape; condition state shape; look appearance; appearance look; shape form outline; pattern
    design; pattern look; position setting; setting position; open unlocked; closed shut; shut close; locked; loose
    slack; tight taut; straight; bent curved crooked; curled bent curved; frayed worn; worn used shabby; wear worn;
    dirty soiled stained; clean; clear transparent see-through; transparent clear; cloudy murky opaque; wet damp
    moist; dry; hot warm; cold cool; warm; smooth even; rough uneven; soft; hard firm; sharp; blunt dull; bright
    light; dark dim; loud noisy; quiet silent; silent mute quiet; silenced muted; silence mute; mute silence; fast
    quick; slow; new; old; big large; small little tiny; large big; broken defective faulty; faulty defective; defect
    fault flaw; fault error defect; damage harm; damaged harmed; working functioning running; running going; run
    operate work; on; off; raised up; lowered down; raise lift; lower drop; upright vertical; steady constant
    continuous; continuous solid unbroken; solid continuous; dashed broken; dotted dots dot; blink flash; frozen
    stuck; stuck jammed; blocked clogged; sealed closed tight; fastened attached fixed mounted; attach fasten fix
    mount; fixed attached; mounted fixed; hang suspend; colour colored; painted colored; plain simple; ripe; fresh;
    rotten spoiled; ill sick; injured hurt; injury hurt; health medical; tired; asleep sleep; awake; sleep rest
    slumber doze; hungry; thirsty; happy; sad; angry; busy; ready prepared; finished done completed; complete finish;
    completed finished; pass complete finish; certified qualified; experienced trained; training practice; practice
    train; train practise; trained practised; skill; strength power; power strength; sound noise; tone sound; voice
    sound; smell scent; smooth jumpy; flip mirror; mirror reflect flip; mirrored flipped reversed; reversed flipped
    turned; rotate turn spin; turn rotate; turned rotated; rotation turn; reverse invert; upside-down inverted; kind
    sort type variety category; category kind class; type kind sort; style kind; genre style kind; model version make;
    brand make; quality grade; feature property; purpose use;
"""

ACTS = """
    do perform; make create produce; create make; build construct; produce make; bake cook; cook prepare; prepare
    ready; pour fill; fill pour; cut saw slice; saw cut; sew stitch; stitch sew; knit; weave; paint colour; draw
    sketch; drawn painted sketched; write compose; written composed; read; read interpret; interpret read understand
    treat; mean stand; meaning sense; mean denote; count tally; measure; weigh; calculate reckon compute; reckon
    calculate count; reckoned calculated counted; formula calculation; formula way; buy purchase get; purchase buy;
    bought purchased got; sell sold; order request; request order; ordered requested; want wish desire fancy; wish
    want preference; fancy like want; choose pick select; pick choose; selected chosen picked; select filter; filter
    select; prefer favour; favourite preferred; like enjoy; need require; give hand; hand give; gave handed; receive
    get; get obtain; take bring; bring take; brought taken; carry transport; carried transported; transport carry
    move; move shift; move relocate; deliver bring; fetch collect; collect fetch; collected fetched; pickup collect
    fetch; collection pickup; send ship dispatch post; ship send; dispatch send; keep retain hold; hold keep; store
    keep; put place; place put; placed put; stand sit; sit stand; sit rest; lie rest; find discover; found discovered;
    search seek; look see; see view; watch view; notice see; show display present; shown displayed; present show; hide
    conceal; point refer; mention name; name call; called named; named called; mention state; say state; state say;
    tell say; said told; speak talk; talk speak; speech talk; language tongue; ask inquire; answer reply respond;
    reply answer; respond react; call phone ring; ring call; write note; note write; sign signature; signed signature;
    greet greeting; credit source; quote cite; omit skip drop exclude; exclude omit skip; skip omit; omitted excluded
    skipped; include contain; included contained; cover include; join enter; joined merged combined; merge join
    combine; merged joined combined; combine merge; separate split; split divide; divide split; add include; add plus;
    remove take; removed taken; discard throw; thrown discarded; lose mislay; lost missing; break crack; broke
    cracked; crash collide; fall tumble drop; fell tumbled; fall slip; drop fall; climb ascend; walk hike; hike walk
    trek; run race; race run; jump leap; swim; ride; drive; fly; sail; travel journey go; trip journey tour; tour trip
    excursion; visit see; arrive reach come; leave depart; return back; come arrive; enter in; wait queue; queue line
    wait; line queue; stay remain; live stay; work job; job work; play perform; played performed; perform play; win
    beat; beat win defeat; beaten defeated won; victory win; defeat beat; fight duel battle; duel fight; battle fight;
    hunt chase; catch; train teach; teach train; learn study; studied learned; learned trained; use employ; used
    employed; wear; worn dressed; dress wear; wear put; own have; possess own; borrow lend; open unlock; close lock;
    locked closed; lock close; start switch; stop halt; stopped halted; wash clean; repair mend fix; mend repair;
    mended repaired fixed; fix repair; repaired mended; replace change; change alter; changed altered; adjust set; set
    put; install fit; grow raise; plant sow; water; feed; eat; drink; drunk drank; heat warm; melt; cool chill;
    freeze; boil; light lit; burn; smoke; charge; connect link; pair connect; insert put; load fill; empty clear;
    press push; pull; push press; lift raise; lifting crane lift; hang; throw toss; hit strike; strike hit; touch
    contact; cause reason; reason cause why; affect change; help assist; allow permit let; permit allow; allowed
    permitted; forbid prohibit ban; forbidden banned prohibited; avoid shun; avoid bad; refuse decline; reject refuse;
    accept take; agree accept; decide settle; settle choose; settled chosen decided; plan intend; planned intended;
    plan schedule; expect await; hope; know; learn; remember recall; forget; think believe; care; insure protect;
    protect guard; save keep; rescue save; rob steal take; steal rob; stolen robbed; pay spend; spend pay; spent paid;
    restrict limit; restriction limit; limit restriction; tolerate allow accept; tolerance allowance; divide share;
    hire rent; register enrol sign; enrol register; sign register; subscribe register; subscriber reader; attend join
    visit; invite ask; cancel drop; confirm check; check inspect; examine inspect review; review examine inspect;
    inspect check; test check; credit name; feature mention; last fight; graze feed; reset clear; begin publish;
    publish issue; issue publish; released published; appear come; broadcast air; warn alert; alert warn; fasten clip;
"""

WRITING_AND_PROGRAMS = """
    text copy; text wording; wording words text; word term; term word; sentence line; paragraph; title heading
    headline caption name; heading title headline caption header; headline title; caption title heading; header
    heading; opening beginning start first; ending close last; closing last final; signature sign; greeting
    salutation; salutation greeting; letter message; message note; email mail; note memo; article text; story tale;
    poem verse; chapter section; section part; summary abstract; topic subject theme; subject topic theme; theme
    subject topic; style tone manner; tone mood manner; mood tone; manner way; way manner method; method way; detail
    fact; fact detail information; information fact; mention include; reference source; source origin credit; author
    source; length words; brief short; short brief; long length; bullet list; list table; list enumerate; language;
    spelling; punctuation; comma; number figure; figure number; digit figure; decimal; separator comma sign; sign
    mark; value number; column field; field column; row record entry; record row entry; entry row; table sheet;
    database; query; condition criterion; criterion condition; criteria condition; filter condition; sort order;
    sorted ordered arranged; ordered sorted; order sorting; arrange order; ascending increasing; descending
    decreasing; group; join; average mean; sum total; count number; distinct unique different; unique distinct;
    duplicate repeat; duplicates repeated; empty blank null missing; blank empty; null empty none; missing absent;
    absent missing; invalid unreadable wrong malformed bad garbage; unreadable invalid; garbage invalid; error fault
    exception failure; fallback default; default standard fallback; failure error; input argument text; argument input
    parameter; parameter argument; output result return; result output return outcome; returned result output; return
    give; function method; method function; string text; text string; list array; array list; pair tuple; key; index
    position; position index; start beginning; character letter; uppercase capital; lowercase small; case capital;
    space blank; round rounding; rounded round; rounding round; truncate cut; precision decimal; format form; format
    layout; layout arrangement; tie equal draw; equal same; same equal identical; compare match; match fit; limit
    maximum; range span; inclusive included; boundary limit edge; edge border; version edition; edition issue; user
    visitor; visitor user; type enter; typed entered; enter type; entered typed; currency; timezone; timestamp time;
    id identifier; identifier id code; name title; status state; flag mark; task job; priority importance; due
    deadline; portion count; transaction sale; sales transactions; stock inventory; inventory stock; item product;
    product item article; goods product; category group; supplier; threshold minimum; cutoff threshold;
"""

THESAURUS = [
    entry
    for theme in (
        PEOPLE, MONEY, AMOUNTS, TIME, PLACES, THINGS, FOOD_AND_NATURE, STATES, ACTS, WRITING_AND_PROGRAMS
    )
    for entry in entries(theme)
]
"""Groups of words by which the same thing can be asked for."""
