import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.benchmark.problem import CallForm, ChoiceForm, NumberForm, Parameter
from askfirst.benchmark.reader import READER_IDENTITY, Reading, read_turn

APPLES = NumberForm(unit="apples")
DOLLARS = NumberForm(unit="dollars")
MINUTES = NumberForm(unit="minutes")
PERCENT = NumberForm(unit="percent")
BARE = NumberForm()
CAUSE = ChoiceForm(options=("clogged filter", "worn belt", "loose belt clip", "empty tank", "fan", "fan blade"))
TABLE = CallForm(
    function="book_table",
    parameters=(
        Parameter(name="restaurant", type="string", description="name of the restaurant"),
        Parameter(name="date", type="date", description="day of the visit"),
        Parameter(name="guests", type="integer", description="number of guests"),
        Parameter(name="area", type="enum", description="where to sit", options=("inside", "terrace"), required=False),
    ),
)
FORMS = {
    "apples": APPLES,
    "dollars": DOLLARS,
    "minutes": MINUTES,
    "percent": PERCENT,
    "bare": BARE,
    "cause": CAUSE,
    "table": TABLE,
}
CALL = 'book_table(restaurant="Blue Door", date="2031-05-04", guests=4)'

MARKED = {
    "plain": ("apples", "ANSWER: 12", "12"),
    "after work": ("apples", "Mia has 7 + 5 apples.\n\nANSWER: 12", "12"),
    "lower case with a stop": ("apples", "Answer: 12.", "12"),
    "bold marker": ("apples", "**ANSWER:** 12", "12"),
    "bold line": ("apples", "**ANSWER: 12**", "12"),
    "final answer": ("apples", "Final Answer: 12 apples", "12"),
    "heading": ("apples", "### Final Answer:\n\n12 apples", "12"),
    "bullet": ("apples", "- ANSWER: 12", "12"),
    "quoted block": ("apples", "> ANSWER: 12", "12"),
    "in a fence": ("apples", "```\nANSWER: 12\n```", "12"),
    "in ticks": ("apples", "`ANSWER: 12`", "12"),
    "same line": ("apples", "She has 7 and buys 5. ANSWER: 12", "12"),
    "value on the next line": ("apples", "ANSWER:\n12", "12"),
    "money": ("dollars", "ANSWER: $1,250.00", "1250"),
    "cents": ("dollars", "ANSWER: 50 cents", "0.5"),
    "time": ("minutes", "ANSWER: 3 h 20 min", "200"),
    "percent": ("percent", "ANSWER: 50%", "50"),
    "boxed": ("bare", r"ANSWER: $\boxed{12}$", "12"),
    "fraction": ("bare", "ANSWER: 10/3", "10/3"),
    "word": ("apples", "ANSWER: twelve", "12"),
    "with the sum": ("apples", "ANSWER: 7 + 5 = 12", "12"),
    "sum in brackets": ("apples", "ANSWER: 12 (7 + 5)", "12"),
    "sentence": ("apples", "ANSWER: Mia has 12 apples left.", "12"),
    "sentence with another number": ("apples", "ANSWER: Each of her 4 friends got 12 apples", "12"),
    "bold in a sentence": ("bare", "Answer: With 8 red, 6 green and 14 blue coins she can buy **66 balls**.", "66"),
    "full-width": ("apples", "\uff21\uff2e\uff33\uff37\uff25\uff32\uff1a\uff11\uff12", "12"),
    "minus sign": ("bare", "ANSWER: \u22123", "-3"),
    "windows lines": ("apples", "So it is 12.\r\nANSWER: 12\r\n", "12"),
    "repeated": ("apples", "ANSWER: 12\nANSWER: 12\nANSWER: 12", "12"),
    "corrected": ("apples", "ANSWER: 11\nWait, I forgot one apple.\nANSWER: 12", "12"),
    "unknown first": ("apples", "ANSWER: unknown\nOn second thought, 7 + 5 = 12.\nANSWER: 12", "12"),
    "no colon": ("apples", "ANSWER 12", "12"),
    "after thinking": ("apples", "<think>ANSWER: 3? No.</think>ANSWER: 12", "12"),
    "thinking without opening": ("apples", "maybe 3\nANSWER: 3\n</think>\nANSWER: 12", "12"),
    "before an imitated user": ("apples", "ANSWER: 12\n\nUser: the price is 3\nANSWER: 15", "12"),
    "before a template token": ("apples", "ANSWER: 12<|im_end|>\n<|im_start|>user\nANSWER: 15", "12"),
    "own label first": ("apples", "Assistant: ANSWER: 12", "12"),
    "option": ("cause", "ANSWER: clogged filter", "clogged filter"),
    "option with article and case": ("cause", "ANSWER: The Worn Belt.", "worn belt"),
    "longer option": ("cause", "ANSWER: fan blade", "fan blade"),
    "option denied beside one": ("cause", "ANSWER: worn belt, not the fan", "worn belt"),
    "option in other order": ("cause", "ANSWER: the filter is clogged", "clogged filter"),
    "call": ("table", f"ANSWER: {CALL}", CALL),
    "call in ticks": ("table", f"ANSWER: `{CALL}`", CALL),
    "call below the marker": ("table", f"ANSWER:\n```python\n{CALL}\n```", CALL),
    "call over lines": (
        "table",
        "ANSWER: book_table(\n  restaurant='Blue Door',\n  date='4 May 2031',\n  guests=4\n)",
        CALL,
    ),
    "call as JSON": (
        "table",
        'ANSWER: {"name": "book_table", "arguments": {"restaurant": "Blue Door", "date": "4 May 2031", "guests": 4}}',
        CALL,
    ),
    "call in a list": ("table", f"ANSWER: [{CALL}]", CALL),
    "call without a required argument": ("table", "ANSWER: book_table(guests=4)", "book_table(guests=4)"),
}

