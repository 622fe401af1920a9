"""Sentences of a chatty user that have nothing to do with any problem.

No number, no question, and no content word that a template uses: a test holds them to it, so that nothing here can pass
for a fact, or for an answer to a question.
"""

SMALL_TALK: tuple[str, ...] = (
    "Ah, the seaside, I adore it.", "Alas, I am a procrastinator.", "Drizzle, ugh.", "Forgive my rambling.",
    "Frogs fascinate me.", "Goodness, I am sleepy.", "Gosh, I am thirsty.", "Grasshoppers fascinate me.",
    "How I adore icicles.", "I adore drizzle.", "I adore fluffy kittens.", "I adore puns.", "I adore squirrels.",
    "I adore thunderstorms.", "I am blushing.", "I am bored.", "I am fidgeting.", "I am giggling.", "I am grinning.",
    "I am humble.", "I am jittery.", "I am procrastinating, alas.", "I am shivering.",
    "I am slouching.", "I am smirking.", "I am sniffling.", "I am so clumsy.", "I am so drowsy.",
    "I am so fond of ladybirds.", "I am so forgetful.", "I am so nostalgic.", "I am squinting.",
    "I am such a chatterbox.", "I adore sloths.", "I cherish sunshine.", "I detest mosquitoes.", "I envy sloths.",
    "I giggled.", "I just hiccuped.", "I love moonlight.", "I stubbed my toe, ouch.", "I was daydreaming.",
    "I was reminiscing.", "I was scribbling doodles.", "I was woolgathering.", "I yearn for snowflakes.",
    "Jellyfish are weird.", "Moonlight is so romantic.", "My earlobes are tingling.", "My elbow is itching.",
    "My eyebrows are twitching.", "My eyelashes are itching.", "My eyelids are twitching.", "My kitten is adorable.",
    "My kitten is mewing.", "My kitten is snoring.", "My kitten just sneezed.", "My elbow is tingling.",
    "My nostrils are itching.", "My tonsils are itching.", "My tummy is grumbling.",
    "Oh, I just sneezed.", "Forgive my yammering.", "Puddles fascinate me.", "Dandelions are splendid.",
    "Snowflakes are splendid.", "Squirrels are so mischievous.", "Such a splendid sunrise.",
    "Such gorgeous sunshine.", "Thunderstorms frighten my kitten.", "Ugh, hiccups.", "What lovely sunshine.",
    "Yikes, thunderstorms.",
)  # fmt: skip
