"""Search for random and hostile strings; `make campaign` tries a hundred times as many as the tests."""

import random
import time
from collections import Counter
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

from app.schemas.search import RESULT_KINDS

MAX_CHARACTERS = 10_000
MAX_ADDRESS_BYTES = 8_000  # longer addresses may be refused before the search is read

PARTS = (
    # Characters with a meaning for FTS5, SQL or URLs, or that cannot be shown.
    *"\"'*-():^+{}[]%_;\\\0\x02\x1f\ue000",
    "--",
    # Words of FTS5 and SQL.
    *(" AND ", " OR ", " NOT ", "NEAR(", "title:", "rowid", "text : ", "ROWID", "bm25("),
    *("' OR 1=1 --", "DROP TABLE word"),
    # Words of the guide, and letters that are hard to fold.
    *("security", "treaty", "défense", "secur*", "-treaty", '"joint training"', "安保", "ｔｒｅａｔｙ"),
    *("e\u0301", "\u200d", "👩‍👩‍👧", "ß", "İ", "ﬁ", "Ⅴ", "ﾞ", "\u3099", "\u0345", "ｶﾞ", "㍿", "½", "\U000e0100"),
    # References, and what looks like one.
    *(
        "Article V",
        "第五条",
        "第",
        "条",
        "1951年9月8日",
        "昭和",
        "September 8, 1951",
        "99999999 UST 9",
        "Art.",
    ),
    # Signs of the index.
    *("¶", "※", "‖", "§article5", "§"),
    # Other scripts.
    *("договор", "Ελλάδα", "안전보장", "בְּרִית", "معاهدة", "สนธิสัญญา", "संधि", "釣魚臺", "ガイドライン", "の"),
    # Spaces, marks of direction and byte order, and the last code point.
    *" \t\n\u3000\u202e\ufeff\ufffe\U0010ffff",
)


def random_text(chance: random.Random) -> str:
    """Return a string of parts or of any characters: mostly short, sometimes far too long."""
    length = chance.choice([1, 2, 3, 8, 20, 60, 200, MAX_CHARACTERS if chance.random() < 0.02 else 5])
    if chance.random() < 0.5:
        return "".join(chance.choices(PARTS, k=length))[:MAX_CHARACTERS]
    last = chance.choice([0x7F, 0xFF, 0x3000, 0xFFFF, 0x10FFFF])
    code_points = (chance.randrange(last + 1) for _ in range(length))
    return "".join(chr(each) for each in code_points if not 0xD800 <= each <= 0xDFFF)


def search_at_random(server: str, chance: random.Random, count: int) -> tuple[Counter[int], float]:
    """Search for `count` random strings; return the number of responses by status, and the longest time in seconds.

    Fails for statuses other than 200 and the documented errors.
    """
    statuses: Counter[int] = Counter()
    longest = 0.0
    with closing(HTTPConnection(urlsplit(server).netloc, timeout=10)) as connection:
        for n in range(count):
            query = quote(random_text(chance), safe="")
            path = "/v1/suggestions" if n % 5 == 0 else "/v1/search"
            kind = f"&kind={chance.choice([*RESULT_KINDS])}" if n % 5 == 1 else ""
            start = time.perf_counter()
            connection.request("GET", f"{path}?q={query}{kind}")
            response = connection.getresponse()
            body = response.read()
            longest = max(longest, time.perf_counter() - start)
            is_refused = response.status in {414, 431} and len(query) > MAX_ADDRESS_BYTES
            assert response.status in {200, 422} or is_refused, (query, response.status, body)
            statuses[response.status] += 1
    return statuses, longest