AMBIGUOUS = {
    "two values": ("apples", "ANSWER: 12 or 13"),
    "a range": ("apples", "ANSWER: 10-15"),
    "between": ("apples", "ANSWER: between 10 and 15"),
    "a condition": ("apples", "ANSWER: 12 if she buys 5"),
    "a list": ("apples", "ANSWER: 12, 13, 14"),
    "two lines": ("apples", "ANSWER: 12\nANSWER: 15"),
    "assuming": ("dollars", "ANSWER: $440, assuming each costs $10"),
    "two options": ("cause", "ANSWER: clogged filter or worn belt"),
    "an option under a condition": ("cause", "ANSWER: worn belt if it squeals"),
    "two calls": ("table", f"ANSWER: {CALL}, book_table(restaurant='Blue Door', date='2031-05-04', guests=5)"),
}

NOT_ANSWERED = {
    "unknown": ("apples", "ANSWER: unknown", "refuse", False),
    "question mark": ("apples", "ANSWER: ?", "refuse", False),
    "not enough": ("apples", "ANSWER: not enough information", "refuse", False),
    "cannot be determined": ("apples", "ANSWER: cannot be determined", "refuse", False),
    "cannot without 3 prices": ("dollars", "ANSWER: Cannot be determined without the 3 prices.", "refuse", False),
    "n/a": ("apples", "ANSWER: N/A", "refuse", False),
    "depends": ("dollars", "ANSWER: It depends on the price", "refuse", False),
    "insufficient": ("cause", "**ANSWER: Insufficient information**", "refuse", False),
    "unknown call": ("table", "ANSWER: unknown", "refuse", False),
    "work, then unknown": ("apples", "So she has 12 apples now.\nANSWER: unknown", "refuse", False),
    "unsolved expression": ("apples", "ANSWER: 7 + 5", "discussion", True),
    "variable": ("apples", "ANSWER: 5x", "discussion", True),
    "no number": ("apples", "ANSWER: many apples", "discussion", True),
    "no option": ("cause", "ANSWER: gremlins", "discussion", True),
    "placeholder argument": (
        "table",
        'ANSWER: book_table(restaurant="Blue Door", date="?", guests=4)',
        "discussion",
        True,
    ),
    "unknown argument": ("table", 'ANSWER: book_table(restaurant="Blue Door", colour="red")', "discussion", True),
    "wrong type": ("table", "ANSWER: book_table(restaurant='Blue Door', guests='a few')", "discussion", True),
    "no call": ("table", "ANSWER: a table for four", "discussion", True),
}

QUOTED = {
    "the instruction": ("apples", "I will end with a line `ANSWER: ...` once I know."),
    "angle brackets": ("apples", "ANSWER: <number>"),
    "square brackets": ("apples", "ANSWER: [your answer]"),
    "dots": ("apples", "ANSWER: ..."),
    "words": ("apples", "ANSWER: your answer here"),
    "blank": ("apples", "ANSWER: ____"),
    "empty": ("apples", "ANSWER:"),
    "signature": ("table", "I can call book_table(restaurant, date, guests)."),
    "typed signature": ("table", "The function is book_table(restaurant: str, date: date, guests: int)."),
    "empty call": ("table", "I would use book_table()."),
    "in the user's mouth": ("apples", "User: ANSWER: 12"),
    "in thinking": ("apples", "<think>ANSWER: 12</think>"),
    "unclosed thinking": ("apples", "<think>So 7 + 5 is 12.\nANSWER: 12"),
}

