"""What is a kind of what, for the question matcher: a question may name the kind ("Which animal ...?") of a fact.

Plain data about everyday English: `kind or kind: member member ...`.
"""

from askfirst.benchmark.vocabulary import entries

# fmt: off

_KINDS = """
    animal creature beast pet companion: dog cat horse cow sheep goat pig hen duck goose bird falcon hawk owl raven
    crow toad frog ferret rat mouse rabbit hare fox wolf bear deer fish snake lizard bee camel donkey mule parrot
    pigeon eagle hound spaniel setter kitten puppy hamster squirrel hedgehog bat swan dolphin whale seal penguin
    dragon newt tortoise turtle; bird: falcon hawk owl raven crow parrot pigeon eagle swan kingfisher coot grebe heron
    robin sparrow duck goose hen gull stork canary; dog: hound spaniel setter terrier poodle collie; insect: bee ant
    fly wasp beetle butterfly moth; fish: trout salmon herring cod carp; plant: cactus palm fern rose tulip sunflower
    ivy tree herb vine orchid lily; flower: rose tulip sunflower daisy lily orchid carnation dahlia; tree: oak ash
    elder birch beech pine maple willow fir larch cherry walnut; wood timber material: oak ash elder birch beech pine
    maple walnut mahogany ebony cedar willow plywood; material substance fabric stuff: wood metal glass plastic stone
    paper cardboard leather wool cotton silk linen felt velvet wicker gauze rubber acrylic plywood fleece clay wax tin
    steel iron brass copper silver gold aluminium enamel ceramic porcelain cork concrete brick canvas nylon horn bone
    wax starch resin; metal: tin steel iron brass copper silver gold aluminium bronze lead zinc; fruit: apple pear
    plum cherry orange lemon banana grape peach melon strawberry raspberry blueberry apricot mango kiwi berry fig;
    vegetable: carrot potato onion tomato leek pumpkin cabbage pea bean cucumber pepper lettuce spinach beet; food
    meal dish: soup bread cake pie pasta rice salad stew dumpling sandwich pizza cheese egg meat fish curry noodle;
    soup flavor: lentil tomato pumpkin noodle leek; meal: breakfast lunch dinner supper brunch; course: starter main
    dessert; drink beverage: tea coffee juice water milk wine beer lemonade cocoa potion; sweet dessert: cake cookie
    pudding chocolate candy pie; ingredient: flour sugar butter egg milk salt yeast honey oil cream; spice flavor
    taste: vanilla cinnamon pepper mint nettle ginger lemon chocolate strawberry; color shade tint tone: red blue
    green yellow orange purple pink brown black white grey silver gold cream turquoise beige violet amber ivory
    maroon; shape form: round square oval rectangular triangle straight curled bent frayed rounded; position place
    location setting height level: top middle bottom left right upper lower front back centre; furniture: chair table
    bed stool sofa desk shelf cupboard bench wardrobe cabinet; container vessel packaging: box bag bottle jar tin can
    basket crate barrel carton bucket bowl cup case sack packet; clothing garment clothes outfit: coat jacket shirt
    dress trousers hat cap hood glove shoe boot scarf cloak sock costume gown skirt; headgear: hat cap hood helmet;
    footwear: shoe boot sandal slipper; jewelry: ring necklace bracelet; vehicle transport: car bus train tram bicycle
    bike boat ship plane van lorry truck wagon ferry taxi motorbike scooter; boat vessel: ship ferry canoe yacht
    barge; tool: hammer saw screwdriver drill needle brush knife spade shovel rake; instrument: cello violin piano
    guitar flute drum banjo bassoon trumpet harp oboe clarinet organ; music genre style: jazz folk swing techno opera
    reggae rock pop blues classical; game sport: tennis football chess badminton cards golf hockey basketball
    volleyball skiing rugby; surface ground: clay grass hard carpet sand gravel; building: house hut cabin castle
    church tower barn school hotel shed; lodging accommodation: hotel inn hostel farmhouse hut tent apartment;
    institution: school college university; place: town city village country; relative family: mother father brother
    sister aunt uncle cousin grandmother grandfather son daughter; person employer superior: boss bishop earl abbess
    king queen duke lord; profession job: teacher doctor baker farmer nurse clerk lawyer; weekday day: monday tuesday
    wednesday thursday friday saturday sunday; month: january february march april june july august september october
    november december; season: spring summer autumn winter fall; era period: antiquity baroque renaissance medieval
    twenties rococo; language: english french spanish german italian latin chinese; unit: metre centimetre kilometre
    gram kilogram litre mile inch foot millimetre; currency: dollar euro pound cent franc; weather: rain snow wind sun
    storm fog; sound noise: buzz rustle hum click rattle squeak whistle beep ring; pattern: striped dotted dashed
    solid plain checked spotted; frequency interval: daily weekly fortnightly monthly quarterly yearly; direction:
    left right north south east west clockwise counter-clockwise; light: candle lamp lantern torch lamp; publication:
    book newspaper magazine bulletin newsletter; card pass: ticket permit voucher; opening: greeting salutation title
    heading caption; exhibit: anchor compass foghorn net vase statue painting; transformation change: rotation mirror
    turn flip; jewel gem: diamond ruby emerald pearl; weapon: sword bow spear dagger axe; expense: cost prize fee rent
    price; room: kitchen bathroom cellar hall attic office; part component: knob dial belt lever filter screw wheel
    spring plug funnel; covering: velvet wicker gauze lid curtain; vegetation: grass moss meadow; writing: letter text
    note essay; feature: pool balcony projector whiteboard loudspeaker; dimension size measurement: width height
    length depth;
"""

MEMBERS_BY_KIND = {
    kinds.strip(): members.split() for kinds, _, members in (entry.partition(":") for entry in entries(_KINDS))
}
"""Members of a kind by the words for the kind."""
