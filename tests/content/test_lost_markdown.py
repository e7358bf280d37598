"""Markdown to which CommonMark or a common extension gives a meaning that a guide does not keep is refused."""

from pathlib import Path

import pytest

from tests.content.passages import issues, passages

BLOCKS = [
    ("a | b\n--- | ---\n1 | 2", "a table"),
    ("| a | b |\n|---|---|", "a table"),
    ("Text\n\n|a|\n|-|\n|b|", "a table"),
    ("- item\n\n| a | b |\n|:--|--:|\n| 1 | 2 |", "a table"),
    ("[^1]: A note.", "a footnote"),
    ("[^note]: A note\n    of two lines.", "a footnote"),
    ("Treaty\n: An agreement.", "a definition list"),
    ("Treaty\n\n: An agreement.", "a definition list"),
    ("Treaty\n~ An agreement.", "a definition list"),
    ("Treaty\n:   An agreement.\n:   A pact.", "a definition list"),
    ("    Indented text.", "a code block"),
    ("\tIndented text.", "a code block"),
    ("~~~\ncode\n~~~", "a code block"),
    ("```python", "a code block"),
    ("***", "a rule"),
    ("_ _ _", "a rule"),
    ("--- ---", "a rule"),
    ("1. One", "a numbered list"),
    ("1) One", "a numbered list"),
    ("7. Seven\n8. Eight", "a numbered list"),
    ("> [!NOTE]\n> A note.", "a quotation"),
    ("> Words of another.", "a quotation"),
]

HEADINGS = [("Title\n===", "="), ("Title\n---", "-"), ("Title\nof two lines\n-", "-")]

INLINE = [
    ("Signed[^1] here.", "“[^1]” is a footnote"),
    ("<!-- a private note -->", "HTML"),
    ("<!--\na private\n\nnote\n-->", "HTML"),
    ("<div class='note'>\nText\n</div>", "HTML"),
    ("<details><summary>More</summary>", "HTML"),
    ("<?php echo 1 ?>", "HTML"),
    ("<!DOCTYPE html>", "HTML"),
    ("<![CDATA[text]]>", "HTML"),
    ("<!-- kept for ever --> Signed.", "HTML"),
    ("Signed <!-- privately --> here.", "“<!-- privately -->” is HTML"),
    ("It was signed <b>here</b>.", "“</b>” is HTML"),
    ("It was<br>signed.", "“<br>” is HTML"),
    ("H<sub>2</sub>O", "“<sub>” is HTML"),
    ("It was ~~not~~ signed.", "“~~not~~” is strikethrough"),
    ("It was ~not~ signed.", "“~not~” is strikethrough"),
    ("H~2~O", "“~2~” is strikethrough or a subscript"),
    ("The `code` of conduct", "“`code`” is code"),
    ("Hawai`i and O`ahu", "“`i and O`” is code"),
    ("![A pen](pen.png)", "cannot contain this image"),
    ("![A pen][pen]\n\n[pen]: pen.png", "cannot contain this image"),
    ("See [the pen](pen).", "cannot contain this link"),
    ("See [the pen](<a b> 'c').", "cannot contain this link"),
    ("See <https://example.org/pen>.", "cannot contain this link"),
    ("Write to <editor@example.org>.", "cannot contain this link"),
    ("See [the pen][pen].\n\n[pen]: https://example.org", "cannot contain this link"),
    ("See [pen][].\n\n[pen]: https://example.org", "cannot contain this link"),
    ("See [pen].\n\n[pen]: https://example.org", "cannot contain this link"),
    ("First line  \nsecond line", "line break would be lost"),
    ("First line\\\nsecond line", "line break would be lost"),
    ("2*3*4", "“2*3*4” reads as emphasis inside a word"),
    ("*2*3", "“*2*3” reads as emphasis inside a word"),
    ("A*STAR*", "“A*STAR*” reads as emphasis inside a word"),
    ("2**3**4", "“2*3*4” reads as emphasis inside a word"),
]

DEFINITIONS = [
    "[pen]: https://example.org",
    "[pen]: <a b> 'Title'",
    "[1]: 1951",
    "[//]: # (A private note.)",
    "[a]: b\n[a]: c",
]