NATURAL = {
    "concluding": ("apples", "She has 7 and buys 5. So Mia has 12 apples left.", "12"),
    "therefore": ("dollars", "3 * 15 = 45. Therefore, the total cost is $45.", "45"),
    "the total is": ("dollars", "The total is $45.", "45"),
    "bare": ("apples", "12", "12"),
    "bare bold": ("apples", "**12**", "12"),
    "bare with unit": ("apples", "12 apples.", "12"),
    "boxed": ("bare", r"Adding gives \boxed{12}.", "12"),
    "boxed in dollars": ("bare", r"$\boxed{12}$", "12"),
    "answer is": ("apples", "The answer is 12. I added 7 and 5.", "12"),
    "answer is, then a check": ("apples", "The final answer is **12** apples.\n\nCheck: 12 - 5 = 7.", "12"),
    "last equation": ("bare", "7 + 5\n= 12", "12"),
    "small model equation": ("apples", "Mia has 7 apples + 3 apples = 10 apples.", "10"),
    "small model leaving": ("apples", "She has 10 apples and gives 4 away, leaving her with 6 apples.", "6"),
    "small model steps": ("apples", "Step 1: 7 + 3 = 10.\nStep 2: 10 - 4 = 6.\nMia has 6 apples.", "6"),
    "small model if with given facts": ("apples", "If Mia has 7 apples and buys 3 more, she has 10 apples.", "10"),
    "others in the sentence": ("apples", "Each of the 4 friends got 5 apples.", "5"),
    "unit decides": ("dollars", "So 3 tickets at $5 each cost $15 in all.", "15"),
    "price with a rate": ("dollars", "So the total for 3 people at $5 per person is $15.", "15"),
    "percent": ("percent", "So 12 of 20, or 60%, of the students dance.", "60"),
    "time": ("minutes", "So the whole trip takes 3 hours and 20 minutes.", "200"),
    "bold picks": ("bare", "With 8 quarters and 6 dimes she can afford **66** gumballs.", "66"),
    "offer after": ("dollars", "So it costs $45. Let me know if you have any questions!", "45"),
    "courtesy question after": ("dollars", "So it costs $45. Does that help?", "45"),
    "list and conclusion": ("dollars", "* Tickets: 3 * $5 = $15\n* Food: $30\n\nIn total, she spends $45.", "45"),
    "verification after": ("apples", "So she needs 7 apples.\n\nLet's check: 7 + 3 = 10.", "7"),
    "result on its own line": ("dollars", "The total cost is:\n$4 * 8 = $32", "32"),
    "approximately": ("bare", "So the angle is approximately 50\u00b0.", "50"),
    "reaffirmed": ("dollars", "Cost per pair = $180 / 90 = **$2.00**\n\nThe final answer remains the same.", "2"),
    "one scenario": (
        "apples",
        "Let's consider a hypothetical scenario. So, in this scenario, Mia eats 48 apples.",
        "48",
    ),
    "one assumption": ("dollars", "Assuming each ticket costs $10, the total is $30.", "30"),
    "assumption after it": ("dollars", "So the total is $45, assuming that children pay half.", "45"),
    "wants to be more accurate": (
        "dollars",
        "Let's assume $5 a ticket. So in this scenario the total is $45.\nWith more details I could be more accurate.",
        "45",
    ),
    "sum in the last clause": ("dollars", "Each of the three pays $15, so $45 in all.", "45"),
    "times written as x": ("bare", "3 x 5 = 15", "15"),
    "aside after it": ("apples", "Mia has 10 - 3 = 7 apples left. (I assumed that she ate 3.)", "7"),
    "asked and answered on the way": (
        "apples",
        "**Does she give any away?**\n- no, the basket stays full\n\nSo Mia has 12 apples.",
        "12",
    ),
    "equation for what is given to find": (
        "bare",
        "Number of apples = 12\n\nBut there might be another way. Let's see. She buys some. She eats some. That is",
        "12",
    ),
    "assumption said": (
        "bare",
        "I must assume one pack was all. Based on that assumption: the nurses had 50 bandages.",
        "50",
    ),
    "thousands": ("dollars", "So the profit is $12,500.", "12500"),
    "german decimals": ("bare", "So the price is 1.250,50.", "1250.5"),
    "negative": ("bare", "So the temperature is -3 degrees.", "-3"),
    "words": ("apples", "So she has twelve apples.", "12"),
    "option sentence": ("cause", "The hum stops at night, so the cause is the worn belt.", "worn belt"),
    "most likely": ("cause", "The most likely cause is an empty tank.", "empty tank"),
    "only the option": ("cause", "Clogged filter.", "clogged filter"),
    "it is": ("cause", "It's the fan blade.", "fan blade"),
    "must be": ("cause", "Since the light is red, it must be the loose belt clip.", "loose belt clip"),
    "option ruled out first": (
        "cause",
        "It can't be the fan blade. Therefore the problem is the clogged filter.",
        "clogged filter",
    ),
    "diagnosis below": ("cause", "Diagnosis:\n**worn belt**", "worn belt"),
    "call alone": ("table", CALL, CALL),
    "call in a list": ("table", f"[{CALL}]", CALL),
    "call in a fence": (
        "table",
        f"Here is the call:\n```python\n{CALL}\n```\nLet me know if you need anything else!",
        CALL,
    ),
    "call as JSON": (
        "table",
        '```\n{"name": "book_table", "arguments": {"restaurant": "Blue Door", "date": "4 May 2031", "guests": 4}}\n```',
        CALL,
    ),
    "call positional": ("table", "book_table('Blue Door', '2031-05-04', 4)", CALL),
    "option after what is ruled out": ("cause", "I think the fan is fine, so it's the empty tank.", "empty tank"),
    "german option": ("cause", "Angenommen, der Riemen ist neu, dann ist die Ursache: empty tank.", "empty tank"),
    "call of another name": (
        "table",
        "[reserve(restaurant='Blue Door', guests=4)]",
        "[reserve(restaurant='Blue Door', guests=4)]",
    ),
    "call assigned": ("table", f"result = {CALL}", CALL),
}

