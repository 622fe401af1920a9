"""Reading dates in their common spellings."""

import datetime
import re

_MONTHS = {
    month: number
    for number, months in enumerate(
        (
            "january jan januar enero", "february feb februar febrero", "march mar märz marzo", "april apr abril",
            "may mai mayo", "june jun juni junio", "july jul juli julio", "august aug agosto",
            "september sep sept septiembre", "october oct oktober octubre", "november nov noviembre",
            "december dec dezember diciembre",
        ),
        start=1,
    )
    for month in months.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})(?:[T ][0-9:.Z+-]*)?")
_DAY_FIRST = re.compile(
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th|\.)?(?: (?:of|de))?[ -](?P<name>{_MONTH})\.?,?[ -](?:de )?"
    r"(?P<year>[0-9]{4})",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?P<name>{_MONTH})\.?[ -](?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?[ -](?P<year>[0-9]{{4}})", re.IGNORECASE
)
_SLASHES = re.compile(r"(?P<first>[0-9]{1,2})/(?P<second>[0-9]{1,2})/(?P<year>[0-9]{4})")
_DOTS = re.compile(r"(?P<day>[0-9]{1,2})[.-] ?(?P<month>[0-9]{1,2})[.-] ?(?P<year>[0-9]{4})")
_WEEKDAY = re.compile(r"(?:on )?(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? ", re.IGNORECASE)


def parse_date(text: str) -> str | None:
    """Return a date as YYYY-MM-DD, or None where the whole text is not one date with a year.

    Read: `2031-05-04`, `2031/5/4`, `4 May 2031`, `May 4th, 2031`, `the 4th of May 2031`, a weekday before any of
    them; `04.05.2031` and `04-05-2031` with the day first, `05/04/2031` with the month first unless only the other
    order gives a date.
    """
    text = " ".join(text[:80].split()).strip(" .,'\"")
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    if match := _ISO.fullmatch(text):
        return _date(match["year"], match["month"], match["day"])
    if match := _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text):
        return _date(match["year"], str(_MONTHS[match["name"].lower()]), match["day"])
    if match := _DOTS.fullmatch(text):
        return _date(match["year"], match["month"], match["day"])
    if match := _SLASHES.fullmatch(text):
        first, second = match["first"], match["second"]
        return _date(match["year"], first, second) or _date(match["year"], second, first)
    return None


def _date(year: str, month: str, day: str) -> str | None:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
