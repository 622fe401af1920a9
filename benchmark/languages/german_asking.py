"""How German asks for facts, and how it only seems to."""

import re

from askfirst.benchmark.languages.language import Asking, any_of

_TELL = (
    r"(?:sag|nenn|mitteil|teil|gib|geb|verrat|angeb|bestätig|erklär|erläuter|beschreib|schick|ergänz|präzisier"
    r"|spezifizier|erzähl|wissen lass|lass|verrät|auflist|liste|zeig|stell|schreib|liefer|erwähn|klär)"
)
_QUESTION = r"(?:wie|was|wer|wen|wem|wessen|wann|wo|wohin|woher|warum|wieso|welche[rsnm]?|ob|worum|wofür|wozu|woraus)"
_THING = (
    r"(?:preis|anzahl|zahl|kosten|datum|uhrzeit|zeit|name|ort|adresse|menge|dauer|größe|farbe|länge|breite|höhe"
    r"|gewicht|temperatur|entfernung|geschwindigkeit|titel|budget|rabatt|gebühr|miete|alter|art|tag|ziel|grund|zustand"
    r"|nummer|termin|betrag|anteil|prozentsatz|stand)"
)
_INFO = r"(?:angabe|information|info|detail|einzelheit|daten|zahl|hinweis|auskunft|auskünfte)"
_START = r"^(?:(?:so|und|nun|also|gut|super|okay|ok|klar|ja|danke|aber|oder|dann|gerne|bitte|prima)\b[,.!]?\s*)*"