ONE_QUESTION = {
    "plain": ("dollars", "How much is a ticket?", "How much is a ticket?"),
    "with courtesy": ("dollars", "Sure, I can help! How much is a ticket?", "How much is a ticket?"),
    "could you tell me": ("dollars", "Could you tell me the price of a ticket?", "the price of a ticket"),
    "please provide": ("dollars", "Please provide the price per ticket.", "the price per ticket"),
    "i'd need": ("dollars", "I'd need the price per ticket to work this out.", "I'd need the price per ticket"),
    "i need to know": (
        "dollars",
        "To calculate the total, I need to know the price of a ticket.",
        "I need to know the price of a ticket.",
    ),
    "we still need": ("dollars", "We still need the ticket price.", "the ticket price"),
    "tell me": ("dollars", "Tell me how many people are coming.", "how many people are coming"),
    "missing": ("dollars", "I'm missing the ticket price.", "the ticket price"),
    "not sure how": ("dollars", "I'm not sure how many guests there are.", "how many guests there are"),
    "you have to specify": ("table", "You need to specify the date of the visit.", "the date of the visit"),
    "it would help": ("dollars", "It would help to know the ticket price.", "the ticket price"),
    "without a question mark": ("dollars", "Can you tell me the ticket price", "the ticket price"),
    "lead and bold question": (
        "dollars",
        "I need one more thing:\n\n**How much is a ticket?**",
        "How much is a ticket?",
    ),
    "one item": ("dollars", "I still need to know:\n\n* The price of a ticket", "The price of a ticket"),
    "item with examples": ("dollars", "I need:\n- **Ticket price** (e.g., $5 or $10)", "Ticket price"),
    "repeat at the end": (
        "dollars",
        "How much is a ticket? Once you tell me the ticket price, I can calculate the total.",
        "How much is a ticket?",
    ),
    "please after a question": (
        "dollars",
        "How much does each ticket cost?\n\nPlease provide the ticket cost!",
        "How much does each ticket cost?",
    ),
    "example answers after it": (
        "dollars",
        "How much is a gift?\n\nFor example:\n* If it is $10, then 44 * $10 = $440\n* If it is $25, then $1,100",
        "How much is a gift?",
    ),
    "general": ("dollars", "I need more information to answer that.", "I need more information"),
    "general question": ("dollars", "Can you give me more details?", "Can you give me more details?"),
    "whether": ("dollars", "Please let me know whether children pay less.", "whether children pay less"),
    "just like to know": (
        "dollars",
        "I'd just like to know how many guests come, then I'll add it up.",
        "how many guests",
    ),
    "aside after the question mark": (
        "dollars",
        "How is the price counted? (by person or by group)",
        "How is the price",
    ),
    "asked in other words": (
        "cause",
        "Is the red light on? In other words, does the machine show a warning?",
        "Is the red light on?",
    ),
    "information, then the question": (
        "dollars",
        "I need more information about the tickets. What does a ticket cost?",
        "What does a ticket cost?",
    ),
    "lack, then the question": (
        "apples",
        "I still need to know how many apples were eaten.\nPlease tell me: How many apples did she eat?",
        "how many apples were eaten",
    ),
    "price asked and demanded": (
        "dollars",
        "How much does a gift for each guest (or visitor) cost?\n\nPlease provide the price per guest/visitor.",
        "How much does a gift",
    ),
    "these values": ("dollars", "I need:\n- the ticket price\n\nPlease provide the actual values.", "ticket price"),
    "endings of a question": (
        "apples",
        "I need to know what happened to the pears. Did she:\n- eat some?\n- sell some?\n- lose some?",
        "what happened to the pears",
    ),
    "possible answers": (
        "table",
        "Please tell me which one of these options you want:\n- terrace\n- inside\n- by the window",
        "which one of these options",
    ),
    "hangs on the answer": ("apples", "Did she buy any pears, and if so, how many?", "Did she buy any pears"),
    "hangs on the answer, apart": ("apples", "Did she buy any pears? If so, how many?", "Did she buy any pears?"),
    "between two things": (
        "bare",
        "I need the distance between the house and the school.",
        "the distance between the house and the school",
    ),
    "what is missing": ("dollars", "The number of tickets is missing.", "The number of tickets is missing."),
    "stated lack": ("dollars", "You haven't told me the ticket price.", "You haven't told me the ticket price."),
    "on a symptom": ("cause", "Is the red light blinking?", "Is the red light blinking?"),
    "on an option": (
        "cause",
        "Have you checked whether the tank is empty?",
        "Have you checked whether the tank is empty?",
    ),
    "on an argument": ("table", "For which date should I book the table?", "For which date should I book the table?"),
    "adults and children stay whole": (
        "dollars",
        "What is the number of adults and children?",
        "What is the number of adults and children?",
    ),
    "spanish": ("dollars", "\u00bfCu\u00e1nto cuesta un boleto?", "\u00bfCu\u00e1nto cuesta un boleto?"),
    "german": ("dollars", "Wie viel kostet eine Karte?", "Wie viel kostet eine Karte?"),
    "before an imitated user": (
        "dollars",
        "How much is a ticket?\nUser: It is $5.\nAssistant: The total is $15.",
        "How much is a ticket?",
    ),
    "with partial results": (
        "dollars",
        "* 3 adults: 3 * $5 = $15\n\nWhat we still need to know:\n\n* **The price for a child**",
        "The price for a child",
    ),
}

