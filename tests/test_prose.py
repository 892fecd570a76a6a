"""Texts in Markdown: nothing that leaves them can run, load or reach into its surroundings."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.prose import find_faults, to_html, to_inline_html, to_markdown, to_plain

TAGS = {"p", "em", "strong", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "br", "a", "img", "div",
        "h1", "h2", "h3", "h4", "h5", "h6"}  # fmt: skip
VOID = {"hr", "br", "img"}
ATTRIBUTES = {("a", "href"), ("a", "title"), ("img", "src"), ("img", "alt"), ("img", "title"), ("code", "class"),
              ("ol", "start")}  # fmt: skip


class Gate(HTMLParser):
    """Reads HTML as a browser does and notes whatever is not on the list, and what stays open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.strange: list[str] = []
        self.open: list[str] = []
        self.targets: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.strange += [tag] if tag not in TAGS else []
        self.strange += [f"{tag} {name}" for name, _ in attrs if (tag, name) not in ATTRIBUTES]
        self.targets += [(tag, value or "") for name, value in attrs if name in ("href", "src")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.strange.append(f"/{tag}")

    def handle_comment(self, data: str) -> None:
        self.strange.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.strange.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.strange.append("instruction")

    def unknown_decl(self, data: str) -> None:
        self.strange.append("declaration")


def assert_harmless(html: str) -> None:
    gate = Gate()
    gate.feed(html)
    gate.close()
    assert not gate.strange
    assert not gate.open
    for tag, target in gate.targets:
        bare = "".join(character for character in target if character > " ").lower()
        absolute = bare.startswith(("http://", "https://", "mailto:"))
        relative = bare in ("#", "") or bare.startswith(("./", "#"))
        assert relative or (absolute and tag == "a"), f"{tag} leads to {target}"


HOSTILE = st.lists(st.sampled_from([
    "<", ">", "<script>", "</script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "<![CDATA[", "<?", "</div>",
    "<a ",
    "[", "]", "(", ")", "![", "](", "[x]: ", "[x]", "javascript:", "JaVaScRiPt:", "data:text/html,",
    "vbscript:", "//evil.example", "java&#115;cript:", "java&Tab;script:", "&colon;", "&#x6A;",
    "\\", "`", "```\n", "~~~ \n", "\"", "'", "onclick=", " \"t\" ",
    "*", "_", "**", "#", "> ",
    "- ", "1. ", "\n", "\n\n", "    ", "\t", "x", "a*b", "&", ";", "&lt;", "&amp;", "&quot;",
    "https://example.com/", "<https://example.com/>", "<mailto:a@b.c>", "<a@b.c>", "mailto:a@b.c", "{", "}",
    "{: onclick=x}", "|",
    "\x02", "\x03", "\x02wzxhzdk:0\x03", "\x02amp\x03", "klzzwxh:0000", "/", ".", "..", "?", "=", "===\n", "---\n",
    " href=\"", "ä",
]), max_size=25).map("".join)  # fmt: skip


@settings(max_examples=1500, deadline=None)
@given(HOSTILE)
def test_nothing_hostile_leaves_a_text(text: str) -> None:
    """Only listed tags and attributes, properly closed; links to http(s), mailto and the site; pictures of the site."""
    assert_harmless(to_html(text))
    assert_harmless(to_inline_html(text))


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_a_text_says_the_same_checked_or_not(text: str) -> None:
    """A text that is found sound has no link that had to be disarmed, and no heading."""
    if not list(find_faults(text)):
        gate = Gate()
        gate.feed(to_html(text))
        assert not [tag for tag in gate.open if tag.startswith("h")]
        assert "<h1" not in to_html(text)


@settings(max_examples=500, deadline=None)
@given(HOSTILE)
def test_a_text_in_a_page_is_harmless_markdown(text: str) -> None:
    """It is either one HTML block without a blank line, or plain words that open nothing."""
    if list(find_faults(text)):
        return
    markdown = to_markdown(text)
    if markdown.startswith("<div>"):
        assert "\n\n" not in markdown
        assert_harmless(markdown)
    else:
        assert not set(markdown) & set("<>&`[]{}!_|")


def test_plain_text_has_no_marks_left() -> None:
    """Stars, links and entities become the words that they stand for."""
    assert to_plain("**Achtung**, [hier](https://example.com/) &amp;\n\n- `a < b`") == "Achtung, hier & a < b"


@pytest.mark.parametrize("text", [
    "Händler*innen und Kund*innen", "Händler*innen, Kund*innen und **alle**", "*Händler*innen* und Kund*innen",
])  # fmt: skip
def test_gender_stars_stay_stars(text: str) -> None:
    """Two of them in a paragraph do not make it italic."""
    html = to_html(text)
    assert "ler*innen" in html
    assert "Kund*innen" in html or "alle" in html


@pytest.mark.parametrize(("text", "html"), [
    ("Ein Satz.", "<p>Ein Satz.</p>"),
    ("A & B", "<p>A &amp; B</p>"),
    ("**fett** und *schräg*", "<p><strong>fett</strong> und <em>schräg</em></p>"),
    ("[hier](uptime/)", '<p><a href="./uptime/">hier</a></p>'),
    ("[hier](/uptime/)", '<p><a href="./uptime/">hier</a></p>'),
    ("[hier](https://example.com/?a=1&section=2)", '<p><a href="https://example.com/?a=1&amp;section=2">hier</a></p>'),
    ("Er schrieb href=\"x\".", "<p>Er schrieb href=\"x\".</p>"),
    ("`<b>`", "<p><code>&lt;b&gt;</code></p>"),
    ("eins  \nzwei", "<p>eins<br />\nzwei</p>"),
])  # fmt: skip
def test_markdown_becomes_what_it_says(text: str, html: str) -> None:
    """Each form that a text may have gives its HTML, and is no fault."""
    assert not list(find_faults(text))
    assert to_html(text) == html


@pytest.mark.parametrize("text", [
    "<b>x</b>", "a <script>", "<!-- x -->", "</div>", "<?php", "# Titel", "Titel\n---", "[x](javascript:x)",
    "![x](https://e.example/x)",
    "[x](//e.example)", "[x](\\\\e.example)", "[x](http:e.example)", "![x](data:image/png;base64,x)",
    "[x][y]\n\n[y]: file:///etc/passwd",
    "x " * 6000, "[" * 9, "[a](" * 9, "- " * 9 + "x", "> " * 9 + "x", "a_" * 501, "x\n" * 302,
])  # fmt: skip
def test_what_does_not_belong_into_a_text_is_found(text: str) -> None:
    """With what is wrong and what to write instead."""
    faults = list(find_faults(text))
    assert faults
    assert all(message and hint for message, hint in faults)


@pytest.mark.parametrize("text", [
    "3 < 4 und 5 > 4", "a <- b", "I <3 DNS", "`<script>`", "```\n<script>\n# kein Titel\n```", "<https://example.com/>",
    "<hilfe@example.com>", "[Mail](mailto:hilfe@example.com)", "[hier](#oben)", "[hier](../uptime/)",
    "Nr. 5\n\n1. eins\n2. zwei",
    "![Plan](plan.png)", "&copy; wir", "#12 ist weg",
])  # fmt: skip
def test_what_belongs_into_a_text_is_let_pass(text: str) -> None:
    """It only looks like what is refused."""
    assert not list(find_faults(text))


def test_relative_links_begin_at_the_root_that_is_given() -> None:
    """And none of them leads to another site."""
    assert 'href="../../uptime/"' in to_html("[x](uptime/)", "../../")
    assert 'href="https://s.example/uptime/"' in to_html("[x](/uptime/)", "https://s.example/")
    assert 'href="evil.example"' in to_html("[x](/.///evil.example)", "")
