"""Spanish: the words of its grammar, its inflection, and how it asks."""

import unicodedata
from collections.abc import Iterator

from askfirst.benchmark.languages.language import Language, read_forms, read_grammar
from askfirst.benchmark.languages.spanish_asking import ASKING

GRAMMAR = read_grammar("""
    a qué hora, qué hora, a que hora > what time; cuántas veces, cuantas veces > how many times;
    cuánto tiempo, cuanto tiempo, por cuánto tiempo, durante cuánto tiempo > how long; cuánto dura, cuánto duran,
    cuánto duró, cuanto dura > how long last; cuánto tarda, cuánto tardan, cuánto tardó > how long take;
    cuánto cuesta, cuánto cuestan, cuánto costó, cuánto costaron, cuánto costaba, cuánto vale, cuánto valen,
    cuanto cuesta, cuanto cuestan, cuanto vale > how much does cost; cuánto pesa, cuánto pesan, cuanto pesa > how heavy;
    cuánto mide de ancho, cuánto miden de ancho > how wide; cuánto mide de alto > how high; cuánto mide de largo > how long; cuánto mide, cuánto miden, cuanto mide > how long; cuántos años, cuantos años, qué edad > how old;
    cuántos, cuántas, cuantos, cuantas > how many; cuánto, cuánta, cuanto, cuanta > how much; a cuánto > how much;
    cada cuánto tiempo, cada cuánto, con qué frecuencia > how often; a qué distancia, qué tan lejos > how far;
    a qué velocidad > how fast; qué tan > how; cuándo, cuando > when; para cuándo, hasta cuándo > when deadline;
    qué día, en qué día > what day; qué fecha, en qué fecha, para qué fecha > what date; dónde, donde > where;
    adónde, a dónde, hacia dónde > to where; desde qué, de qué ciudad > from which; a qué ciudad > to which city; hacia qué, a qué lugar, a qué aeropuerto, a qué destino > to which; de dónde, desde dónde > from where; quién, quiénes, quien > who;
    de quién > whose; por qué > why; para qué > what purpose; de qué se trata, de qué trata > what topic;
    de qué material, de qué está hecho, de qué está hecha, de qué están hechos, de qué están hechas > what material;
    cómo se llama, cómo se llaman, como se llama > what name called; cómo, como > how; qué tipo de, qué clase de > what kind;
    de qué color, qué color > what color; qué tamaño > what size; qué > what; cuál, cual > what; cuáles, cuales > which;
    será, serán, serían, es, está, sea, ser, estar, fuera, sería, estaba > is; son, están, estaban > are; era, fue > was; eran, fueron > were;
    hay, había, hubo, habrá, habían, haya > are there; ha, han, he, haber, hemos > has; puede, pueden, puedes, podría, podrías,
    podrían, podéis, poder > can; debe, deben, debería, deberían, debo, debemos > should; tiene que, tienen que, hay que >
    must; va a, van a > will; el, la, los, las, lo > the; un, una, unos, unas > a; del, de, de la > of; al > to the;
    yo > i; tú, usted, ustedes, vosotros, ti > you; me, mí > me; nos, nosotros > us; te, le, les, se, os, mi, mis, tu, tus, su, sus,
    nuestro, nuestra, nuestros, nuestras, ella, él, ellos, ellas, eso, esto, este, esta, estos, estas, ese, esa, esos,
    esas, aquel, aquella, dicho, dicha, cuyo, cuya, así, entonces, bien, sí, hola, gracias, vale, claro, perfecto, exacto,
    exacta, exactos, exactas, exactamente, aproximadamente, concreto, concreta, específico, específica, genial >;
    a > to; en > in; con > with; por > per; para > for; y, e > and; o, u > or; pero > but; que > that; si > whether;
    según > by; por favor, porfavor > please; también, además, así como > also; no > not; muy, tan, ya que >;
    sobre > about; acerca de, respecto a > about; hasta > until; desde > from; como > as; ambos, ambas > ;
    decirme, decir, dime, dígame, digame, decirnos, dinos, díganos, contarme, cuéntame, cuénteme > tell;
    saber, sabe, sabes, conocer, averiguar > know; darme, dame, deme, déme, dar, darnos > give;
    proporcionar, proporcionarme, proporcióname, proporcione, proporcióneme, facilitarme, facilíteme, brindarme,
    ofrecerme, aportar > provide; indicarme, indica, indique, indíqueme, indícame, indicar > indicate;
    confirmar, confirmarme, confirme, confírmame, confirma > confirm; especificar, especifique, especifica, precisar >
    specify; aclarar, aclararme, aclare, aclárame > clarify; explicarme, explíqueme > explain; compartir, compártame > share;
    necesito, necesitaría, necesitamos, necesitaríamos, me falta, me faltan, nos falta, nos faltan, me hace falta,
    me hacen falta, falta saber, falta, hace falta saber, requiero > need; quisiera, querría, me gustaría, quiero,
    desearía > would like; mencionar, mencionaste, mencionó > mention; más > more; todo > everything;
    todos los, todas las, todos, todas > all; algún, alguna, algunos, algunas > any; otra cosa, algo más > anything else; qué más > what else; tenéis, tiene, tienen, tienes > have; vais a, vas a > will; me haría falta, nos haría falta, haría falta > need;
    uno, mucho, mucha, muchos, muchas, tanto, tanta, tantos, tantas, aunque, luego, pues, tal, tales, cualquier,
    cualquiera, ante, mientras, siendo, soy, estoy, eres, estás, estamos, somos, sido, estado, embargo, sin embargo, ello,
    mediante, propio, propia, propios, propias, aquellos, aquellas, has, hubiera, habría, sean, haya, hayan, tenga, tengan,
    etc, tampoco, aún, apenas, incluso, realmente, actual, posible, general, en general, en concreto, en particular,
    por ejemplo, vez que, o sea, suele, suelen, sueles, quedamos, os gustaría, te gustaría, le gustaría, dado, dada,
    debido, cuenta con, llamada a, aparte, mejor dicho, justo, ahí, allí, aquí, ahora mismo, tras, durante la, respectivamente >;
    haber que > must; queréis, quiere, quieren, quieres > want; qué pasa si, qué pasa, qué ocurre, qué sucede > what happens; se llama, se llaman > name called
""")