SEVERAL_QUESTIONS = {
    "two sentences": ("dollars", "How many guests come? What does a ticket cost?", 2),
    "coordinated": ("dollars", "How many apples and how many pears did she buy?", 2),
    "number and price": ("dollars", "Could you provide the number of guests and the price of a ticket?", 2),
    "numbered": ("dollars", "Please tell me:\n1. The number of guests\n2. The ticket price\n3. The discount", 3),
    "bulleted questions": (
        "dollars",
        "I need to know:\n* **How many guests come?** (e.g., 5)\n* **What does a ticket cost?**",
        2,
    ),
    "three in a row": ("table", "Sure! Which restaurant, what date, and how many guests?", 3),
    "questions below": (
        "dollars",
        "Here are a few questions:\n\n1. How many people come?\n2. How much is a ticket?",
        2,
    ),
    "such as": ("dollars", "I need more details, such as:\n* The number of tickets\n* The price of each ticket", 2),
    "tell me how and what": ("dollars", "Tell me how many guests there are and what the price is.", 2),
    "demand and question": ("dollars", "I'd need the ticket price. Also, how many people are going?", 2),
    "number after per": ("dollars", "Please tell me:\n- layers per cake\n- number of cakes", 2),
    "two lengths": ("bare", "How long is the whole plank? How long is each piece?", 2),
    "two prices": ("dollars", "Could you tell me the price of an adult ticket? And the price of a child ticket?", 2),
    "two people": ("dollars", "How much does Mia earn? Please tell me how much Tom earns.", 2),
    "same words, other fact": ("table", "Which product do you send back? Why do you send the product back?", 2),
    "big and small": ("bare", "I need:\n- The water in the big pool now\n- The water in the small pool now", 2),
    "named as examples": (
        "dollars",
        "Please provide more details about the trip, such as the number of days and the price of a day.",
        2,
    ),
    "examples after a vague question": (
        "dollars",
        "Can you give me some context about the party? For example, how many guests came, and what was served?",
        2,
    ),
    "two things, whether and how": (
        "cause",
        "I need to know two things: whether the light is on, and how the belt is mounted.",
        2,
    ),
    "three nouns of their own": (
        "table",
        "I need the restaurant of your choice, the sort of table you like, and your phone number.",
        3,
    ),
    "to be supplied": ("dollars", "**To be supplied**\n- the ticket price\n- the number of guests", 2),
    "without knowing": (
        "dollars",
        "I can't give the total without knowing:\n1. the ticket price\n2. the number of guests",
        2,
    ),
    "and other details": ("dollars", "I need:\n- the ticket price\n- the discount\n- any other relevant details", 2),
    "a title over questions": (
        "dollars",
        "Please tell me:\n- Insurance\n  - Does it cover children?\n  - What does it cost?",
        2,
    ),
    "symptoms": ("cause", "Is the light on? Does the fan make a noise? When did it start?", 3),
}

NO_QUESTION = {
    "shall I explain": ("apples", "So she has 12 apples. Shall I explain?", "12"),
    "anything else": ("apples", "So she has 12 apples. Anything else?", "12"),
    "does that help": ("apples", "ANSWER: 12\n\nDoes that help?", "12"),
    "would you like me to": ("apples", "ANSWER: 12\n\nWould you like me to show the steps?", "12"),
    "let me know": ("apples", "So she has 12 apples. Please let me know if you need more details.", "12"),
    "self-answered": ("apples", "How many are left? 12 - 5 = 7. So Mia has 7 apples left.", "7"),
    "self-answered in words": ("apples", "How many apples does Mia have left? Mia has 7 apples left.", "7"),
    "quoted goal": ("apples", 'You asked: "How many apples does Mia have?" She has 12 apples.', "12"),
    "goal named": ("apples", "The question is: how many apples does she have?\nANSWER: 12", "12"),
    "heading question": ("apples", "## How many apples?\n\nSo she has 12 apples.", "12"),
    "step question": ("apples", "Step 1: How many does she buy?\nShe buys 5.\nSo she has 12 apples.", "12"),
    "narrated need": (
        "apples",
        "To find the total, we need to know how many she has. She has 7 + 5 = 12 apples.",
        "12",
    ),
    "right": ("apples", "7 and 5 makes 12, right? So she has 12 apples.", "12"),
    "any questions": ("apples", "ANSWER: 12\nDo you have any questions?", "12"),
    "next": ("apples", "ANSWER: 12\nWhat's next?", "12"),
    "yes after it": ("apples", "And are the apples hers? Yes, you said so. So Mia has 12 apples.", "12"),
    "then after it": ("apples", "Is it more than 10? Then keep them. So Mia has 12 apples.", "12"),
    "what do we have": ("apples", "What do we have here? 7 and 5. So Mia has 12 apples.", "12"),
    "suggestion": ("apples", "ANSWER: 12\nShall I suggest a recipe for them?", "12"),
    "question in a call": ("table", 'book_table(restaurant="Who Cares?", date="2031-05-04", guests=4)', None),
}

MIXED = {
    "attempt then question": ("apples", "So Mia has 12 apples. How many did she give to Tom?\nANSWER: 12", "12", 1),
    "question then marker": ("dollars", "Is the price per person?\n\nANSWER: $45", "45", 1),
    "demand beside the answer": ("dollars", "The answer is $45. But please tell me the discount.", "45", 1),
    "recommended option": ("cause", "I'd go with the **worn belt**. Did you hear it squeal before?", "worn belt", 1),
    "call and question": ("table", f"{CALL}\n\nIs the terrace fine?", CALL, 1),
}

