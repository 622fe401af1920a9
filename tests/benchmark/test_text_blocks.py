import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.problem import TextForm
from askfirst.benchmark.reader import read_turn

NOTICE = TextForm(noun="notice")
EMAIL = TextForm(noun="email")
POOL = "The Westfield pool is closed from 3 to 9 May. The reason is new tiles. Call 555-0134."
LETTER = (
    "Subject: Pool closed\n\nDear Mia,\n\nThe pool closes soon: from 3 to 9 May.\n\n"
    "- bring nothing\n- call us\n\nYour team"
)
SAID = 'Write the notice about the pool. The notice ends with the question "What do moths eat?"'

TEXTS = {
    "the bare text": (POOL, POOL),
    "a letter with a subject, a salutation, colons and bullets": (LETTER, LETTER),
    "a lead-in": (f"Here is the notice:\n\n{POOL}", POOL),
    "a lead-in on the line above": (f"Here's a draft for you:\n{POOL}", POOL),
    "a lead-in on the same line": (f"Sure! Here is the notice: {POOL}", POOL),
    "a lead-in in bold": (f"**Here is the notice:**\n\n{POOL}", POOL),
    "a label": (f"**Notice:**\n\n{POOL}", POOL),
    "chat before it": (f"Sure!\n\n{POOL}", POOL),
    "thanks before it": (f"Thank you for the details!\n\nHere is the notice:\n\n{POOL}", POOL),
    "an offer after it": (f"{POOL}\n\nLet me know if you'd like any changes!", POOL),
    "an offer on its last line": (f"{POOL} Let me know if you would like any changes.", POOL),
    "an offer asked after it": (f"{POOL}\n\nWould you like me to make it shorter?", POOL),
    "hope after it": (f"{POOL}\n\nI hope this helps!", POOL),
    "a word count after it": (f"{POOL}\n\n(Word count: 17)", POOL),
    "an account of itself after it": (f"{POOL}\n\nThis notice meets all your wishes:\n\n- 17 words\n- a number", POOL),
    "rules around it": (f"Here it is:\n\n---\n\n{POOL}\n\n---\n\nFeel free to adjust it.", POOL),
    "rules without blank lines": (f"Here's the notice:\n---\n{POOL}\n---", POOL),
    "an account before rules": (f"As you don't know, I left out the price:\n\n---\n{POOL}\n---", POOL),
    "a remark in brackets after it": (f"{POOL}\n\n(17 words. Let me know if you want a softer tone!)", POOL),
    "a fence": (f"Here is the notice:\n```\n{POOL}\n```\nLet me know!", POOL),
    "a question to its readers": (f"{POOL} Any questions? Call us.", f"{POOL} Any questions? Call us."),
    "a letter that asks its reader": (
        "Dear Mia,\n\nThe pool is closed. Do you have a key? Could you tell us when you come?\n\nYour team",
        "Dear Mia,\n\nThe pool is closed. Do you have a key? Could you tell us when you come?\n\nYour team",
    ),
    "a question that opens it": (
        "Lost your jacket? It was found in the gym. Fetch it in room 12.",
        "Lost your jacket? It was found in the gym. Fetch it in room 12.",
    ),
    "a question that the user dictated": (f"{POOL} What do moths eat?", f"{POOL} What do moths eat?"),
    "a demand on its readers": (f"{POOL} Please give your child a scarf.", f"{POOL} Please give your child a scarf."),
    "a list that it leads over to": (
        "These clubs meet after lunch:\n- judo in the gym\n- chess in room 4",
        "These clubs meet after lunch:\n- judo in the gym\n- chess in room 4",
    ),
    "words of regret": (
        "We are sorry that the pool is closed. We can't say when it will open. Please call 555-0134 next week.",
        "We are sorry that the pool is closed. We can't say when it will open. Please call 555-0134 next week.",
    ),
    "good news": (
        "Great news: the pool is open now, and you can swim.",
        "Great news: the pool is open now, and you can swim.",
    ),
}

QUESTIONS = {
    "one about the text": "Which phone number should the notice give?",
    "one about a fact": "When does the pool reopen?",
    "after what is known": "I have the place, the dates and the reason. When does the pool reopen?",
    "two in chat": "I'd be happy to write the notice! Could you tell me the phone number and the length?",
    "a list": "Before I write it, a few questions:\n- What is the phone number?\n- How long should it be?",
    "a list of questions about the text": (
        "Before I write it, I have some questions:\n\n"
        "- What should the last line of the notice be?\n- Where is the pool?"
    ),
    "after an announcement": "I have a question before I start.\n\nWhich phone number should the notice give?",
    "after a draft": f"{POOL}\n\nWhich phone number should the notice give?",
    "after a greeting": "Hello!\n\nHow long should the notice be?",
    "a demand": "To write the notice, I need the phone number.",
    "in bold": "**Which phone number** should I put into the notice?",
}