ASKING = Asking(
    demand=any_of(
        rf"\bbitte\b[^?]{{0,200}}\b{_TELL}\w*",
        rf"\b{_TELL}\w*\b[^?]{{0,40}}\bbitte\b",
        rf"^\W*(?:(?:und|also|dann|nun|gut|okay),? )*(?:sag|nenn|gib|verrat|verrate|teil|teile|beschreib|erzähl|schick"
        rf"|nenne|sage|nennen sie|sagen sie|geben sie|teilen sie|beschreiben sie|erzählen sie|schicken sie"
        rf"|verraten sie|bestätigen sie|lassen sie)\b (?:mir|uns|mich|die|den|das|{_QUESTION})\b",
        r"\b(?:ich|wir) (?:bräuchten?|brauchen?|benötigen?)\b(?! (?:keine?n?|nichts?|nicht|das nicht)\b)",
        r"\b(?:bräuchten?|brauchen?|benötigen?) (?:ich|wir)\b(?! (?:keine?n?|nichts?|nicht)\b)",
        r"\b(?:ich|wir) (?:müssten?|muss|müssen|möchten?|würden?|wollen?|will|hätten?|sollten?)\b"
        r"[^?]{0,200}\b(?:wissen|erfahren|kennen|haben|fragen|hören|verstehen|gern|gerne)\b",
        r"\b(?:müssten?|muss|müssen|möchten?|würden?|sollten?) (?:ich|wir)\b[^?]{0,200}"
        r"\b(?:wissen|erfahren|kennen|haben)\b",
        r"\b(?:ich|wir) (?:wüssten?|hätten?) (?:noch |auch |nur |außerdem |aber )*gerne?\b",
        r"\b(?:mir|uns|es|hier|dafür|dazu|noch)\b[^?,.]{0,20}\bfehl(?:t|en)\b",
        r"\bfehl(?:t|en)\b (?:mir|uns|noch|nur|aber|also|dazu|hier|(?:der|die|das)\b)",
        r"\b(?:hilfreich|wichtig|gut|nützlich|interessant|schön|entscheidend) (?:wäre|ist|zu wissen|wäre es)\b",
        r"\bwäre(?: es| für mich| noch)* (?:hilfreich|wichtig|gut|nützlich|interessant)\b",
        rf"\bich (?:frage|frag) mich,? (?:noch )?{_QUESTION}\b",
        rf"\bich (?:weiß|weiss) (?:noch |leider |aber |auch )*nicht,? (?:{_QUESTION}|(?:auf|in|an|zu|mit|von"
        rf"|für|um|ab|bis"
        rf"|seit) {_QUESTION})\b",
        r"\bmich (?:würde )?(?:noch |auch )*interessier(?:t|en|te)\b",
        r"\b(?:unklar|offen|ungeklärt|unbekannt)\b[^?]{0,25}\b(?:ist|sind|bleibt|bleiben)\b",
        r"\b(?:ist|sind|bleibt|bleiben)\b[^?]{0,15}\b(?:unklar|offen|ungeklärt|unbekannt)\b",
        rf"\b(?:kannst|könntest|können|könnten|würden|würdest|könnt)\b (?:du|sie|ihr)\b[^?]{{0,200}}\b{_TELL}\w*",
        r"\b(?:wird|werden) (?:noch |dafür |dazu )*(?:der|die|das|eine|weitere)\b[^?]{0,200}\bbenötigt\b",
        r"\bes fehl(?:t|en)\b",
        r"^\W*(?:außerdem |dann |und )?(?:die |der |das |den )?(?:genaue[rnsm]? )?" + _THING + r"\b[^?]{0,60}, bitte\b",
    ),
    no_demand=any_of(
        r"\b(?:brauche|benötige|brauchen|benötigen) (?:ich|wir) (?:keine|nichts|nicht)\b",
        r"\bnicht mehr (?:fehlt|fehlen)\b|\b(?:nichts|keine?) (?:mehr |weiteren? )?(?:fehlt|fehlen)\b",
        r"\b(?:ich|wir) (?:habe|haben)(?: nun| jetzt| damit)? (?:alle|alles)\b",
        r"\blass(?:en sie)? (?:es )?(?:mich|uns) (?:gerne |einfach )?wissen,? (?:wenn|falls|ob (?:sie"
        r"|du) (?:noch|weitere"
        r"|hilfe))",
        r"\b(?:wenn|falls) (?:sie|du) (?:noch |weitere )?(?:fragen|hilfe|etwas)\b",
        r"^\W*(?:um|zur berechnung)\b[^,]{0,200}\b(?:brauchen|benötigen|müssen) wir (?:nur |einfach )?"
        r"(?:die beiden|\d)",
        r"\bich (?:würde|möchte|werde|kann) (?:ihnen|dir|nun|jetzt) (?:gerne? )?(?:helfen|erklären|zeigen"
        r"|berechnen)\b(?!.{0,200}"
        r"\b(?:wenn|sobald|brauche|bräuchte|benötige)\b)",
    ),
    courtesy=any_of(
        rf"{_START}(?:soll|sollen|sollte) (?:ich|wir)\b"
        rf"(?!.{{0,200}}\b(?:wissen|beachten|berücksichtigen|annehmen|ausgehen"
        rf"|mitnehmen|einplanen|rechnen mit)\b)",
        rf"{_START}(?:kann|darf|könnte|können|dürfen) (?:ich|wir) (?:ihnen|dir|euch|noch|sonst|nun|jetzt|das|es|damit"
        rf"|gleich|weiter|fortfahren|anfangen|beginnen|etwas|irgendwie|behilflich)\b"
        rf"(?!.{{0,200}}\b(?:fragen|wissen|erfahren|annehmen|ausgehen)\b)",
        rf"{_START}(?:möchten sie|möchtest du|wollen sie|willst du|hätten sie gern|hättest du gern|wünschen sie"
        rf"|brauchen sie|brauchst du|benötigen sie)(?: noch| auch| vielleicht| jetzt| gerne?)*,? (?:dass ich|mehr"
        rf"|weitere|eine (?:erklärung|erläuterung|genauere|ausführliche|detaillierte|zusammenfassung|übersicht)"
        rf"|ein(?:en)? (?:beispiel|tipp|rechenweg|überblick|hinweis)|hilfe|etwas (?:anderes|erklärt|genauer)"
        rf"|sonst|wissen|sehen|hören|fortfahren|weitermachen|es versuchen|noch|den rechenweg|die (?:rechnung"
        rf"|schritte))",
        rf"{_START}(?:haben sie|hast du|habt ihr|gibt es)(?: noch| sonst| weitere| irgendwelche| dazu)* "
        rf"(?:fragen|anliegen|wünsche|etwas|anmerkungen|bedenken)\b(?!.{{0,200}}\b(?:wissen|beachten|berücksichtigen|angeben"
        rf"|relevant|wichtig|erwähnen|bekannt)\b)",
        rf"{_START}(?:sonst )?noch (?:etwas|was|fragen|eine frage|wünsche)\b[^?]{{0,15}}\?",
        rf"{_START}(?:sonst|ansonsten)(?: noch)? (?:etwas|was|irgendetwas|alles)\b[^?]{{0,20}}\?",
        rf"{_START}(?:weitere|irgendwelche|andere) (?:fragen|wünsche|anliegen)\b",
        rf"{_START}(?:hilft|passt|stimmt|klingt|reicht|genügt|gefällt|funktioniert|ergibt|beantwortet|entspricht) "
        rf"(?:das|dir|ihnen|dies|es|ihnen das|dir das)\b",
        rf"{_START}(?:ist|war|wäre) (?:das|dies|es|damit|alles|ihnen das|dir das|die antwort"
        rf"|meine antwort)(?: alles)?(?: so"
        rf"| für (?:dich|sie))* (?:ok|okay|richtig|klar|gut|in ordnung|verständlich|hilfreich|korrekt|recht"
        rf"|was sie|was du"
        rf"|nachvollziehbar|alles)\b",
        rf"{_START}(?:sind sie|bist du|seid ihr) (?:bereit|zufrieden|einverstanden|sicher|noch da|so weit|soweit)\b",
        rf"{_START}(?:alles|soweit)(?: so)? (?:klar|gut|verstanden|in ordnung|okay)?\?",
        rf"{_START}(?:bereit|einverstanden|verstanden|verständlich|richtig|oder|nicht wahr|korrekt)\b[^?]{{0,20}}\?",
        rf"{_START}(?:wie|womit|wobei|was) (?:kann|darf|könnte) ich (?:ihnen|dir|euch|sonst|noch|für|heute|weiter)\b",
        rf"{_START}(?:was|wie) (?:meinen|meinst|halten|hältst|denken|denkst|sagen|sagst) (?:sie|du)\b"
        rf"(?: davon| dazu|\?| \?)",
        r"^\W*(?:wollen|sollen) wir\b(?!.{0,200}\bwissen\b)",
        rf"{_START}(?:verstehen|verstehst|sehen|siehst|folgen|folgst|wissen|weißt) (?:sie|du)(?: mir| nun| jetzt)?,? "
        rf"(?:was ich|wie ich|das|wie das|warum das|worauf)\b",
        r"^\W*(?:das|dies|es|so|alles)\b[^,]{0,30}, (?:richtig|oder|nicht wahr|einverstanden|okay|ok)\?\W*$",
        r"\bwie geht(?:'s| es)(?: ihnen| dir| euch)?\b[^,]{0,8}\?",
    ),
    rhetorical=any_of(
        r"\b(?:die|deine|ihre|eure|unsere) (?:ursprüngliche |eigentliche )?(?:frage|aufgabe)(?: ist| war"
        r"| lautet| lautete"
        r"|:|,)",
        r"\b(?:sie|du) (?:möchten|möchtest|wollen|willst|wollten|wolltest|fragen|fragst|haben gefragt|hast gefragt)\b"
        r"(?: also)?(?: wissen)?,? " + _QUESTION,
        r"^\W*(?:wie|was|womit) (?:berechne[nt]?|rechne[nt]?|lös(?:en|t)|mach(?:en|t)|gehen|geht|find(?:en|et)"
        r"|fang(?:en)?"
        r"|beginnen|bestimmen|ermitteln|kommen|müssen|können|sollten|tun|wissen|haben) (?:wir|man)\b",
        r"^\W*(?:also|nun),? (?:wie viele?|was) (?:ist|sind|bleibt|bleiben|macht|ergibt)\b.{0,200}"
        r"\b(?:also|dann|zusammen)\b",
        r"^\W*warum (?:ist|das|ich|frage)\b[^?]{0,25}\?",
    ),
    answered=any_of(
        r"^\W*(?:die antwort|ganz einfach|einfach|weil|nun|antwort:|lass uns|lassen sie uns|zuerst|zunächst"
        r"|wir (?:rechnen"
        r"|multiplizieren|addieren|wissen|nehmen|subtrahieren|teilen|beginnen|können)|das (?:ist|sind|ergibt|macht)"
        r"|es (?:ist|sind))\b",
        r"^\W*[$€£]?[0-9][^?]{0,200}=",
        r"^\W*[$€£]?[0-9][0-9,.]*%?(?: \w+){0,3}[.!]?$",
    ),
    opening=any_of(
        r"\b(?:folgende[nrs]?|fragen|brauche|bräuchte|benötige|fehlen|fehlt|wissen|angaben|informationen"
        r"|details)\b[^?]{0,200}:$",
        rf"^\W*(?:offene |meine |noch |einige )*(?:fragen|fehlende {_INFO}\w*|benötigte {_INFO}\w*)\b.{{0,30}}:?$",
    ),
    split=re.compile(
        rf"(?:,? (?:und|sowie)(?: auch| außerdem| noch)? |; |, )(?=(?:(?:in|an|auf|für|um|mit|zu|von|aus|bis|ab"
        rf"|seit|pro"
        rf"|nach|bei) )?{_QUESTION}\b(?! auch\b))"
        rf"|,? (?:und|sowie)(?: auch| noch)? (?=(?:ist|sind|gibt|hat|haben|wird|werden|war|kostet|dauert) (?:es"
        rf"|der|die|das"
        rf"|er|sie|ein|eine)\b)"
        rf"|(?:,? (?:und|sowie)(?: auch)? |, )(?=(?:der|die|das|den|dem|ihre?n?"
        rf"|eine?n?) (?:[\w-]+ ){{0,2}}?[\w-]*{_THING}\b)",
        re.IGNORECASE,
    ),
    purpose=re.compile(
        r",? (?:damit|bevor|sodass|so dass|dann (?:kann|könnte)|sobald|und dann|erst dann) \b[^?]{0,200}$"
        r"|,? um (?=[^?]{0,150}\b(?:zu \w+|\w{2,15}zu\w{3,12}en)\b)[^?]{0,200}$"
        r"|^\W*um [^,?]{0,200}\b\w*zu\w* ?\w*,? (?=(?:brauche|bräuchte|benötige|müsste|muss|fehl|wüsste|wäre|möchte))"
        r"|^\W*(?:damit|bevor|ehe) (?:ich|wir) [^,?]{0,200}, (?=\w)",
        re.IGNORECASE,
    ),
)