IRREGULAR = read_forms("""
    tener: tiene tienen tengo tenía tenían tuvo tuvieron tendrá tienes tenido; hacer: hace hacen hizo hicieron hecho
    hecha hechos hechas hago hará; poner: pone ponen puso pusieron puesto pongo; venir: viene vienen vino vinieron
    vengo; ir: va van iba iban fui irá irán voy yendo ido; ver: ve ven vio vieron visto veo; dar: da dan dio dieron doy
    dado; decir: dice dicen dijo dijeron; traer: trae traen trajo trajeron traído; querer: quiere quieren quería quiso
    quieres; saber: sabe sabía supo; salir: sale salen salgo saldrá; caber: cabe caben cabía cabían cupo quepan;
    conducir: condujo conduce; jugar: juega juegan jugó juego; dormir: durmió duerme duermen; seguir: sigue siguen
    siguió; servir: sirve sirven sirvió; pedir: pide piden pidió pidieron; elegir: elige eligen eligió;
    medir: mide miden midió; escribir: escrito escrita escritos escritas; romper: roto rota rotos rotas; abrir: abierto
    abierta; cubrir: cubierto; morir: murió muere muerto; volver: vuelto vuelve; devolver: devuelto; freír: frito;
    leer: lee leen leyó leído leídos; caer: cae caen cayó caído; oír: oye oyen oyó; construir: construye construyó;
    incluir: incluye incluyen incluido; oler: huele; llegar: llegó llegaron llegue; pagar: pagó pague; sacar: sacó saque;
    empezar: empezó empiece; sentir: siente; reír: ríe; creer: cree; poseer: posee; contener: contiene contienen;
    mantener: mantiene; obtener: obtiene obtienen obtuvo; despertar: despierta; mostrar: muestra; lápiz: lápices;
    vez: veces; pez: peces; luz: luces; voz: voces; nuez: nueces; juez: jueces; cruz: cruces; mes: meses; rey: reyes;
    país: países; gas: gases; joven: jóvenes; examen: exámenes; imagen: imágenes; orden: órdenes; bus: buses
""")

_ENDINGS = (
    "s", "es", "a", "o", "as", "os", "e", "an", "en", "aba", "aban", "ó", "aron", "ieron", "ió", "ía", "ían", "ado", "ada",
    "ados", "adas", "ido", "ida", "idos", "idas", "ando", "iendo", "ar", "er", "ir", "ará", "arán", "erá", "erán", "irá",
    "irán", "aría", "ería", "iría", "amos", "emos", "imos", "arse", "erse", "irse", "aste", "iste", "é", "í", "aré",
    "arla", "arlo", "arlas", "arlos", "ito", "ita", "itos", "itas", "mente", "amente", "áis", "éis", "ís", "isima", "isimo", "arme", "arnos", "arse", "irla", "irlo",
    "irlas", "irlos", "erla", "erlo", "erlas", "erlos", "ieran", "iera", "iese",
)  # fmt: skip
_LEAST = 2


def fold_spanish(word: str) -> str:
    """Return a word without accents."""
    return word if word.isascii() else "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


_FOLDED_ENDINGS = tuple(dict.fromkeys(fold_spanish(ending) for ending in _ENDINGS))


def forms_of_spanish(word: str) -> Iterator[str]:
    """Yield what a Spanish word may be a form of: itself, its plain verb, and itself without endings."""
    yield word
    if (plain := IRREGULAR.get(word)) is not None:
        yield plain
    folded = fold_spanish(word)
    yield folded
    for ending in _FOLDED_ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= _LEAST:
            root = folded[: -len(ending)]
            yield root
            yield from _changed(root)


def _changed(root: str) -> Iterator[str]:
    """Undo what inflection does to a root ("cuest" of "costar", "empiez" of "empezar", "saqu" of "sacar")."""
    for new, old in (("ue", "o"), ("ie", "e")):
        place = root.rfind(new)
        if place >= 0 and len(root) > 3:
            yield root[:place] + old + root[place + 2 :]
    if root.endswith("qu"):
        yield root[:-2] + "c"
    elif root.endswith("gu"):
        yield root[:-1]
    elif root.endswith("c"):
        yield root[:-1] + "z"


SPANISH = Language(
    code="es",
    markers=frozenset(
        """
        el los las una unos unas del y por para con sin qué cuál cuáles cuál cuánto cuánta cuántos cuántas cuanto
        cuantos cuantas cuando cuándo dónde donde quién quiénes cómo como es son está están hay tiene tienen puede
        puedes podría podrías necesito saber decirme dime dígame cuesta cuestan precio número también más favor se su
        sus lo le les que cada este esta esto eso pero si sobre hasta desde gracias hola necesitaría quisiera
        información fecha hora cantidad usted ustedes fue han ha había era mi tu nos al o e muy todo todos todas alguna algún algunas algunos seran será serán otra
        otro algo faltan falta datos detalles proporcionar darme en de la un cual cuales
        """.split()
    ),
    grammar=GRAMMAR,
    forms=forms_of_spanish,
    compounds=False,
    asking=ASKING,
)