NO_TEXT = {
    "a refusal": ("I can't write this without more details.", "refuse"),
    "a promise": ("I'd be happy to write the notice once I have everything.", "discussion"),
    "chat": ("Sure, I can help with that!", "discussion"),
    "an offer": ("Let me know if you'd like any changes to the notice.", "discussion"),
    "a few words": ("The pool is closed.", "discussion"),
    "a text that breaks off": ("The pool is closed from 3 to 9 May because of the", "discussion"),
    "a long line without an end": ("The pool is closed from 3 to 9 May and so is our caf", "discussion"),
    "a plan": (
        "Here is how I'd build it:\n\n- a headline\n- the dates\n\nI'll put it all together next.",
        "discussion",
    ),
    "a template": ("[Pool name] is closed from [start] to [end] because of [reason]. Call us.", "discussion"),
    "the task again": ("Write the notice about the pool. It is for the guests of the pool.", "discussion"),
    "words about the text": ("You are right, the notice has exactly three sentences now.", "discussion"),
    "babble": ("pool, pool, closed, pool, closed, pool, pool, closed, pool, " * 6, "discussion"),
    "a text for each case": (
        "The notice could go like this, depending on the day:\n\n"
        '- in May: "The pool is closed in May."\n- in June: "The pool is closed in June."',
        "hedge",
    ),
    "a plan in Chinese": ("您想要一份通知。我会先列提纲,然后再写正文,总共三句话 pool one two three.", "discussion"),
}

MARKED = {
    "below": (f"ANSWER:\n{POOL}", POOL),
    "on its line": (f"ANSWER: {POOL}", POOL),
    "fenced": (f"ANSWER:\n```\n{POOL}\n```\nLet me know if you'd like changes!", POOL),
    "a letter": (f"ANSWER:\n{LETTER}", LETTER),
    "with an offer": (f"ANSWER:\n{POOL}\n\nLet me know if you'd like changes!", POOL),
    "between rules": (f"ANSWER:\n---\n{POOL}\n---", POOL),
    "after a lead-in": (f"ANSWER:\nHere is the notice:\n\n{POOL}", POOL),
    "a text that begins like a lack": (
        "ANSWER:\nMissing: a grey cat. Call 555-0134.",
        "Missing: a grey cat. Call 555-0134.",
    ),
    "a text that asks": (f"ANSWER:\n{POOL} Any questions?", f"{POOL} Any questions?"),
    "a short text": ("ANSWER:\nPool closed.", "Pool closed."),
    "a text that thanks": ("ANSWER:\nSure! I'll be there.", "Sure! I'll be there."),
    "after chat": (f"All is clear now.\n\nANSWER:\n{POOL}", POOL),
}


@pytest.mark.parametrize(("message", "text"), TEXTS.values(), ids=list(TEXTS))
def test_an_unmarked_message_holds_its_text_without_remarks_to_the_user(message, text):
    reading = read_turn(message, NOTICE, said=SAID)
    assert (reading.kind, reading.answer, reading.questions) == ("answer_attempt", text, ())


@pytest.mark.parametrize("message", QUESTIONS.values(), ids=list(QUESTIONS))
def test_a_message_that_asks_the_user_is_no_text(message):
    reading = read_turn(message, NOTICE, said=SAID)
    assert not reading.attempted
    assert reading.kind in ("clarification", "interrogation")


@pytest.mark.parametrize(("message", "kind"), NO_TEXT.values(), ids=list(NO_TEXT))
def test_a_message_about_writing_is_no_text(message, kind):
    assert read_turn(message, NOTICE, said=SAID).kind == kind


@pytest.mark.parametrize(("message", "text"), MARKED.values(), ids=list(MARKED))
def test_a_marked_text_is_what_stands_below_the_marker(message, text):
    reading = read_turn(message, NOTICE, said=SAID)
    assert (reading.answer, reading.source, reading.mixed) == (text, "marker", False)


@pytest.mark.parametrize("words", ["unknown", "N/A", "I need more information.", "I can't write it yet.", "pending"])
def test_marked_words_that_say_there_is_no_text_are_no_attempt(words):
    assert not read_turn(f"ANSWER:\n{words}", NOTICE).attempted


@pytest.mark.parametrize("lead", ["Here is the notice:\n\n", "ANSWER:\n"], ids=["announced", "marked"])
def test_a_question_to_the_user_after_a_text_makes_the_turn_mixed(lead):
    reading = read_turn(f"{lead}{POOL}\n\nWhich phone number should the notice give?", NOTICE, said=SAID)
    assert (reading.answer, reading.mixed) == (POOL, True)
    assert reading.questions == ("Which phone number should the notice give?",)


def test_the_noun_of_the_text_decides_what_is_about_it():
    message = f"{POOL}\n\nWould you like the email in another tone?"
    assert read_turn(message, EMAIL).answer == POOL


@given(st.text(alphabet="Dear Mia,?!.:-*#>\n`~\"'0I", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_message_gets_a_reading_whose_text_stands_in_it(message):
    reading = read_turn(message, NOTICE, said=SAID)
    assert reading.attempted == (reading.kind == "answer_attempt")
    assert not reading.answer or "".join(reading.answer.split()) in "".join(message.split())


@pytest.mark.parametrize(
    "piece", ["Sure!\n\n", "---\n", "here is ", " " * 400 + "a", "- a\n\n", "the notice? ", "let me know ", "```\n"]
)
def test_a_long_message_is_read_in_linear_time(piece):
    started = time.process_time()
    read_turn(piece * (32_000 // len(piece)), NOTICE, said=SAID)
    assert time.process_time() - started < 6