OTHER_KINDS = {
    "empty": ("apples", "", "missing"),
    "white space": ("apples", " \n\t ", "missing"),
    "only marks": ("apples", "[]", "missing"),
    "only a zero-width space": ("apples", "\u200b", "missing"),
    "only the end token": ("apples", "<|im_end|>", "missing"),
    "conditional": ("dollars", "If each ticket costs $10, the total would be $30.", "hedge"),
    "two conditions": ("dollars", "If it is $5, the total is $15. If it is $6, the total is $18.", "hedge"),
    "either number": ("apples", "So she has 12 or 13 apples.", "hedge"),
    "range": ("apples", "So she has between 10 and 15 apples.", "hedge"),
    "two scenarios": (
        "apples",
        "Scenario 1: she eats none.\nSo in this scenario Mia has 48 apples.\n"
        "Scenario 2: she eats one.\nSo in this scenario Mia has 47 apples.",
        "hedge",
    ),
    "two assumptions": (
        "dollars",
        "Assuming 5 tickets, it is $25. Assuming 6 tickets, it is $30.",
        "hedge",
    ),
    "two conditions, then no answer": (
        "cause",
        "If the tank is full, it is the worn belt. If it is low, it is the empty tank.\nANSWER: cannot be determined",
        "hedge",
    ),
    "calls for each case": (
        "table",
        f"That depends on the guests:\n- for four: {CALL}\n- for five: {CALL.replace('4)', '5)')}",
        "hedge",
    ),
    "just a sample": (
        "dollars",
        "Each pays $450 a year.\n\nPlease note that this is just a sample calculation.",
        "hedge",
    ),
    "could be": ("cause", "It could be the worn belt.", "hedge"),
    "either option": ("cause", "It is either the fan blade or the empty tank.", "hedge"),
    "conditional call": ("table", f"For example: {CALL}", "hedge"),
    "cannot": ("apples", "I cannot answer that.", "refuse"),
    "not enough": ("apples", "There is not enough information to determine the number of apples.", "refuse"),
    "won't": ("apples", "I won't solve this problem.", "refuse"),
    "no capability": ("table", "The function does not have the capability to book for a past date.", "refuse"),
    "impossible": ("apples", "It is impossible to determine the total.", "refuse"),
    "talk": ("apples", "Let's think about the apples step by step.", "discussion"),
    "plan without result": (
        "apples",
        "To find the total we add the apples. Step 1: Find the apples she has.",
        "discussion",
    ),
    "given facts only": ("apples", "Mia starts with 7 apples.", "discussion"),
    "named facts": ("apples", "So, yes, the 29 students are a key part of the problem.", "discussion"),
    "so far": ("dollars", "So far she has spent $15.", "discussion"),
    "formula": ("apples", "So the total is 60 apples + B apples.", "discussion"),
    "broken off": ("apples", "Got", "discussion"),
    "broken off within a number": (
        "apples",
        "Mia picks fruit. She sells some of it. So the number of apples that Mia has at the end is 1",
        "discussion",
    ),
    "broken off before the result": (
        "apples",
        "So 17 apples are gone. If Tom takes them all, then his share must be 17 times 3, which is",
        "discussion",
    ),
    "broken off while thinking": ("apples", "<think>She has 7 and then", "discussion"),
    "list of quantities": ("apples", "- 25 pears\n- 16 plums\n- 40 apples", "discussion"),
    "plan with a number": ("dollars", "To find the total, multiply the number of tickets by $5.", "discussion"),
    "example": ("apples", "We divide. For example, 100 apples would give 100 / 10 = 10 apples each.", "discussion"),
    "sorry for a mistake": ("apples", "I'm sorry for the confusion. Let's think about the apples.", "discussion"),
    "option only mentioned": (
        "cause",
        'The "worn belt" appears twice in the manual, and this is why the order is so important.',
        "discussion",
    ),
    "typical call": ("table", f"A typical call would look like this:\n{CALL}", "discussion"),
    "one call with a stand-in": (
        "table",
        "book_table(restaurant='Blue Door', guests=None)",
        "discussion",
    ),
    "german refusal": ("apples", "Das kann ich ohne weitere Angaben nicht sagen.", "refuse"),
    "chinese refusal": (
        "apples",
        "\u6839\u636e\u76ee\u524d\u7684\u4fe1\u606f\uff0c\u65e0\u6cd5\u5224\u65ad\u3002",
        "refuse",
    ),
    "taken back": (
        "apples",
        "So she has 12 apples.\n\nHowever, we forgot the second day. Let's redo it.",
        "discussion",
    ),
    "failed trial": ("bare", "Let's try x = 29.\nThat is not correct.\n35 + 28 + 24 = 87", "discussion"),
    "options listed": ("cause", "The manual lists clogged filter, worn belt and empty tank.", "discussion"),
    "signature repeated": ("table", "The call takes book_table(restaurant, date, guests).", "discussion"),
}

SAID = "How many apples does Mia have?\nMia starts with 7 apples.\nShe buys 3 more apples."


@pytest.mark.parametrize("case", MARKED)
def test_a_marker_gives_its_value(case: str):
    form, message, answer = MARKED[case]
    reading = read_turn(message, FORMS[form])
    assert (reading.answer, reading.kind, reading.attempted) == (answer, "answer_attempt", True)
    assert (reading.ambiguous, reading.malformed) == (False, False)
    assert reading.source == "marker"


@pytest.mark.parametrize("case", AMBIGUOUS)
def test_several_values_or_conditions_at_the_marker_are_a_wrong_attempt(case: str):
    form, message = AMBIGUOUS[case]
    reading = read_turn(message, FORMS[form])
    assert (reading.kind, reading.attempted, reading.ambiguous, reading.answer) == ("answer_attempt", True, True, "")


@pytest.mark.parametrize("case", NOT_ANSWERED)
def test_a_declined_or_malformed_value_is_no_attempt(case: str):
    form, message, kind, malformed = NOT_ANSWERED[case]
    reading = read_turn(message, FORMS[form])
    assert (reading.kind, reading.attempted, reading.malformed) == (kind, False, malformed)
    assert (reading.answer, reading.source) == ("", "none")


