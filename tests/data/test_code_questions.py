"""Questions as people would ask them about functions to write, and which behaviour each of them targets."""

import pytest

from askfirst.benchmark.matcher import index_fragments, match_question
from askfirst.benchmark.reader import read_turn
from askfirst.data.families.code import load, make

BY_ID = {template.id: template for template in load()}

QUESTIONS = """
initials | joined | Should the initials be separated by periods?
initials | joined | Do you want dots after each initial?
initials | joined | What separator should I use between initials?
initials | joined | Should there be spaces or periods between the letters?
initials | - | What should happen if the name is empty?
count-words | case | Should the counting be case-sensitive?
count-words | case | Should "The" and "the" count as the same word?
count-words | shortest | Should very short words be ignored?
count-words | shortest | Is there a minimum length for words to be counted?
count-words | shortest | Should I exclude any words, such as short ones?
count-words | - | Should punctuation be stripped?
shorten | mark | Should I add an ellipsis at the end?
shorten | mark | What should be appended to the truncated text?
shorten | counted | Should the ellipsis be included in the limit?
shorten | counted | Does the limit include the mark?
shorten | place | Should I avoid cutting words in the middle?
shorten | place | Should truncation happen at word boundaries?
shorten | place | Can I break words in the middle?
slug | separator | What character should separate the words?
slug | separator | Should I use hyphens or underscores?
slug | case | Should the slug be lowercase?
slug | digits | Should numbers be kept in the slug?
slug | digits | How should digits be handled?
slug | most | Is there a maximum length for the slug?
slug | most | Is there a maximum number of words?
top-scorers | ties | How should ties be handled?
top-scorers | ties | What should happen if there's a tie for the last place?
top-scorers | ties | How should I break ties?
unique | kept | Should I keep the first or the last occurrence?
unique | case | Should the comparison be case-sensitive?
chunks | small | What should happen with the remaining items?
chunks | small | What if the list can't be divided evenly?
chunks | small | Should the last chunk be padded or left shorter?
chunks | side | Should I start grouping from the beginning or the end of the list?
chunks | no_size | What should happen if size is zero or negative?
smooth | window | Should the window be centered or trailing?
smooth | ends | How should the edges be handled?
smooth | ends | What should I do at the boundaries where the window is incomplete?
smooth | missed | How should None values be treated?
smooth | missed | How should missing readings be handled?
smooth | decimals | How many decimal places should I round to?
smooth | decimals | Should the results be rounded?
discount | rounding | How should fractional cents be rounded?
discount | rounding | Should I round up or down?
discount | rounding | What rounding mode should be used?
split-bill | leftover | Who should pay the remainder?
split-bill | leftover | How should leftover cents be distributed?
split-bill | nobody | What should happen if people is 0?
split-bill | nobody | What should be returned when there are no people?
format-amount | decimal | Which decimal separator should be used?
format-amount | groups | Should I use a thousands separator?
format-amount | negative | How should negative amounts be displayed?
library-fee | daily | What is the fee per day?
library-fee | free | Is there a grace period?
library-fee | most | Is there a maximum fee?
library-fee | most | Is the fee capped?
library-fee | grace | Are the grace days charged retroactively?
rental-days | bounds | Should both the first and last day be counted?
rental-days | bounds | Is the end date inclusive?
rental-days | bounds | Is the count inclusive of both dates?
age | leap_day | How should leap-day birthdays be handled?
age | leap_day | What about people born on February 29?
age | unborn | What should be returned if the day is before the birthday?
age | unborn | What if the birthday is in the future?
due-date | weekend | What if the due date falls on a weekend?
due-date | form | What format should the returned date have?
due-date | form | What is the output date format?
due-date | first_day | Does the invoice date count as day 1?
quarter | begins | When does your fiscal year start?
quarter | begins | What month does the fiscal year begin in?
quarter | label | What format should the output have?
quarter | named | Is the fiscal year named after the year it starts or ends in?
quarter | unknown | What should be returned for an empty string?
rooms-by-code | shared | What if two rooms have the same code?
rooms-by-code | shared | How should duplicate codes be handled?
merge-stock | both | If an item appears in both lists, should I add the quantities?
merge-stock | both | How should duplicates be merged?
merge-stock | zero | Should items with zero quantity be kept?
group-average | no_number | How should missing values be treated?
group-average | no_number | Should rows without a value be skipped?
group-average | no_group | What about rows without the group key?
group-average | decimals | Should the averages be rounded?
order-rows | direction | Should I sort ascending or descending?
order-rows | absent | Where should rows missing the key go?
order-rows | ties | Should the sort be stable?
upright | change | How should the picture be rotated?
upright | change | Which direction should the picture be rotated?
upright | change | How is the scanned picture oriented?
neighbours | corners | Should diagonal neighbors be counted?
neighbours | corners | Do diagonals count?
neighbours | outside | Does the grid wrap around?
neighbours | outside | How should cells at the edge be handled?
draw | origin | Is y=0 at the top or the bottom?
draw | mark | What character should be used for marked cells?
draw | outside | What should I do with cells out of bounds?
robot-walk | start | Where does the robot start?
robot-walk | start | What is the starting position?
robot-walk | edge | What happens when the robot hits the edge of the board?
robot-walk | other | How should unknown letters be handled?
robot-walk | base | Are rows and columns 0-indexed or 1-indexed?
duty-rota | gone | What if the previous person isn't in the list?
duty-rota | gone | What should be returned if previous is not in names?
merge-bookings | gap | Should bookings with a small gap be merged?
merge-bookings | gap | What is the maximum gap between bookings?
merge-bookings | order | How should the result be sorted?
conference-rooms | choice | Which room should be chosen if several fit?
conference-rooms | turn | In what order should groups be assigned?
conference-rooms | unplaced | What if a group doesn't fit in any room?
run-times | first | Should the first run be at the start time?
run-times | at_end | Is the end time inclusive?
run-times | form | In what format should the times be returned?
run-times | noon | Is there a lunch break?
versions | fewer | How should versions of different length be compared?
versions | fewer | Is 1.2 equal to 1.2.0?
parse-amount | comma | Is the comma a decimal separator or a thousands separator?
parse-amount | unreadable | What should I return for invalid input?
typical-value | negative | How should negative values be handled?
typical-value | empty | What should be returned for an empty list?
check-number | weight | What is the weight?
check-number | divisor | What number is the sum divided by?
check-number | divisor | What is the modulus?
check-number | side | From which side do the weights start?
check-number | final | Is the check number just the remainder?
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in QUESTIONS.strip().splitlines()]


@pytest.mark.parametrize(("template", "target", "question"), ROWS, ids=[row[2] for row in ROWS])
def test_a_question_targets_the_behaviour_that_it_asks_for(template: str, target: str, question: str) -> None:
    problem = make(BY_ID[template], 3, "test")
    index = index_fragments(problem)
    asked = read_turn(question, problem.form, said=problem.goal).questions
    targets = {name for text in asked for name in match_question(text, index).targets}
    assert asked
    assert targets == ({target} if target != "-" else set())
