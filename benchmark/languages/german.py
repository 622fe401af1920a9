"""German: the words of its grammar, its inflection, and how it asks."""

from collections.abc import Iterator

from askfirst.benchmark.languages.german_asking import ASKING
from askfirst.benchmark.languages.language import Language, read_forms, read_grammar

GRAMMAR = read_grammar("""
    um wie viel uhr, wie viel uhr, wieviel uhr, um wieviel uhr, wie spät > what time; wie viele male, wie viel mal,
    wie viele mal > how many times; wie viele, wieviele, wie vielen > how many; wie viel, wieviel > how much;
    wie lange, wie lang > how long; wie oft, wie häufig > how often; wie weit > how far; wie hoch, wie hohe > how high;
    wie groß, wie gross > how big; wie teuer > how much cost; wie alt > how old; wie schnell > how fast;
    wie schwer > how heavy; wie breit > how wide; wie tief > how deep; wie dick > how thick; wie warm > how warm;
    wie heiß > how hot; wie kalt > how cold; wie laut > how loud; wie hell > how bright; wie stark > how strong;
    wie voll > how full; wie heißt, wie heißen > what name called; wie lautet, wie lauten > what is; wie > how;
    was für ein, was für eine, was für einen, was für einem, was für einer, was für > what kind;
    welche art von, welche art > what kind; was, wasn > what; welche, welcher, welches, welchen, welchem > which;
    an welchem tag, welcher tag, welchen tag, an welchem wochentag, welcher wochentag > what day; von welcher, von welchem, aus welcher > from which; in welche, zu welchem, zu welcher, nach welcher > to which; an welchem datum, welches datum > what date; wer > who;
    wen, wem > who; wessen > whose; wo > where; wohin > to where; woher > from where; wann > when;
    bis wann > when deadline; warum, wieso, weshalb, weswegen > why; wofür, wozu > what purpose; woraus > what material;
    worum geht es, worum, wovon handelt > what topic; womit, woran, worauf, worin, worüber, wovon, wonach, wobei > what;
    ist, sei, wäre, bist > is; sind, seien > are; war > was; waren > were; sein > be; gibt es, gab es > are there;
    hat, habe, hast, hatte, hatten, hätte, haben > has; wird, werden, wurde, wurden, worden, geworden, würde > is;
    kann, können, könnte, könnten, kannst, könntest, könnt, konnte > can; soll, sollen, sollte, sollten > should;
    muss, müssen, musste, mussten, müsste > must; darf, dürfen, dürfte > can; will, möchte, möchten, möchtest > want;
    der, die, das, den, dem > the; des > of the; ein, eine, einen, einem, einer, eines > a; kein, keine, keinen > no;
    ich > i; du, sie, ihnen, dir, dich, euch > you; wir > we; es > it; er > he; mir, mich > me; uns > us; man >;
    mein, meine, meinen, meiner, meinem, dein, deine, deinen, deiner, deinem, ihr, ihre, ihren, ihrer, ihrem, seine,
    seinen, seiner, seinem, unser, unsere, unseren, unserer, euer, eure >; sich, selbst, etwas, dies, diese, dieser,
    dieses, diesen, diesem, jene, dazu, dabei, dafür, davon, darin, damit, daran, dort, da, hier, dann, denn, mal, doch,
    eigentlich, nun, eben, ja, nein, gern, gerne, so, sehr, noch, zwar, wohl, überhaupt, bereits einmal, dieselbe,
    derselben, jeweils, jeweilige, jeweiligen, ungefähr, circa, etwa, genaue, genauen, genauer, genaues, genau, exakte,
    exakten, konkrete, konkret, konkreten >;
    in, im, ins > in; an, am, ans, auf > on; bei, beim > at; für, fürs > for; von, vom, aus > of; zu, zum, zur > to;
    mit > with; pro, je > per; um > at; und, sowie, plus, wie auch > and; oder, bzw > or; aber > but; dass > that;
    ob > whether; wenn, falls > whether; weil > since; bitte > please; auch, außerdem, zudem, ebenfalls > also;
    in bezug auf, bezüglich, hinsichtlich > about; nach > to; nicht > not; als > as;
    mir fehlt, mir fehlen, uns fehlt, uns fehlen, es fehlt noch, es fehlen noch, es fehlt, es fehlen, fehlt mir,
    fehlen mir, fehlt noch, fehlen noch, brauche, bräuchte, benötige, brauch > need; sagen, sag, sage, nennen,
    nenn, nenne, mitteilen, verraten, verrate, verrat, teilen sie mir mit, teile mir mit, teil mir mit > tell;
    angeben, bestätigen, bestätige, präzisieren, spezifizieren > specify; wissen, wüsste, weiß, kennen, erfahren,
    interessieren > know; erklären, erläutern, erklär > explain; ergänzen > provide; gib, geben > give;
    lassen sie mich wissen, lass mich wissen > let me know; hallo, danke, vielen dank, okay, ok, gut, super, klar,
    alles klar, gerne > ; mehr > more; weitere, weiteren, weiterer, weiteres > more; sonst noch, sonst > else;
    alles > everything; alle, allen > all; beide, beiden > ; viel, viele, vielen > many; los > ; geht es > is it;
    ihm, ihn, denen, dessen, deren, jedoch, darauf, sogar, hin, eigene, eigenen, eigener, eigenes, deshalb, gewesen,
    leider, daher, kaum, direkt, damals, endlich, her, bestimmte, bestimmten, bestimmter, bestimmtes, eher, sofort,
    deutlich, bisher, bisschen, trotzdem, darum, ziemlich, dadurch, irgendwie, dagegen, ebenso, wahrscheinlich, einigen,
    insbesondere, tatsächlich, nämlich, musst, drauf, weiterhin, dennoch, somit, übrigens, zumindest, deswegen,
    inzwischen, mittlerweile, dran, drin, rein, hinein, heraus, hierfür, hierzu, davor, daraus, übrig geblieben bleiben,
    alternativ, gegebenenfalls, ggf, also, einfach, überlegen, zuvor, soviel, besonders, jetzt, denke, glaube,
    welch, irgendein, irgendeine, irgendeinen, irgendwelche, irgendwelchen, solche, solchen, solcher, gewisse >;
    statt, anstelle > instead; per > per; wie folgt > ; habt > has; seid > are; könnt > can; eurem, eures, deines, deins, ihres, seines > ; ab > from; einige, einiger, manche > some;
    jemand, jemandem > someone; nur > only; außer > except; passiert > happens; was passiert > what happens; viele > many
""")

