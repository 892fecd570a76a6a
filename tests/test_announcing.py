"""Announcements as they are read: by mail, on telephones, where people talk; in each language, no longer than fits."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html as lxml_html

from generator.announcing import (
    build_letter,
    is_gsm,
    length_of,
    mastodon_length,
    newest_item,
    parts_of,
    render_mastodon,
    render_plain,
    render_slack,
    render_sms,
)
from generator.feeds.channel import Channel
from generator.history import build_history
from generator.language import language
from generator.news import Item
from generator.project import read_project
from tests.admin import NAME, OPEN, OVER, Admin
from tests.built import SITES

ADDRESS = f"https://status.example.net/incidents/{NAME}/"
REPORT = "summary: {de: 'Zwei Sätze.', en: Two sentences.}\ncause: {certainty: unknown}\npublished: 2026-03-02 11:00\n"
CORRECTION = "corrections:\n  - {at: 2026-03-02 11:30, text: Es begann um 10 Uhr.}\n"


def told(admin: Admin, name: str = NAME, code: str = "de") -> tuple[Channel, Item]:
    """The newest item of a record, and the channel that tells it."""
    project = read_project(admin.config)
    assert [str(problem) for problem in project.errors] == []
    history = build_history(project.records, project.settings, admin.now)
    item = newest_item(history, name)
    assert item
    return Channel(history, language(code, project.settings.zone)), item


def write(admin: Admin, text: str = "", title: str = "Dashboard nicht erreichbar", entry: str = "") -> None:
    """The record of an outage whose one entry says `text`, and more."""
    lines = "".join(f"    {line}\n" for line in entry.splitlines())
    says = "    text: |\n" + "".join(f"      {line}\n" for line in text.splitlines()) if text else ""
    admin.write(NAME, OPEN.replace("Dashboard nicht erreichbar", title) + says + lines)


class TestWhich:
    """Which news is told"""

    def test_what_is_open_is_announced(self, during: Admin) -> None:
        """Its latest update, in the site's first language."""
        during.do("update", "-s", "identified", "-m", "Ein Datenträger ist voll.")
        assert during.do("announce", "--for", "plain").startswith(
            "Fehler gefunden: Dashboard nicht erreichbar\n\n"
            "Fehler gefunden · Montag, 2. März 2026, 10:25\xa0Uhr".replace("\xa0", " ")
        )

    def test_what_has_just_ended_is_announced_when_nothing_is_open(self, after: Admin) -> None:
        """That it is over is what people wait for."""
        assert after.do("announce", "--for", "plain").startswith("Behoben: Dashboard nicht erreichbar\n")

    def test_then_its_report_and_then_what_is_corrected_in_it(self, after: Admin) -> None:
        """Each when it is the latest."""
        after.write(NAME, OVER + REPORT)
        said = after.do("announce", "--for", "mastodon")
        assert said == f"Der ganze Bericht: Dashboard nicht erreichbar\n\nZwei Sätze.\n\n{ADDRESS}\n"
        after.write(NAME, OVER + REPORT + CORRECTION)
        assert "Es begann um 10 Uhr." in after.do("announce", "--for", "sms")

    def test_a_record_may_be_named(self, after: Admin) -> None:
        """By a part of its id."""
        after.do("new", "Kasse steht", "-c", "booking=partial_outage")
        assert "Kasse steht" in after.do("announce", "--for", "plain")
        assert "Behoben: Dashboard" in after.do("announce", "dashboard", "--for", "plain")

    def test_several_that_are_open_are_a_question(self, during: Admin) -> None:
        """Where nobody is there to answer, they are listed."""
        during.do("new", "Kasse steht", "-c", "booking=partial_outage")
        assert "2026-03-02-kasse-steht" in during.fail("announce")

    def test_what_is_not_news_is_not_announced(self, admin: Admin) -> None:
        """Nothing on record; a mere finding, which stands on its page alone."""
        assert admin.fail("announce") == "There is no news to announce yet.\n"
        admin.write(NAME, "kind: notice\ntitle: A\ntimeline:\n  - {at: 2026-03-02, kind: finding, text: Ein Fund.}\n")
        assert "says nothing to readers yet" in admin.fail("announce", "dashboard")

    def test_each_language_of_the_site_can_be_had(self, during: Admin) -> None:
        """Another one is refused; a text that lacks it says which it is in."""
        during.do("update", "-m", "Ein Datenträger ist voll.")
        said = during.do("announce", "--language", "en", "--for", "plain")
        assert "Ein Datenträger ist voll. (in German)" in said
        assert f"https://status.example.net/en/incidents/{NAME}/" in said
        assert "no language 'fr'" in during.fail("announce", "--language", "fr")


