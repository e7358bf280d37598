"""Word boundaries: where a quotation or a mention may start and end.

The rules are those of UAX #29, except that Korean is like Chinese, because particles are joined to words.

- A letter or digit is not separated from the next one, nor a character from its marks.
- An apostrophe, full stop or middle dot joins letters (`don't`, `U.S`); an apostrophe, full stop or comma joins digits
  (`1,960`). A hyphen joins nothing: `Japan` is a word of `US-Japan`.
- The signs `+` and `#` behind a letter or digit belong to its word (`C++`, `C#`, `2+2`); this is our own rule.
- Chinese, Japanese, Korean, Thai, Lao, Khmer and Burmese do not separate words by spaces, so any of their characters
  may begin a word. Only katakana, which spells foreign words, is kept together.
"""

import re

from app.text.words import IDEOGRAPHS, MARKS, marks

# Beyond the BMP, a class is searched from its start to its end, so the range is compared first.
_RARE_MARK = rf"(?=[\U00010000-\U000e01ef])[{marks(0x10000, 0x1F000)}\U000e0100-\U000e01ef]"
_JOINERS = "\u00ad\u034f\u200c\u200d\u2060"  # soft hyphen and joiners: invisible, inside words
# Thai and Lao vowels, vowels and finals of Hangul, marks of kana: they continue the character before them.
_CONTINUING = f"{MARKS}{_JOINERS}\u0e33\u0eb3\u1160-\u11ff\ud7b0-\ud7ff\u30fc\uff70\uff9e\uff9f"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_UNSPACED = f"{IDEOGRAPHS}\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\ua960-\ua97f\uac00-\ud7ff"
_LETTER_OR_DIGIT = rf"(?:(?![{_UNSPACED}])[\w{MARKS}{_JOINERS}]|{_RARE_MARK})"
_LETTER = rf"(?!\d){_LETTER_OR_DIGIT}"

_INSIDE_WORD = re.compile(
    "|".join(
        [
            rf"(?<=\S)(?=[{_CONTINUING}]|{_RARE_MARK})",
            rf"(?<={_LETTER_OR_DIGIT})(?={_LETTER_OR_DIGIT})",
            rf"(?<=[{_KATAKANA}])(?=[{_KATAKANA}])",
            rf"(?<={_LETTER_OR_DIGIT})(?=[+#])|(?<=[+#])(?=[+#])",
            rf"(?:(?<={_LETTER_OR_DIGIT}[+#])|(?<=[+#][+#]))(?={_LETTER_OR_DIGIT})",
            *(
                rf"(?<={char})(?={joint}{char})|(?<={char}{joint})(?={char})"
                for char, joint in ((_LETTER, "['’.·]"), (r"\d", "['’.,]"))
            ),
        ]
    )
)


def is_word_boundary(text: str, at: int) -> bool:
    """Return whether a word may start or end at an offset in a text."""
    return not _INSIDE_WORD.match(text, at)
