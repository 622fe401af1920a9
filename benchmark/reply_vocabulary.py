"""The word lists behind the audit of replies: everyday English, for no problem in particular.

A reply may use these words beside those of what it has to say. They state no fact alone: whoever adds one needs another
word, and that is what the audit looks for.
"""

# fmt: off

from askfirst.benchmark.vocabulary import entries, word_set
from askfirst.benchmark.words import stem_set

FUNCTION_WORDS = word_set("""
    a an the this that these those it its itself he him his himself she her hers herself they them their theirs
    themselves we us our ours ourselves i me my mine myself you your yours yourself one ones who whom whose which
    what when where why how there here and or but nor so if unless because since while whereas though although as
    than then of in on at to from by with without within into onto out off up down over under above below about
    around between among against per via through during before after until till for toward towards upon beside
    besides along across is are was were be been being am do does did done doing has have had having can could may
    might must shall should will would ought need not no yes any some each every either neither both all none
    nothing anything everything whatever whenever wherever whoever whichever whether however something somebody
    someone anybody anyone everybody everyone nobody such same other others another else let lets s t d m re ve ll
    please very too also only just even still already yet again ever never always
""")
"""Words without content."""

FUNCTION_STEMS = stem_set(" ".join(FUNCTION_WORDS))

FREE = FUNCTION_STEMS | stem_set("""
    ok okay sure well oh ah hi hello hey hm hmm thanks thank welcome sorry afraid unfortunately fortunately luckily
    course indeed actually really honestly frankly basically simply exactly precisely quite rather pretty fairly
    mean say said tell told speak call called name named know knew known think thought guess believe suppose suspect
    remember recall see saw look looked find found check checked hear heard notice count counted counting ask asked
    answer question good great easy fine nice happy glad love like liked want wanted wish prefer would hope get got
    gets go goes went going gone come comes came take takes took taken give gives gave given bring brings brought
    keep keeps kept hold holds held have make makes made put puts set sets leave leaves left stay stays stayed start
    starts started begin begins began beginning end ends ended finish stop run runs work works worked use uses used
    need needs needed require requires required include includes included including contain contains contained
    consist belong belongs cost costs pay pays paid buy buys bought sell sells sold spend spends spent weigh weighs
    measure measures measured amount amounts total totals number numbers figure sum fit fits fitted room place
    places placed point points stand stands stood sit sits sat lie lies lay hang hangs hung lean show shows shown
    showed turn turns turned move moved reach reached carry carries carried wear wears wore become becomes became
    seem seems appear appears happen happens happened matter matters mattered important importance relevant
    irrelevant role difference concern counts means meant treat treated regard regarded consider considered return
    returns returned result results receive received write writes wrote written read reads says state states stated
    word words worded title titled line lines long short size length width height weight price thing things stuff
    kind sort type way manner case part parts piece pieces bit side top whole half rest lot lots moment time times
    people person somebody man woman guy folks group everyone together altogether overall higher lower longer
    shorter larger smaller greater sooner upward upwards onward onwards alone single once twice first last next
    final early late earlier later least most more less fewer many much enough several few little big small large
    high low far near close away back ahead forward than now then today so currently right already soon general
    generally specific particular certain clear exact definite detail details information fact facts sentence idea
    clue unsure help helps helpful kindly questions continue proceed instead otherwise therefore thus hence except
    apart besides plus minus equal equals own owns owned possess do did done act wait second minute actual
    apparently evidently obviously namely inside outside there nobody none possible able allow allowed sound fair
    everybody anybody anyhow anyway regarding concerning according concerned respect hand mentioned mention checking
    looking plan planned choose choice chose chosen pick picked decide decided fix fixed ideal ideally preferably
    aim hoping expect expected supposed reckon current present available exist describe described list listed note
    noted record recorded registered mark marked label labelled identify sorted arrange arranged order ordered
    assign assigned attach attached install installed mount mounted locate located situated position positioned spot
    location visible build built complete completed select selected selection option preference merely purely solely
    strictly literally entire entirely throughout respective respectively value setting condition status sequence
    rule limit maximum minimum threshold requirement wishes request demand purpose reason event topic subject item
    object unit element follow follows specify specified indicate remain remains serve serves fall falls lasts
    feature sole main separate different similar various common yep yeah yup nope alright cheers worries anytime um
    er worth exceed exceeds exceeded space touch manage manages managed accompany accompanied join joined involve
    involves consists form forms up apply applies handle handled deal deals dealt treats regards accept accepted
    agree agreed determine determined settle settled define defined depend depends explain explained confirm
""")
"""Stems of words that a paraphrase may add."""

NUMBER_STEMS = stem_set("""
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million dozen couple pair
    half third quarter twice thrice percent dollar euro cent buck gram kilogram kilo meter centimeter millimeter
    kilometer minute hour day week month year degree liter pound
""")
"""Stems of number words and units: what they state is a quantity, and is checked as one."""

DAY_PARTS = stem_set("morning afternoon evening night noon")
"""Stems of words that may stand beside a time of day."""

PREPOSITIONS = word_set("before after above below inside outside with without")
"""Of `OPPOSITES`, those that turn a fact round only beside the same word."""

CALENDAR = stem_set("""
    monday tuesday wednesday thursday friday saturday sunday january february april june july august september
    october november december weekday weekend tomorrow yesterday tonight spring summer autumn winter christmas easter
""")
"""Stems of words that state a time."""

_OPPOSITES = """
    first last; before after; above below; top bottom; highest lowest; earliest latest; most least; with without;
    included without; included excluded; inside outside; always never; all none; begins ends; starts ends; start
    end; beginning end; begin end; up down; right wrong; correct incorrect; correct wrong; most fewest; fewer more;
    less more; higher lower; longer shorter; larger smaller; newer older; later earlier; greater smaller; nothing
    everything; kept dropped; big small;
"""
OPPOSITES = tuple(
    pair
    for entry in entries(_OPPOSITES)
    for one, other in [entry.split()]
    for pair in ((one, other), (other, one))
)
"""Words of which one, said for the other, turns a fact round."""