class TestMail:
    """Subject, plain words and HTML"""

    def test_the_command_shows_all_three(self, during: Admin) -> None:
        """Ready to be pasted."""
        said = during.do("announce")
        subject, plain, html = re.split(r"\n\nGuten|The same as HTML:\n\n", said)
        assert subject == "Subject: Wir suchen den Fehler: Dashboard nicht erreichbar"
        assert "- Dashboard: Ausgefallen" in plain
        assert html.startswith("<!DOCTYPE html>")

    def test_markdown_becomes_plain_words(self, during: Admin) -> None:
        """Links keep their addresses, lists their items, code its lines; marks are gone."""
        write(during, "Es *hakt* bei **allem**, siehe [Liste](uptime/) und <https://a.example/>:\n\n1. eins\n2. zwei\n"
                      "    - innen\n\n> Ein Zitat\n\n```\nrohe  <Zeile>\n```\n\n![Bild](bild.png)")  # fmt: skip
        assert (
            "Es hakt bei allem, siehe Liste (https://status.example.net/uptime/) und https://a.example/:\n\n"
            "1. eins\n2. zwei\n   - innen\n\n> Ein Zitat\n\nrohe  <Zeile>\n\n"
            "Bild (https://status.example.net/bild.png)\n\nAlles dazu"
        ) in render_plain(*told(during))

    def test_html_loads_nothing_and_says_the_same(self, during: Admin) -> None:
        """No picture, style sheet, script or form; whole addresses; well-formed."""
        write(during, "Siehe [Liste](uptime/), [hier](#weiter), ![Bild](bild.png).\n\n```html\nx\n```")
        letter = build_letter(*told(during), "https://example.com/stop?a=1&b=2")
        page = lxml_html.fromstring(letter.html)
        tags = {element.tag for element in page.iter() if isinstance(element.tag, str)}
        assert tags <= {
            "html",
            "head",
            "meta",
            "title",
            "body",
            "div",
            "p",
            "a",
            "strong",
            "ul",
            "li",
            "br",
            "pre",
            "code",
        }
        assert not page.xpath("//@class | //@src | //@id | //@title")
        assert [link for link in page.xpath("//a/@href") if not link.startswith(("https://", "mailto:"))] == []
        assert f"{ADDRESS}#weiter" in page.xpath("//a/@href")
        assert "https://example.com/stop?a=1&b=2" in page.xpath("//a/@href")

    @pytest.mark.parametrize(
        "text", ["<script>alert(1)</script>", '"><img src=x>', "&lt;b&gt; </title>", "{address} {}"]
    )
    def test_words_stay_words(self, text: str, during: Admin) -> None:
        """In a title that looks like HTML, or like a place for something of ours."""
        write(during, title=f"'{text}'")
        channel, item = told(during)
        letter = build_letter(channel, item, "mailto:a@example.com")
        page = lxml_html.fromstring(letter.html)
        assert not page.xpath("//script | //img | //b")
        assert text in page.findtext("head/title")
        assert text in letter.subject

    def test_what_is_pasted_says_whom_to_write_to(self, during: Admin) -> None:
        """The publisher, where no list is set up."""
        assert "Schreiben Sie kurz an post@example.net, das genügt." in during.do("announce")


class TestTextMessage:
    """SMS"""

    def test_one_part_with_who_what_and_where(self, during: Admin) -> None:
        """What was typed with marks that telephones do not have is typed with those they do."""
        write(during, "Die „Kasse“ steht – wir prüfen…", title="Störung im „Café“ 🚲")
        channel, item = told(during)
        text = render_sms(channel, item)
        assert text == f'Example Status: Wir suchen den Fehler: Störung im "Café". {ADDRESS}'
        assert (is_gsm(text), parts_of(text)) == (True, 1)

    def test_what_to_do_comes_before_the_rest(self, during: Admin) -> None:
        """And never in half: a text may be cut, an advice may not."""
        during.config.write_text(during.config.read_text("utf-8").replace("status.example.net", "a.io"), "utf-8")
        write(during, "Wir prüfen gerade, warum das Dashboard nicht antwortet, und melden uns.", "Kasse",
              "advice: Nichts buchen.\nnext_update: 2026-03-02 11:00")  # fmt: skip
        text = render_sms(*told(during))
        assert text == (
            f"Example Status: Wir suchen den Fehler: Kasse. Unser Rat: Nichts buchen. https://a.io/incidents/{NAME}/"
        )

    def test_letters_are_not_replaced(self, during: Admin) -> None:
        """Another alphabet takes more parts, and the command says how many."""
        write(during, title="Łódź nieosiągalna")
        result = during.try_to("announce", "--for", "sms")
        assert "Łódź" in result.stdout
        assert re.match(r"2 text messages: \d+ characters, 67 in each", result.stderr)

    @pytest.mark.parametrize(
        ("text", "gsm", "length", "parts"),
        [
            ("a" * 160, True, 160, 1), ("a" * 161, True, 161, 2), ("a" * 306, True, 306, 2), ("a" * 307, True, 307, 3),
            ("€" * 80, True, 160, 1), ("a" * 152 + "€" * 77, True, 306, 3), ("äöüßÄÖÜ", True, 7, 1),
            ("ł" * 70, False, 70, 1), ("ł" * 71, False, 71, 2), ("ł" * 134, False, 134, 2), ("🚲" * 35, False, 70, 1),
            ("🚲" * 67, False, 134, 3), ("", True, 0, 1), ("ç", False, 1, 1),
        ],
    )  # fmt: skip
    def test_parts_are_counted_as_networks_do(self, text: str, gsm: bool, length: int, parts: int) -> None:
        """160 of the telephones' own characters, 70 of others; several have 153 and 67, and tear nothing apart."""
        assert (is_gsm(text), length_of(text), parts_of(text)) == (gsm, length, parts)