EXTENSIONS = [
    ("Signed^[in Nowhere] here.", "“^[” reads as a footnote"),
    ("x^2^", "“^2^” reads as a superscript"),
    ("It was ==signed==.", "“==signed==” reads as a highlight"),
    ("It was ++signed++.", "“++signed++” reads as an insertion"),
    ("It was {++signed++}.", "“{++” reads as an editor’s mark"),
    ("It was {--not --}signed.", "“{--” reads as an editor’s mark"),
    ("Signed {>>check this<<} here.", "“{>>” reads as an editor’s mark"),
    ("Signed %%check this%% here.", "“%%check this%%” reads as a comment"),
    ("Signed <!-- never closed", "“<!--” reads as a comment"),
    ("% A note.", "“%” reads as a comment"),
    ("If $x+y$ then", "“$x+y$” reads as a formula"),
    ("$$\nx\n$$", "“$$” reads as a formula"),
    ("\\begin{align}\nx\n\\end{align}", "“\\begin{” reads as a TeX command"),
    ("\\textbf{Signed}", "“\\textbf{” reads as a TeX command"),
    ("!!! note", "“!!!” reads as an admonition"),
    ('??? info "More"', "“???” reads as an admonition"),
    ("::: warning\nText\n:::", "“:::” reads as a directive"),
    (":::{note}\nText\n:::", "“:::” reads as a directive"),
    ("+++\nkey = 1\n+++", "“+++” reads as a rule, or a line of a table"),
    ("+---+---+\n| a | b |\n+---+---+", "“+---+---+” reads as a rule, or a line of a table"),
    ("a | b | c\n---|---\n1 | 2", "“---|---” reads as a rule, or a line of a table"),
    ("| a line block", "“|” reads as a table"),
    ("| a | b |", "“|” reads as a table"),
    ("So it was :smile:.", "“:smile:” reads as an emoji"),
    ("I agree :+1:", "“:+1:” reads as an emoji"),
    (":author: Nobody", "“:author:” reads as a field"),
    ("See [[Pens]].", "“[[Pens]]” reads as a link to a page"),
    ("See ![[Pens]].", "“[[Pens]]” reads as a link to a page"),
    ("See [the pen](https://example.org/a pen).", "“](https:” reads as a link"),
    ("See [the pen][pen-1959].", "“][pen-1959]” reads as a reference to a link"),
    ("Text\n[pen]: https://example.org", "“[pen]:” reads as the definition of a link"),
    ("It was signed [@nobody1959, p. 3].", "“[@n” reads as a citation"),
    ("It was signed. {#signing}", "“{#signing}” reads as an attribute"),
    ("[It]{.small} was signed.", "“{.small}” reads as an attribute"),
    ("{: .note}", "“{: .note}” reads as an attribute"),
    ("{% include pen.html %}", "“{%” reads as a template"),
    ("[TOC]", "“[TOC]” reads as a table of contents"),
    ("*[SOFA]: Status of Forces Agreement", "“*” reads as a list item"),
    ("- [ ] to do", "“[ ]” reads as a task"),
    ("- [x] done", "“[x]” reads as a task"),
    ("* [X] done", "“[X]” reads as a task"),
    ("- [ ]", "“[ ]” reads as a task"),
    ("• The pen", "“•” reads as a list item"),
]


@pytest.mark.parametrize(("words", "name"), BLOCKS)
def test_a_block_that_a_guide_cannot_keep_is_refused(seeds: Path, words: str, name: str) -> None:
    messages = [message for _, message in issues(seeds, words)]
    assert any(message.startswith(f"This is {name}") and "use only headings" in message for message in messages), (
        messages
    )


@pytest.mark.parametrize(("words", "mark"), HEADINGS)
def test_an_underlined_heading_is_refused(seeds: Path, words: str, mark: str) -> None:
    message = f"The line of “{mark}” below makes this a heading; begin it with “## ” instead."
    assert issues(seeds, words) == [(1, message)]


@pytest.mark.parametrize(("words", "problem"), [*INLINE, *EXTENSIONS])
def test_markup_that_a_guide_cannot_keep_is_refused(seeds: Path, words: str, problem: str) -> None:
    found = issues(seeds, words)
    assert any(problem in message for _, message in found), found