IRREGULAR = read_forms("""
    fahren: fährt fuhr fuhren fährst gefahren; kommen: kam kamen gekommen; gehen: ging gingen gegangen geht;
    nehmen: nimmt nahm nahmen genommen; geben: gibt gab gaben gegeben gebe; essen: isst aß aßen gegessen ißt;
    trinken: trank tranken getrunken; sehen: sieht sah sahen gesehen; lesen: liest las lasen gelesen;
    laufen: läuft lief liefen gelaufen; tragen: trägt trug trugen getragen; schlafen: schläft schlief geschlafen;
    schreiben: schrieb schrieben geschrieben; sprechen: spricht sprach gesprochen; treffen: trifft traf trafen getroffen;
    werfen: wirft warf warfen geworfen; brechen: bricht brach brachen gebrochen; zerbrechen: zerbricht zerbrach
    zerbrachen zerbrochen; helfen: hilft half halfen geholfen; finden: fand fanden gefunden; beginnen: begann begannen
    begonnen; gewinnen: gewann gewannen gewonnen; verlieren: verlor verloren; schließen: schloss schlossen geschlossen;
    fliegen: flog flogen geflogen; ziehen: zog zogen gezogen; wiegen: wog wogen gewogen; schwimmen: schwamm geschwommen;
    singen: sang sangen gesungen; springen: sprang sprangen gesprungen; stehen: stand standen gestanden;
    liegen: lag lagen gelegen; sitzen: saß saßen gesessen; hängen: hing hingen gehangen hängt;
    fallen: fällt fiel fielen gefallen; halten: hält hielt hielten gehalten; enthalten: enthält enthielt;
    lassen: lässt ließ ließen gelassen; verlassen: verlässt verließ; backen: bäckt backte gebacken buk;
    waschen: wäscht wusch gewaschen; wachsen: wächst wuchs wuchsen gewachsen; schneiden: schnitt schnitten geschnitten;
    reiten: ritt geritten; steigen: stieg stiegen gestiegen; bleiben: blieb blieben geblieben; leihen: lieh liehen
    geliehen; ausleihen: ausgeliehen; heißen: heißt hieß hießen; rufen: rief riefen gerufen; anrufen: angerufen;
    denken: dachte gedacht; bringen: brachte brachten gebracht; kennen: kannte; nennen: nannte genannt;
    brennen: brannte gebrannt; verbrennen: verbrannte; rennen: rannte gerannt; senden: sandte gesandt;
    gelten: gilt galt gegolten; schmelzen: schmilzt schmolz geschmolzen; gießen: goss gossen gegossen;
    messen: misst maß maßen gemessen; tun: tut tat taten getan; besitzen: besaß besaßen; erhalten: erhält erhielt;
    bekommen: bekam bekamen; beschreiben: beschrieb; verstehen: verstand; ausgeben: ausgegeben; laden: lädt lud geladen;
    graben: gräbt; schlagen: schlägt schlug geschlagen; empfangen: empfängt empfing; anfangen: fängt fing angefangen;
    unterschreiben: unterschrieben; verschieben: verschoben; aufheben: aufgehoben; mögen: mag mochte;
    teilnehmen: teilgenommen; stattfinden: stattgefunden; sterben: starb gestorben; stehlen: stahl gestohlen;
    verschwinden: verschwand; biegen: bog; aussehen: ausgesehen; ei: eier eiern; bus: busse bussen; sehen: seht;
    glas: gläser gläsern; datum: daten; thema: themen; museum: museen; stadion: stadien; firma: firmen; konto: konten;
    album: alben; zentrum: zentren; buch: bücher; gebäude: gebäuden; zug: züge zügen; fest: feste festen; haben: besaß
""")