class TestPosts:
    """Mastodon and Slack"""

    def test_a_post_is_cut_to_its_length(self, during: Admin) -> None:
        """Between words, and nothing that is needed is lost; links count as 23."""
        write(during, "Wort " * 400, entry="advice: Nichts buchen.\nnext_update: 2026-03-02 11:00")
        text = render_mastodon(*told(during))
        assert 480 <= mastodon_length(text) <= 500
        assert "Wort …\n\nUnser Rat: Nichts buchen.\n\n" in text
        assert text.endswith(f"\n\n{ADDRESS}")

    @pytest.mark.parametrize(
        ("text", "length"),
        [
            ("a https://status.example.net/" + "x" * 100, 25), ("https://a.io/ b", 25), ("(https://a.io/x).", 26),
            ("http://localhost/abc", 20), ("🚲", 1),
        ],
    )  # fmt: skip
    def test_a_link_counts_as_much_as_any_other(self, text: str, length: int) -> None:
        """What stands around it, and what is no link there, counts as it is."""
        assert mastodon_length(text) == length

    def test_nobody_is_called_by_what_a_text_says(self, during: Admin) -> None:
        """An @ in it is no mention; a mail address stays one."""
        write(during, "Fragen an @kasse oder post@example.net, @channel", title="'@here: Kasse'")
        for text in (render_mastodon(*told(during)), render_slack(*told(during))):
            assert not re.search(r"(?<!\w)@(?=\w)", text)
            assert "post@example.net" in text

    def test_slacks_own_marks(self, during: Admin) -> None:
        """Bold and links in its form, its three characters escaped, stars of gender left alone."""
        write(
            during,
            "Für **alle** Händler*innen & Kund*innen: a < b, [Liste](https://a.example/?x=1&y=2), `code`.\n\n- eins",
        )
        assert render_slack(*told(during)) == (
            "*Wir suchen den Fehler: Dashboard nicht erreichbar*\n\n"
            "*Wir suchen den Fehler* · Montag, 2. März 2026, 10:05 Uhr\n\n• Dashboard: Ausgefallen\n\n"
            "Für *alle* Händler*innen &amp; Kund*innen: a &lt; b, <https://a.example/?x=1&amp;y=2|Liste>, `code`.\n\n"
            f"• eins\n\n{ADDRESS}"
        )

    def test_slack_gets_whole_paragraphs(self, during: Admin) -> None:
        """As many as a section holds."""
        write(during, "\n\n".join(["Ein Satz mit **Nachdruck**. " + "Und noch einer. " * 35] * 8))
        text = render_slack(*told(during))
        assert 2400 < len(text) <= 3000
        assert text.count("*") % 2 == 0


@pytest.mark.parametrize(
    "form", [render_sms, render_mastodon, render_slack, render_plain], ids=lambda form: form.__name__
)
@pytest.mark.parametrize("config", sorted(config for config, _ in SITES.values()), ids=lambda config: Path(config).stem)
def test_every_record_of_ours_fits_everywhere(config: Path, form: object) -> None:
    """In each language, with its address, and without marks of Markdown or HTML."""
    project = read_project(config)
    history = build_history(project.records, project.settings, datetime(2026, 10, 20, 8, 15, tzinfo=UTC))
    assert callable(form)
    for name in history.by_id:
        item = newest_item(history, name)
        for code in project.settings.languages if item else ():
            assert item
            channel = Channel(history, language(code, project.settings.zone))
            text = form(channel, item)
            assert channel.page(item.course.incident) in text
            assert not re.search(r"</|&amp;amp|\]\(", text)
            assert parts_of(text) <= 2 if form is render_sms else True
            assert mastodon_length(text) <= 500 if form is render_mastodon else True
            assert len(text) <= 3000 if form is render_slack else True