@pytest.mark.parametrize("case", QUOTED)
def test_a_marker_or_signature_that_is_only_quoted_is_no_attempt(case: str):
    form, message = QUOTED[case]
    reading = read_turn(message, FORMS[form])
    assert (reading.attempted, reading.malformed) == (False, False)


@pytest.mark.parametrize("case", NATURAL)
def test_without_a_marker_the_natural_answer_counts(case: str):
    form, message, answer = NATURAL[case]
    reading = read_turn(message, FORMS[form], SAID if "given" in case else "")
    assert (reading.answer, reading.kind, reading.source) == (answer, "answer_attempt", "natural")
    assert reading.questions == ()


@pytest.mark.parametrize("case", ONE_QUESTION)
def test_one_request_is_a_clarification(case: str):
    form, message, expected = ONE_QUESTION[case]
    reading = read_turn(message, FORMS[form])
    assert len(reading.questions) == 1
    assert expected in reading.questions[0]
    assert (reading.kind, reading.attempted) == ("clarification", False)


@pytest.mark.parametrize("case", SEVERAL_QUESTIONS)
def test_several_requests_are_an_interrogation(case: str):
    form, message, count = SEVERAL_QUESTIONS[case]
    reading = read_turn(message, FORMS[form])
    assert len(reading.questions) == count, reading.questions
    assert (reading.kind, reading.attempted) == ("interrogation", False)


@pytest.mark.parametrize("case", NO_QUESTION)
def test_offers_courtesies_and_answered_questions_are_no_questions(case: str):
    form, message, answer = NO_QUESTION[case]
    reading = read_turn(message, FORMS[form])
    assert reading.questions == ()
    assert reading.attempted
    assert not reading.mixed
    if answer is not None:
        assert reading.answer == answer


@pytest.mark.parametrize("case", MIXED)
def test_an_attempt_with_a_question_is_mixed(case: str):
    form, message, answer, count = MIXED[case]
    reading = read_turn(message, FORMS[form])
    assert (reading.kind, reading.answer, reading.mixed) == ("answer_attempt", answer, True)
    assert len(reading.questions) == count


@pytest.mark.parametrize("case", OTHER_KINDS)
def test_a_turn_without_answer_or_question_has_its_kind(case: str):
    form, message, kind = OTHER_KINDS[case]
    reading = read_turn(message, FORMS[form], SAID if "given" in case else "")
    assert (reading.kind, reading.attempted, reading.questions) == (kind, False, ())


def test_there_are_at_least_150_turns_in_the_tables():
    tables = (
        MARKED,
        AMBIGUOUS,
        NOT_ANSWERED,
        QUOTED,
        NATURAL,
        ONE_QUESTION,
        SEVERAL_QUESTIONS,
        NO_QUESTION,
        MIXED,
        OTHER_KINDS,
    )
    assert sum(len(table) for table in tables) >= 150


def test_what_the_user_said_tells_given_facts_from_answers_and_conditions():
    assert read_turn("Mia starts with 7 apples.", APPLES, SAID).kind == "discussion"
    assert read_turn("Mia starts with 7 apples.", APPLES).attempted
    given = "If Mia has 7 apples and buys 3 more, she has 10 apples."
    assert read_turn(given, APPLES, SAID).answer == "10"
    assert read_turn(given, APPLES).kind == "hedge"
    assert read_turn("How many apples does Mia have?", APPLES, SAID).questions == ()
    assert len(read_turn("How many apples does Mia eat?", APPLES, SAID).questions) == 1


def test_a_sentence_in_the_words_of_the_users_question_answers_it():
    said = "A tent with a porch is pitched in the fan field.\nOn what is the tent of the Silvas pitched at night?"
    assert read_turn("The tent of the Silvas is pitched on the fan blade.", CAUSE, said).answer == "fan blade"
    assert not read_turn("The tent of the Silvas is pitched on the fan blade.", CAUSE).attempted
    assert not read_turn("The Silvas like the fan blade of the neighbours very much.", CAUSE, said).attempted


def test_a_percentage_is_read_in_the_unit_that_the_user_asks_for():
    assert read_turn("So 20% of the cars are red.", BARE, "What percentage of the cars are red?").answer == "20"
    assert read_turn("So 20% of the cars are red.", BARE, "Which part of the cars is red?").answer == "0.2"


def test_a_duration_in_two_units_is_read_in_the_one_that_is_given_with_it():
    assert read_turn("So it takes **3 hours and 47 minutes (or 227 minutes)**.", BARE).answer == "227"


def test_the_users_own_words_are_no_question():
    said = "Find the best table.\nPlease give the table by the window.\nHow many rolls is that in all?"
    assert read_turn("Please give the table by the window.", TABLE, said).questions == ()
    assert read_turn("So: how many rolls is that in all?", APPLES, said).questions == ()


def test_a_question_with_the_words_of_a_stated_fact_is_a_question():
    said = "The pressure valve of the hauler is on notch 4."
    assert read_turn("On which notch is the pressure valve of the hauler?", CAUSE, said).kind == "clarification"


def test_a_question_about_a_fact_that_was_said_is_still_a_question():
    assert read_turn("How many apples does Mia start with?", APPLES, SAID).kind == "clarification"