@pytest.mark.parametrize("words", DEFINITIONS)
def test_the_definition_of_a_link_is_refused(seeds: Path, words: str) -> None:
    message = "This defines a link and would vanish; remove it, or escape the bracket, as in \\[."
    assert issues(seeds, words) == [(line, message) for line in range(1, words.count("\n") + 2)]


@pytest.mark.parametrize(("words", "problem"), [case for case in INLINE if "\n" not in case[0]])
def test_markup_is_refused_in_list_items_titles_and_references(seeds: Path, words: str, problem: str) -> None:
    assert any(problem in message for _, message in issues(seeds, f"- A {words}"))
    assert any(problem in message for _, message in issues(seeds, f"## A {words} {{#a}}\n\nText."))
    assert issues(seeds, f"> See also A {words}")


def test_each_line_with_markup_is_named(seeds: Path) -> None:
    found = issues(seeds, "First\nx^2^ second\nthird <b>\n\n- fourth\n  ==fifth==")
    assert [line for line, _ in found] == [2, 3, 6]


@pytest.mark.parametrize(
    "words",
    [
        "Fees rose from 2 * 3 to 4 * 5 units, or 2\\*3\\*4.",
        "A note* and another** follow.",
        "Pipes | in | prose | stay.",
        "|x| is absolute.",
        "This holds: at 10:30:15, in the ratio 1:2:3, it was so.",
        "See [1] and [2][3], [sic], [T]he [Parties][sic and so on] and [emphasis added].",
        "[1](see below)",
        "[…] omitted [...] here",
        "Version 3.14.1 and No. 5, signed in\n1960. Then tea.",
        "#5 of the list is #1.",
        "C# and F#, C++ and C++ again",
        "a == b and b == c, x = 1",
        "It costs $5 and US$6 million (US$7), or 8 US$/A$.",
        "-- he said --",
        "— a dash",
        "About ~5 to ~10, or ~5–~10, percent",
        "5 < 6 and 7 > 3, AT&T & R&D &c., &unknown; entity",
        "Established in {YEAR}, {a, b}",
        "snake_case_name",
        "+81 3 1234",
        "50% of GDP\nrose by 100%",
        "x^2 + y^2 = 2^10",
        "C:\\path\\name",
        "See https://example.org/a_b?x=1&y=2#z, www.example.org or a_b@example.org.",
        "Hello @reader, :) and 10:00 :: 11:00",
        "? why ! wow",
        "1951 was a year",
        "(1) first; (2) second",
        "«\N{NO-BREAK SPACE}Oui\N{NO-BREAK SPACE}» : non",
        "条約は 1960年に発効した。「第五条」・極東",
        "The treaty\n   is wrapped\n and indented.",
    ],
)
def test_ordinary_prose_is_kept(seeds: Path, words: str) -> None:
    expected = " ".join(line.strip() for line in words.split("\n")).replace("\\*", "*")
    assert passages(seeds, words) == [expected]


def test_spaces_at_the_end_of_a_passage_have_no_meaning(seeds: Path) -> None:
    assert passages(seeds, "A passage   \n\nAnother\t\n") == ["A passage", "Another"]


def test_emphasis_is_reduced_to_its_words(seeds: Path) -> None:
    assert passages(seeds, "*One* **two** _three_ ***four*** 条約は*重要*である") == [
        "One two three four 条約は重要である"
    ]


def test_entities_and_escaped_characters_are_text(seeds: Path) -> None:
    words = "\\# \\<b> &lt;b&gt; &amp;amp; \\[^1] \\[a](b) \\$x\\$ \\==y\\== \\{#z} \\:smile: &eacute;"
    assert passages(seeds, words) == ["# <b> <b> &amp; [^1] [a](b) $x$ ==y== {#z} :smile: é"]


@pytest.mark.parametrize(
    "words",
    [
        "<script>alert(1)</script>",
        "It was signed <script>alert(1)</script> here.",
        "A <STYLE> of writing and a </title>.",
        "<iframe src='https://evil.example'></iframe>",
        "See [the pen](javascript:alert(1)).",
        "![a pen](data:text/html,x)",
    ],
)
def test_line_13_a_script_and_a_link_to_one_are_text(seeds: Path, words: str) -> None:
    assert passages(seeds, words) == [words]
