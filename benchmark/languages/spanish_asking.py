"""How Spanish asks for facts, and how it only seems to."""

import re

from askfirst.benchmark.languages.language import Asking, any_of

_TELL = (
    r"(?:d[ií]ga(?:me|nos)|dime|dinos|decir(?:me|nos)?|dar(?:me|nos)|dame|d[eé]me|proporci[oó]n\w*|indi(?:ca"
    r"|que|car)\w*|ind[ií]\w*"
    r"|confirm\w+|conf[ií]rm\w+|especifi\w+|especif[ií]\w+|aclar\w+|acl[aá]r\w+|compart\w+|comp[aá]rt\w+"
    r"|facilit\w+|facil[ií]t\w+"
    r"|explic\w+|expl[ií]\w+|describ\w+|descr[ií]b\w+|mencion\w+|menci[oó]n\w+|brind\w+|cu[eé]nt\w+|contar(?:me"
    r"|nos)?|env[ií]\w+"
    r"|precis(?:ar|e)\w*|detall(?:ar|e|a)\w*|h[aá]ga(?:me|nos) saber|hazme saber|aport\w+|ofrec\w+|list(?:ar|e|a)\w*)"
)
_QUESTION = r"(?:cu[aá]nt[oa]s?|qu[eé]|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|ad[oó]nde|qui[eé]n(?:es)?|c[oó]mo|si)"
_ASKING_WORD = r"(?:cu[aá]nt[oa]s?|qué|cuál(?:es)?|cuándo|dónde|adónde|quién(?:es)?|cómo)"
_THING = (
    r"(?:precio|n[uú]mero|cantidad|coste|costo|fecha|hora|nombre|lugar|direcci[oó]n|duraci[oó]n|tamaño|color|longitud"
    r"|anchura|ancho|altura|peso|temperatura|distancia|velocidad|t[ií]tulo|presupuesto|descuento|tarifa|alquiler|edad"
    r"|tipo|d[ií]a|destino|motivo|raz[oó]n|estado|importe|porcentaje|tema|nivel|capacidad)"
)
_START = (
    r"^[\W]*(?:(?:entonces|bien|vale|perfecto|claro|ok|genial|gracias|y|pero|o|muy bien|de acuerdo"
    r"|estupendo)\b[,.!]?\s*[¿¡]*)*"
)