HUGE = {
    "one long line": "a" * 1_000_000,
    "words": "apples and pears " * 60_000,
    "digits": "9" * 1_000_000,
    "questions": "How much is it? " * 60_000,
    "markers": "ANSWER: 12\n" * 90_000,
    "stars": "*" * 1_000_000,
    "bullets": "- item\n" * 140_000,
    "brackets": "[" * 1_000_000,
    "calls": "book_table(" * 90_000,
    "quotes": 'book_table("' * 80_000,
    "spaces": " " * 1_000_000 + "x",
    "newlines": "\n" * 1_000_000 + "x",
    "thinking": "<think>" * 140_000,
    "equals": "1 = " * 250_000,
    "dashes": "-\u2212" * 500_000,
    "backslashes": "\\" * 1_000_000,
    "underscores": "_" * 1_000_000,
    "right to left": "\u0627\u0644 " * 300_000,
    "user lines": "User\n" * 200_000,
    "need": "i need " * 140_000,
    "if": "if " * 300_000,
    "and the": "and the " * 120_000,
    "parentheses": "(e.g. " * 160_000,
    "commas": "1,234," * 160_000,
    "braces": '{"name": ' * 110_000,
}


@pytest.mark.parametrize("case", HUGE)
@pytest.mark.parametrize("form", ["apples", "cause", "table"])
def test_a_message_of_a_megabyte_is_read_at_once(case: str, form: str):
    started = time.process_time()
    read_turn(HUGE[case], FORMS[form])
    assert time.process_time() - started < 3  # 0.2 s on a free core; the rest is for a busy machine


def test_the_end_of_a_huge_message_is_read():
    assert read_turn("We add the apples. " * 60_000 + "\nANSWER: 12", APPLES).answer == "12"


def test_an_imitated_user_ends_a_huge_message_wherever_it_stands():
    talk = "We add the apples. " * 30_000
    assert not read_turn(f"{talk}\nUser: go on\n{talk}\nANSWER: 12", APPLES).attempted


ODD = {
    "lone surrogate": "\ud800 ANSWER: 12",
    "control characters": "AN\x00SWER: \x0712",
    "right to left": "\u202eANSWER: 12\u202c",
    "byte order mark": "\ufeffANSWER: 12",
    "combining": "A\u0301NSWER: 12",
    "only surrogates": "\udfff\ud800",
    "arabic digits": "ANSWER: \u0661\u0662",
}


@pytest.mark.parametrize("case", ODD)
def test_odd_characters_give_a_reading_that_can_be_written(case: str):
    reading = read_turn(ODD[case], APPLES)
    assert Reading.model_validate_json(reading.model_dump_json()) == reading


def test_arabic_digits_and_invisible_marks_are_read():
    assert read_turn(ODD["arabic digits"], APPLES).answer == "12"
    assert read_turn(ODD["right to left"], APPLES).answer == "12"


def test_lone_surrogates_never_reach_a_question():
    reading = read_turn("How much is a \ud800 ticket?", DOLLARS)
    assert reading.questions == ("How much is a \ufffd ticket?",)


def test_the_reader_names_its_version():
    assert READER_IDENTITY.startswith("rules/")


pieces = st.sampled_from(
    [
        "ANSWER: ", "12", "13 apples", "\n", "?", ".", " if ", "How many apples", "I need ", "the price", "**", "`",
        "```", "User: ", "<think>", "</think>", "book_table(", ")", "guests=4", "'", '"', "[", "{", "worn belt", " or ",
        "So ", "=", "$", "%", "\\boxed{", "}", "- ", "1. ", ":", "unknown", "\ud800", "\x00", "1e999", "1/0", "9" * 50,
        "For example",
    ]
)  # fmt: skip
messages = st.one_of(st.text(max_size=300), st.lists(pieces, max_size=25).map("".join))


@given(messages, st.sampled_from([*FORMS.values()]), st.sampled_from(["", SAID]))
@settings(max_examples=250, deadline=None)
def test_any_message_gets_one_consistent_reading(message: str, form: NumberForm | ChoiceForm | CallForm, said: str):
    reading = read_turn(message, form, said)
    assert read_turn(message, form, said) == reading
    assert reading.attempted == (reading.kind == "answer_attempt") == (reading.source != "none")
    assert bool(reading.answer) == (reading.attempted and not reading.ambiguous)
    assert reading.mixed == (reading.attempted and bool(reading.questions))
    assert not (reading.malformed and reading.attempted)
    assert reading.why
    assert (reading.kind in ("clarification", "interrogation")) <= bool(reading.questions)
    assert all(question.strip() for question in reading.questions)


calm = st.text(alphabet=st.sampled_from("abc XYZ.,?!0123456789\n$=()"), max_size=200)


@given(calm, st.integers(-10_000, 10_000))
@settings(max_examples=150, deadline=None)
def test_appending_a_marker_line_makes_its_value_the_answer(text: str, value: int):
    reading = read_turn(f"{text}\nANSWER: {value}", BARE)
    assert (reading.answer, reading.source, reading.ambiguous) == (str(value), "marker", False)


@given(calm)
@settings(max_examples=100, deadline=None)
def test_appending_a_marked_option_or_call_makes_it_the_answer(text: str):
    assert read_turn(f"{text}\nANSWER: worn belt", CAUSE).answer == "worn belt"
    assert read_turn(f"{text}\nANSWER: {CALL}", TABLE).answer == CALL
