"""Texts of a Statuspage, HTML or not, become Markdown that a record takes, and keep their words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.prose import find_faults, to_plain
from generator.statuspage.losses import Losses
from generator.statuspage.wording import to_line, to_record

ROOT = "https://status.bikeshed.example/"


def written(text: str) -> str:
    return to_record(text, Losses(), "x", ROOT)


def lost(text: str) -> list[str]:
    losses = Losses()
    to_record(text, losses, "x", ROOT)
    return [loss.why for loss in losses.listed()]


@pytest.mark.parametrize(("html", "markdown"), [
    ("Nothing to change: 3 < 4, R&D, a_b, *.py.", "Nothing to change: 3 < 4, R&D, a_b, *.py."),
    ("One.<br /><br />Two.", "One.\n\nTwo."),
    ("One.<br>\nTwo. \r\n\r\nThree.", "One.\n\nTwo.\n\nThree."),
    ("First:<br/>- a<br/>- b", "First:\n\n- a\n- b"),
    ("<p>One <strong>bold</strong> &amp; <em>thin</em></p><p>Two</p>", "One **bold** & *thin*\n\nTwo"),
    ("<ul><li>a</li><li>b</li></ul>", "- a\n- b"),
    ("<pre>a b\n  c</pre>", "```\na b\n  c\n```"),
    ("<blockquote>a<br>b</blockquote>c", "> a\n> b\n\nc"),
    ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
    ("Use <code>a_b</code>", "Use `a_b`"),
    ("<a href='https://a.example/x_y'>there</a>", "[there](https://a.example/x_y)"),
    ("<a href='/help'>there</a>", f"[there]({ROOT}help)"),
    ("<a href='mailto:a@b.example'>mail</a>", "[mail](mailto:a@b.example)"),
    ("less than <1% of R&D &amp; sales<br>", "less than <1% of R&D & sales"),
])  # fmt: skip
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    """What was plain stays as it was typed."""
    assert written(html) == markdown
    assert not any(find_faults(written(html)))


@pytest.mark.parametrize(("html", "words", "reason"), [
    ("<h2>Cause</h2>The disk.", "**Cause**\n\nThe disk.", "heading"),
    ("<img src='https://a.example/p.png' alt='A chart'>", "[A chart](https://a.example/p.png)", "picture"),
    ("<iframe src='https://a.example/film'></iframe>", "[https://a.example/film](https://a.example/film)", "film"),
    ("<a href='javascript:alert(1)'>click</a>", "click", "link"),
    ("a<script>alert(1)</script>b", "ab", "<script>"),
    ("[click](javascript:alert(1))", "\\[click\\](javascript:alert(1))", "plain text"),
    ("[click](javascript:a) &lt;c&gt; 1 &gt; 0", "\\[click\\](javascript:a) &lt;c> 1 > 0", "plain text"),
    ("[" * 9 + "x", "x", "thicket"),
    ("One line.<br>The next.", "One line.\n\nThe next.", "line break"),
])  # fmt: skip
def test_what_cannot_be_expressed_is_told(html: str, words: str, reason: str) -> None:
    """The words are kept, in a form that a record takes."""
    assert written(html) == words
    assert any(reason in why for why in lost(html))
    assert not any(find_faults(written(html)))


def test_a_table_keeps_its_cells() -> None:
    html = "<table><tr><th>Shop</th><th>Till</th></tr><tr><td>slow</td><td>down</td></tr></table>"
    assert re.findall(r"\w+", written(html)) == ["Shop", "Till", "slow", "down"]
    assert any("table" in why for why in lost(html))


def test_deep_nesting_is_survived() -> None:
    """Neither the reader of HTML nor that of Markdown is brought down."""
    assert written("<div>" * 5_000 + "still here") == "still here"


@pytest.mark.parametrize(("html", "markdown"), [
    ("Use &lt;your-token&gt;. See <a href='https://a.example/x'>our docs</a> and <b>restart</b>.",
     "Use &lt;your-token>. See [our docs](https://a.example/x) and **restart**."),
    ("&lt;b&gt;bold&lt;/b&gt; with <i>tags</i>", "&lt;b>bold&lt;/b> with *tags*"),
    ("&amp;lt;b&amp;gt; and &amp;amp;", "&amp;lt;b&amp;gt; and &amp;amp;"),
    ("A List<String>, **bold**", "A List&lt;String>, **bold**"),
    ("`List<String>`, <https://a.example/>", "`List<String>`, <https://a.example/>"),
])  # fmt: skip
def test_angle_brackets_that_are_words_spare_links_and_bold(html: str, markdown: str) -> None:
    """One escaped tag leaves the rest of its text as it was marked up."""
    assert written(html) == markdown
    assert lost(html) == []


@pytest.mark.parametrize(("text", "markdown"), [
    ("[1]: https://x.example", "\\[1]: https://x.example"),
    ("2. Second step is done", "2\\. Second step is done"),
    ("2023. was bad", "2023\\. was bad"),
    ("C:\\temp\\*.log", "C:\\temp\\\\*.log"),
    ("\\\\server\\share", "\\\\\\server\\share"),
    ("call __init__", "call \\_\\_init\\_\\_"),
    ("*.log and *.txt, 2*3*4", "\\*.log and \\*.txt, 2*3*4"),
    ("> 5% errors", "\\> 5% errors"),
    ("+ 5% more", "\\+ 5% more"),
    ("# Not a heading", "\\# Not a heading"),
    ("---", "\\---"),
    ("&nbsp;<b>Menu</b> &gt; Help", "**Menu** > Help"),
    ("<blockquote>&gt; 5%</blockquote>", "> \\> 5%"),
    ("<ol start=5><li>fifth</li></ol>", "5\\. fifth"),
])  # fmt: skip
def test_words_that_look_like_markdown_stay_words(text: str, markdown: str) -> None:
    """Neither lost nor changed, whether the text holds HTML or not."""
    assert written(text).strip() == markdown
    assert written(f"{text}<!-- HTML -->").strip() == markdown
    words = text if "<" not in text else to_plain(markdown)
    assert to_plain(written(text)) == words


def test_signs_that_were_meant_as_markdown_stay_it() -> None:
    """Lists that count from one, bold words, code."""
    for text in ("1. a\n2. b", "- a\n- b", "**Cause:** the *disk*", "`__init__`", "```\n# a\n2. b\n```", "a_b *.py"):
        assert written(text) == text


PIECES = st.sampled_from([
    "<b>", "</b>", "<br>", "<p>", "</a>", "<a href='x'>", "<a href='javascript:x'>", "<img src=x>", "&lt;i&gt;", "&",
    "<", "# ", "\n", "\n---\n", "[x](y:z)", "`", "*", "_", "wort", "- ", "1. ", "<li>", "<pre>", "<script>", "![",
    "](", ">", "\\", "&lt;", "&amp;lt;", "__", "+ ", "7. ", "[x]: ", "<hr>", "<blockquote>", "\x00",
])  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_whatever_comes_a_record_takes_it(text: str) -> None:
    """Tags that do not match, Markdown by accident, entities that hide tags."""
    assert not any(find_faults(written(text)))


@given(st.from_regex(r"[A-Za-z ,.;:!?()'0-9äöüß%-]{1,80}", fullmatch=True))
def test_plain_words_are_kept_to_the_letter(text: str) -> None:
    said = " ".join(text.split())
    assert " ".join(to_plain(written(f"Say {said}<br>")).split()) == to_plain(f"Say {said}")


def test_a_title_is_one_line_without_tags() -> None:
    assert to_line(" Shop &amp; <b>till</b>\n down: List<String> ") == "Shop & till down: List<String>"