ASKING = Asking(
    demand=any_of(
        rf"\b{_TELL}\b[^?]{{0,200}}\bpor favor\b|\bpor favor\b[^?]{{0,200}}\b{_TELL}\b",
        r"^\W*(?:(?:y|entonces|también|pues|bien),? )*(?:dime|d[ií]ga(?:me|nos)|dame|d[eé]me|ind[ií]que(?:me"
        r"|nos)?|ind[ií]came"
        r"|proporci[oó]ne?(?:me|nos)|confírm(?:ame|eme)|conf[ií]rm(?:ame|eme)|acl[aá]r(?:ame|eme)|cu[eé]nt(?:ame|eme)"
        r"|especifique|especifica|comp[aá]rt(?:eme|ame)|h[aá]game saber|hazme saber|facil[ií]t(?:ame|eme)"
        r"|d[ií]gannos)\b",
        r"\b(?:necesito|necesitar[ií]a|necesitamos|necesitar[ií]amos|requiero)\b(?! (?:nada|m[aá]s nada|sumar|restar"
        r"|multiplicar|dividir|calcular|hacer)\b)(?! [$€]?\d)",
        r"(?<!no )\b(?:me|nos) (?:hace |hacen |har[ií]a |har[ií]an )?falta[n]?\b",
        r"\b(?:a[uú]n|todav[ií]a|solo|s[oó]lo|tambi[eé]n) (?:me |nos )?(?:hace |hacen )?falta[n]?\b",
        r"^\W*(?:pero )?(?:hace falta|falta|faltan) (?:saber|conocer|por|el|la|los|las|alg[uú]n|m[aá]s)\b",
        r"\b(?:quisiera|querr[ií]a|me gustar[ií]a|quiero|desear[ií]a|deseo)\b(?: tambi[eé]n| primero| solo)?"
        r" (?:saber|conocer|preguntar|tener|confirmar|entender|que me (?:diga|dijera|indique))\b",
        r"\b(?:ser[ií]a|es|resultar[ií]a)(?: muy| m[aá]s| de gran)? (?:[uú]til|importante|necesario|bueno"
        r"|conveniente|fundamental"
        r"|imprescindible|ayuda) (?:saber|conocer|que me|tener|contar con|si me|si pudiera)\b",
        r"\bayudar[ií]a(?: mucho)? (?:saber|conocer|tener|si)\b",
        rf"\b(?:no s[eé]|desconozco|me pregunto)\b[^?]{{0,12}}(?:{_ASKING_WORD}|si|el|la)\b",
        r"\b(?:no (?:est[aá] claro|queda claro|se indica|se especifica|se menciona|ha mencionado|has mencionado"
        r"|ha indicado"
        r"|has indicado|ha dicho|has dicho|me ha dicho|me has dicho))\b",
        rf"\b(?:puede|puedes|podr[ií]a|podr[ií]as|podr[ií]an|pueden)\b[^?]{{0,200}}\b{_TELL}\b",
        r"\b(?:debo|debemos|tengo que|tenemos que|hay que) (?:saber|conocer)\b",
        r"\bqueda(?:n)? por saber\b|\bpor saber:",
        rf"^\W*(?:y )?(?:tambi[eé]n )?(?:el|la|los|las) {_THING}\b[^?]{{0,60}}, por favor\b",
    ),
    no_demand=any_of(
        r"\bno (?:me |nos )?(?:necesito|necesitamos|hace falta|hacen falta|falta|faltan|requiero)\b",
        r"\b(?:ya )?(?:tengo|tenemos)(?: ya)? (?:toda|todos|todo)\b",
        r"\bsi (?:necesita[s]?|necesitan|tiene[s]?|quiere[s]?|desea[s]?)\b[^?]{0,200}\b(?:ayuda|m[aá]s|dudas?"
        r"|preguntas?|algo|otra)\b",
        r"^\W*(?:puedo|podr[ií]a) (?:ayudar|explicar|decir|darte|darle|mostrar)\w*\b",
    ),
    courtesy=any_of(
        rf"{_START}(?:quiere|quieres|quieren|desea|deseas|le gustar[ií]a|te gustar[ií]a|les gustar[ií]a"
        rf"|prefiere[s]?|necesita[s]?)"
        rf"(?: tambi[eé]n| entonces| ahora)? (?:que (?:yo |te |le |se lo |te lo |lo |la |les |continúe|siga"
        rf"|haga|busque|calcule|explique"
        rf"|muestre|detalle|resuma|escriba|revise|proceda|desglose)|m[aá]s (?:detalles|informaci[oó]n|ayuda"
        rf"|ejemplos|explicaciones)"
        rf"|saber (?:m[aá]s|algo|c[oó]mo)|ver|ayuda|algo|alguna? (?:otra|m[aá]s|ayuda|explicaci[oó]n|ejemplo)"
        rf"|un ejemplo|una"
        rf" (?:explicaci[oó]n|aclaraci[oó]n)|continuar|seguir|otra|otro|intentarlo|o[ií]r|la explicaci[oó]n|los pasos)",
        rf"{_START}(?:puedo|podemos|podr[ií]a yo|debo|debemos|deber[ií]a)\b(?!.{{0,200}}\b(?:saber|preguntar|conocer"
        rf"|suponer|asumir"
        rf"|considerar|tener en cuenta|pedir)\w*\b)",
        rf"{_START}(?:hay |tiene[s]? |tienen |desea[s]? |necesita[s]? |quiere[s]? )?(?:algo|alguna"
        rf"|alg[uú]n)(?: otra?| cosa| pregunta"
        rf"| duda| comentario| m[aá]s)+\b(?!.{{0,200}}\b(?:saber|deba|debo|considerar|tener en cuenta|dato"
        rf"|informaci[oó]n|relevante"
        rf"|decir|aportar|mencionar|detalle)\b)",
        rf"{_START}(?:otra|alguna|m[aá]s) (?:pregunta|cosa|duda|consulta|preguntas|dudas)\b",
        rf"{_START}(?:te|le|les) (?:sirve|ayuda|parece|queda claro|gusta|ha quedado|resulta)\b",
        rf"{_START}(?:est[aá]|queda|es|es esto|es eso|est[aá]s|todo|todo est[aá]|est[aá] todo)(?: esto| eso"
        rf"| todo| ahora| usted)?"
        rf" (?:claro|bien|correcto|correcta|de acuerdo|listo|lista|conforme|ok|seguro|segura|lo que (?:busca"
        rf"|quer|necesita))\w*\b",
        rf"{_START}(?:de acuerdo|listo|entendido|verdad|cierto|no|ok|vale|correcto|preparado|comprende[s]?"
        rf"|entiende[s]?|me explico"
        rf"|conforme|seguro|tiene sentido|todo claro|todo bien|lista)\b[^?]{{0,15}}\?",
        rf"{_START}(?:c[oó]mo|en qu[eé]|de qu[eé] (?:manera|forma|otra)|qu[eé]) (?:m[aá]s |otra cosa )?(?:puedo"
        rf"|podr[ií]a|podemos)"
        rf" (?:ayudar|hacer|servir|asistir)\w*",
        rf"{_START}(?:qu[eé] (?:te|le|les) parece|qu[eé] opina[s]?|qu[eé] piensa[s]?)\b",
        rf"{_START}(?:c[oó]mo) (?:quiere|quieres|desea|deseas|le gustar[ií]a|te gustar[ií]a) (?:proceder"
        rf"|continuar|que|seguir)\b",
        rf"{_START}(?:seguimos|continuamos|procedemos|empezamos|comenzamos|probamos|lo (?:intentamos|explico"
        rf"|calculo|repasamos))\b",
        rf"{_START}(?:te|se|le|les|os) (?:lo |la |los |las )?(?:explico|muestro|cuento|ayudo|desgloso|detallo"
        rf"|resumo|calculo)\b",
        r"^\W*(?:esto|eso|todo|as[ií])\b[^,]{0,30}, ¿?(?:verdad|no|cierto|de acuerdo|vale|correcto)\?\W*$",
        r"\bc[oó]mo (?:est[aá]s?|le va|te va|se encuentra)\b[^,]{0,8}\?",
    ),
    rhetorical=any_of(
        r"\b(?:la|su|tu|nuestra) (?:pregunta|tarea)(?: original| inicial)?(?: es| era|:|,)",
        r"\b(?:quiere[s]?|quer[ií]a[s]?|pregunta[s]?|preguntaba[s]?|has preguntado|ha preguntado)(?: saber)? "
        + _ASKING_WORD,
        r"^\W*(?:c[oó]mo|qu[eé]) (?:calculamos|hacemos|resolvemos|se calcula|se resuelve|podemos (?:calcular"
        r"|resolver|saber"
        r"|hacer)|hallamos|encontramos|sabemos|empezamos|tenemos que hacer|debemos hacer|sigue|significa esto)\b",
        r"^\W*por qu[eé] (?:es|esto|eso|pregunto)\b[^?]{0,25}\?",
    ),
    answered=any_of(
        r"^\W*(?:la respuesta|muy sencillo|sencillo|f[aá]cil|porque|pues|respuesta:|vamos a|veamos|primero"
        r"|multiplicamos"
        r"|sumamos|restamos|dividimos|sabemos que|podemos|es simple|eso es|esto es|son \d|es \d)\b",
        r"^\W*[$€£]?[0-9][^?]{0,200}=",
        r"^\W*[$€£]?[0-9][0-9,.]*%?(?: \w+){0,3}[.!]?$",
    ),
    opening=any_of(
        r"\b(?:siguientes?|preguntas|necesito|necesitar[ií]a|faltan?|saber|datos|informaci[oó]n|detalles"
        r"|indique|indica|dime"
        r"|d[ií]game)\b[^?]{0,200}:$",
        r"^\W*(?:mis |algunas |unas )?(?:preguntas|datos (?:que faltan|necesarios)|informaci[oó]n (?:necesaria"
        r"|que falta|faltante))"
        r"\b.{0,30}:?$",
    ),
    split=re.compile(
        rf"(?:,? (?:y|e)(?: tambi[eé]n| adem[aá]s)? |,? as[ií] como |; |, )[¿]?(?=(?:(?:a|en|de|con|para|por"
        rf"|desde|hasta|cada) )?"
        rf"(?:cu[aá]nt[oa]s?|qu[eé]|cu[aá]l(?:es)?|cu[aá]ndo|d[oó]nde|ad[oó]nde|qui[eé]n(?:es)?|c[oó]mo) (?!se ve\b))"
        rf"|\? ?(?:y )?(?=¿)"
        rf"|,? y (?:tambi[eé]n )?(?=(?:es|son|hay|tiene|tienen|est[aá]|si hay|si el|si la) )"
        rf"|(?:,? (?:y|e)(?: tambi[eé]n)? |,? as[ií] como |, )(?=(?:el|la|los|las|su|sus|un|una"
        rf"|alg[uú]n) {_THING}s?\b)",
        re.IGNORECASE,
    ),
    purpose=re.compile(
        r",? para (?:poder )?(?:calcular|responder|ayudar|resolver|determinar|saber|darle|darte|dar|completar"
        r"|hacer|continuar"
        r"|proceder|obtener|hallar|encontrar|terminar|reservar|escribir|que pueda|que podamos)\w*\b[^?]{0,200}$"
        r"|^\W*para (?:poder )?(?:calcular|responder|ayudar|resolver|determinar|darle|darte|dar|completar"
        r"|continuar|proceder"
        r"|obtener|hallar|encontrar|reservar|escribir|hacer|saber)\w*\b[^,?¿]{0,200}, (?=\S)"
        r"|,? antes de (?:que pueda |poder )?\w+[^?]{0,200}$"
        r"|,? (?:as[ií]|y as[ií]|de modo que|as[ií] podr[eé])\b[^?]{0,200}$",
        re.IGNORECASE,
    ),
)
