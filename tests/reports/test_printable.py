import pytest

from askfirst.reports.printable import message, one_line, printable


def test_what_could_drive_a_terminal_is_replaced():
    assert printable("a\x1b[31m\x00\u202eb\nc") == "a\ufffd[31m\ufffd\ufffdb\nc"


@pytest.mark.parametrize("write", [one_line, message])
@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [("", 0, ""), ("abc", 3, "abc"), ("abcd", 3, "abc ... (1 more characters)")],
    ids=["empty", "just fits", "one too long"],
)
def test_a_cut_text_says_how_much_is_missing(write, text, most, shown):
    assert write(text, most) == shown


def test_one_line_has_no_breaks_of_any_kind():
    assert one_line(" a\r\nb\u2028c\xa0\td\x1b ", 99) == "a b c d\ufffd"


def test_a_message_keeps_its_lines_but_no_more_than_one_empty_one_together():
    assert message("\na\r\n  b\n \n\t\n\nc\n", 99) == "a\n  b\n\nc"
