"""Find references to articles, dates and identifiers, whichever way they are written.

`Article V`, `Art. 5` and `第五条` are one reference, and so are `September 8, 1951`, `8 September 1951`, `1951-09-08`
and `1951年9月8日`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

PREFIX = "§"  # begins the term of a reference; no word contains it
ARTICLE = f"{PREFIX}article"  # with the number of the article

_MONTHS = (
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sept sep"
    "|october oct|november nov|december dec"
)
_MONTH_NUMBERS = {name: n for n, names in enumerate(_MONTHS.split("|"), start=1) for name in names.split()}
_ERAS = {"明 治": 1867, "大 正": 1911, "昭 和": 1925, "平 成": 1988, "令 和": 2018}
_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_NUMBER_WORDS = {name: n for n, name in enumerate(_NUMBERS.split(), start=1)}
_ROMAN = re.compile("(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN_TENS, _ROMAN_ONES = {"xc": 90, "xl": 40}, {"ix": 9, "iv": 4}
_KANJI_DIGITS = {char: n for n, char in enumerate("〇一二三四五六七八九")}

_NUMBER = rf"(?:[0-9]{{1,3}}|[ivxl]+|{'|'.join(_NUMBER_WORDS)})"
_KANJI = r"(?:[0-9]+|[〇一二三四五六七八九十百](?:\ [〇一二三四五六七八九十百])*|元)"
_MONTH = f"(?:{'|'.join(_MONTH_NUMBERS)})"
_ERA = "|".join(_ERAS).replace(" ", r"\ ")
_DAY = "[0-9]{1,2}(?:st|nd|rd|th)?"
_YEAR = "[12][0-9]{3}"
_TO_12 = "(?:0?[1-9]|1[0-2])"
_AFTER_12 = "(?:1[3-9]|2[0-9]|3[01])"  # a day that cannot be a month

# Patterns of folded words, each separated from the next by a space.
_REFERENCE = re.compile(
    rf"""\b(?:
    (?:articles?|arts?)\ (?:no\ )?(?P<articles>{_NUMBER}(?:(?:\ {_NUMBER})*\ (?:and|or|to|through)\ {_NUMBER})?)
    | [第제]\ (?P<kanji_article>{_KANJI})\ [条條조]
    | (?P<short_article>[0-9]{{1,3}})\ [条條](?!\ [約约])
    | (?P<month>{_MONTH})\ (?:the\ )?(?P<day>{_DAY})\ (?P<year>{_YEAR})
    | (?P<first_day>{_DAY})\ (?:of\ )?(?P<second_month>{_MONTH})\ (?P<third_year>{_YEAR})
    | (?P<iso_year>{_YEAR})\ (?P<iso_month>{_TO_12})\ (?P<iso_day>0?[1-9]|[12][0-9]|3[01])
    | (?P<day_before_month>{_AFTER_12})\ (?P<month_after_day>{_TO_12})\ (?P<last_year>{_YEAR})
    | (?P<month_before_day>{_TO_12})\ (?P<day_after_month>{_AFTER_12})\ (?P<us_year>{_YEAR})
    | (?P<only_month>{_MONTH})\ (?:of\ )?(?P<only_year>{_YEAR})
    | (?P<era>(?:{_ERA})\ )?(?P<cjk_year>{_KANJI})\ [年년](?:\ (?P<cjk_month>{_KANJI})\ [月월]
      (?:\ (?P<cjk_day>{_KANJI})\ [日일])?)?
    | (?P<series>tias|eas)\ ?(?:no\ )?(?P<series_number>[0-9]+)
    | (?P<volume>[0-9]+)\ ?(?P<reporter>unts|ust|lnts|stat|bevans)\ ?(?P<page>[0-9]+)
    | (?P<first_reporter>unts|ust|lnts|stat|bevans)\ (?:vol(?:ume)?\ )?(?P<first_volume>[0-9]+)\ (?:pp?\ |page\ |no\ )?
      (?P<first_page>[0-9]+)
    )(?=\ |$)""",
    re.VERBOSE,
)


class Reference(NamedTuple):
    """A reference from its first to its last word: its terms, and those that include it, such as a month.

    The term of a year is the year.
    """

    first: int
    last: int
    terms: tuple[str, ...]
    wider: tuple[str, ...] = ()


def find_references(words: Sequence[str]) -> Iterator[Reference]:
    """Yield the references in folded words; each of Chinese, Japanese and Korean is one character."""
    text = " ".join(words)
    starts: list[int] = []
    for match in _REFERENCE.finditer(text):
        found = {name: value for name, value in match.groupdict().items() if value is not None}
        if terms := tuple(_terms(found)) or _date_terms(found)[:1]:
            if not starts:
                at = 0
                for word in words:
                    starts.append(at)
                    at += len(word) + 1
            first, last = bisect_left(starts, match.start()), bisect_left(starts, match.end()) - 1
            yield Reference(first, last, terms, _date_terms(found)[1:])


def is_date(term: str) -> bool:
    """Return whether a term stands for a day or a month."""
    return term.startswith(PREFIX) and term[1:].isdecimal()


def article_number(number: str) -> int | None:
    """Return the value of a number in digits, Roman numerals, English words or kanji; None for others."""
    if number.isdecimal():
        return int(number)
    if number in _NUMBER_WORDS:
        return _NUMBER_WORDS[number]
    if number and (match := _ROMAN.fullmatch(number)):
        tens, ones = match.groups()
        value = _ROMAN_TENS.get(tens, 50 * tens.count("l") + 10 * tens.count("x"))
        return value + _ROMAN_ONES.get(ones, 5 * ones.count("v") + ones.count("i"))
    return _kanji_number(number)


def _terms(found: Mapping[str, str]) -> Iterator[str]:
    """Yield the terms of articles or of an identifier; none for a date."""
    articles = found.get("articles") or found.get("short_article") or found.get("kanji_article", "").replace(" ", "")
    if articles:
        numbers = map(article_number, articles.split())
        yield from (f"{ARTICLE}{number}" for number in dict.fromkeys(numbers) if number)
    elif "series" in found:
        yield f"{PREFIX}{found['series']}{int(found['series_number'])}"
    elif reporter := found.get("reporter") or found.get("first_reporter"):
        volume, page = (found.get(name) or found[f"first_{name}"] for name in ("volume", "page"))
        yield f"{PREFIX}{reporter}{int(volume)}p{int(page)}"


def _date_terms(found: Mapping[str, str]) -> tuple[str, ...]:
    """Return the terms of a date and of what it belongs to: day, month and, for an era, year."""
    year = _first(found, "year", "third_year", "iso_year", "last_year", "us_year", "only_year", "cjk_year")
    month = _first(
        found, "month", "second_month", "iso_month", "month_after_day", "month_before_day", "only_month", "cjk_month"
    )
    day = _first(found, "day", "first_day", "iso_day", "day_before_month", "day_after_month", "cjk_day")
    if year is None:
        return ()
    year += _ERAS[found["era"].strip()] if "era" in found else 0
    terms = [str(year)] if "cjk_year" in found else []
    if month is not None and 1 <= month <= 12:
        terms.insert(0, f"{PREFIX}{year}{month:02}")
        if day is not None and 1 <= day <= 31:
            terms.insert(0, f"{PREFIX}{year}{month:02}{day:02}")
    return tuple(terms) if 1000 <= year <= 2999 else ()


def _first(found: Mapping[str, str], *names: str) -> int | None:
    """Return the number in the first of these groups that matched."""
    text = next((found[name] for name in names if name in found), None)
    if text is None:
        return None
    if text in _MONTH_NUMBERS:
        return _MONTH_NUMBERS[text]
    digits = re.match("[0-9]+", text)
    return int(digits[0]) if digits else _kanji_number(text.replace(" ", ""))


def _kanji_number(text: str) -> int | None:
    """Return the value of a number below 1000 in kanji, or of a year in kanji digits."""
    if text == "元":  # the first year of an era
        return 1
    if not text or text.strip("〇一二三四五六七八九十百"):
        return None
    if not re.search("[十百]", text):
        return int("".join(str(_KANJI_DIGITS[char]) for char in text))
    value = 0
    for unit, size in (("百", 100), ("十", 10)):
        before, found, after = text.partition(unit)
        if found:
            value += size * (_KANJI_DIGITS.get(before, 1) if before else 1)
            text = after
    return value + (_KANJI_DIGITS.get(text, 0))