_PREFIXES = ("zurück", "statt", "fest", "nach", "her", "hin", "weg", "vor", "auf", "aus", "bei", "ein", "mit", "ab", "an", "um",
             "zu", "los", "teil")  # fmt: skip
PARTICLES = frozenset(_PREFIXES)
"""What stands apart at a clause's end and belongs to its verb ("Wann fährt der Zug ab?")."""
_ENDINGS = ("n", "e", "s", "en", "er", "es", "em", "ern", "t", "et", "te", "ten", "st", "est", "tet", "tes", "nen", "innen",
            "in", "ete", "eten", "ste", "sten", "end", "ende", "enden", "ender", "endes", "ere", "eren", "ster", "sten", "este", "esten", "ester")  # fmt: skip
_FOLDING = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e"})
_LEAST = 3


def fold_german(word: str) -> str:
    """Return a word without umlauts and sharp s, which inflection changes."""
    return word.translate(_FOLDING)


def forms_of_german(word: str) -> Iterator[str]:
    """Yield what a German word may be a form of: itself, its plain verb, and itself without endings and prefixes."""
    yield word
    if (plain := IRREGULAR.get(word)) is not None:
        yield plain
    folded = fold_german(word)
    yield folded
    yield from _without_endings(folded)
    for spelled, letter in (("ae", "a"), ("oe", "o"), ("ue", "u")):
        if spelled in folded:
            yield from (folded.replace(spelled, letter), *_without_endings(folded.replace(spelled, letter)))
    yield from _participles(word)


def _without_endings(word: str) -> Iterator[str]:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            yield word[: -len(ending)]


def _participles(word: str) -> Iterator[str]:
    """Yield the plain forms of participles and of verbs with "zu" inside ("abgefahren", "mitzunehmen")."""
    prefix = next((one for one in _PREFIXES if word.startswith(one) and len(word) > len(one) + 4), "")
    rest = word[len(prefix) :]
    inner = rest
    for between in ("ge", "zu"):
        if rest.startswith(between) and len(rest) > 5 and (prefix or between == "ge"):
            inner = rest[2:]
            break
    plain = IRREGULAR.get(rest, "") or IRREGULAR.get(inner, "")
    stems = [plain] if plain else []
    if inner != rest:
        stems += [fold_german(inner), *_without_endings(fold_german(inner))]
    for stem in stems:
        if prefix:
            yield fold_german(prefix) + fold_german(stem)
        yield fold_german(stem)
    if prefix and inner == rest and plain:
        yield fold_german(plain)


GERMAN = Language(
    code="de",
    markers=frozenset(
        """
        der das den dem des ein eine einen einem einer eines und oder aber ist sind wird werden wurde haben habe ich
        wir ihr sie mir mich uns ihnen dir nicht kein keine keinen auch noch bitte wie viele viel wieviel wieviele
        welche welcher welches welchen welchem wer wen wem wessen wann warum wieso wo wohin woher wofür für von vom
        zum zur mit bei beim über unter nach vor aus auf im ins pro pros kostet kosten preis anzahl gibt können könnten
        kannst könntest könnte kann soll sollen muss müssen möchte möchten brauche bräuchte benötige wissen sagen
        nennen dauert dauer wie's lena's wurden diese dieser dieses mehr weitere alle insgesamt jeder jede jedes gerne
        jemand nur als bis da hinein darf wenn falls nächste letzte angaben informationen passiert habt seid euch euer eure eurem deine dein mein ihre ihrem seine seiner geht es er beide zwei schon welch denn sein gehört gelten gilt werde hallo danke lautet heißt heisst fehlt fehlen sich ob dass weil damit zwischen
        """.split()
    ),
    grammar=GRAMMAR,
    forms=forms_of_german,
    compounds=True,
    asking=ASKING,
)
