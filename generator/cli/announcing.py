"""The command that makes a message of the latest news, to be pasted or sent: `incidents announce`."""

from functools import partial
from typing import Any

import click

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
    to_announce,
    way_out_of_all,
)
from generator.cli.options import record_argument
from generator.cli.posting import Dispatch
from generator.cli.sending import dispatch
from generator.cli.session import Session, in_session
from generator.cli.suggesting import languages, records
from generator.editing import Refused, find_record
from generator.feeds.channel import Channel
from generator.language import language
from generator.news import Item

FORMS = ("mail", "sms", "mastodon", "slack", "plain")


@click.command()
@record_argument(records())
@click.option("--for", "form", type=click.Choice(FORMS), default="mail", show_default=True, help="What it is for.")
@click.option("--language", "code", metavar="CODE", shell_complete=languages,
              help="A language of the site, if not its first; to be sent, of those whose line names none.")  # fmt: skip
@click.option("--send", is_flag=True, help="Mail it to everyone on the list who has not got it yet.")
@click.option("--dry-run", is_flag=True, help="Show what would be sent to whom; nothing is sent.")
@click.option("--yes", is_flag=True, help="Send without asking.")
@click.option("--keep-going", is_flag=True, help="Send to the sound addresses when some of the list are not.")
@click.option("--again", type=click.Choice(["refused", "unknown"]), multiple=True,
              help="Try those once more that were refused, or of whom nobody knows whether they got it.")  # fmt: skip
@in_session
def announce(session: Session, name: str | None, form: str, code: str | None, send: bool, **how: Any) -> None:
    """Make a message of the latest news, or mail it to everyone.

    News are those of the record that is open, or was heard of last, or is named.

    The password of the mail server is read from INCIDENTS_SMTP_PASSWORD. Sending ends with 0 when everybody has got
    it, with 3 when some are left for another try, with 4 when none is left but some were refused or are uncertain.

    \b
    Examples:
      incidents announce
      incidents announce slow-bookings --for sms --language en
      incidents announce --send
    """
    item = _item(session, name)
    if send or how["dry_run"]:
        if form != "mail":
            raise Refused("only_mail", form=form)
        dispatch(session, item, Dispatch(_channels(session), _checked(session, code), **how))
        return
    _show(session, item, _channels(session)[_checked(session, code)], form)


def _item(session: Session, name: str | None) -> Item:
    """The news that is meant."""
    desk = session.desk
    record = find_record(desk, name) if name else session.choose(None, to_announce, "nothing_to_announce")
    if record not in desk.incidents:
        session.read(record)
    desk.course(record)
    item = newest_item(desk.history, record)
    if item is None:
        raise Refused("no_news", id=record)
    return item


def _channels(session: Session) -> dict[str, Channel]:
    desk = session.desk
    return {code: Channel(desk.history, language(code, desk.settings.zone)) for code in desk.settings.languages}


def _checked(session: Session, code: str | None) -> str:
    languages = session.desk.settings.languages
    if code and code not in languages:
        raise Refused("no_such_language", code=code, languages=", ".join(languages))
    return code or languages[0]


def _show(session: Session, item: Item, channel: Channel, form: str) -> None:
    """The message alone on standard output, ready to be pasted; what is to be said of it beside that."""
    note = partial(click.echo, err=True)
    if form == "mail":
        _show_mail(session, item, channel)
    elif form == "sms":
        text = render_sms(channel, item)
        click.echo(text)
        alphabet = "gsm" if is_gsm(text) else "ucs2"
        note(session.words(f"tool.announce.sms_{alphabet}", n=parts_of(text), length=length_of(text)))
    elif form == "mastodon":
        text = render_mastodon(channel, item)
        click.echo(text)
        note(session.words("tool.announce.mastodon", length=mastodon_length(text)))
    else:
        click.echo({"slack": render_slack, "plain": render_plain}[form](channel, item))


def _show_mail(session: Session, item: Item, channel: Channel) -> None:
    letter = build_letter(channel, item, way_out_of_all(channel))
    session.say("announce.subject", subject=letter.subject)
    click.echo(f"\n{letter.plain}")
    session.say("announce.html")
    click.echo(f"\n{letter.html}", nl=False)
    if session.desk.settings.status.mail:
        click.echo(session.words("tool.announce.to_send", id=item.course.incident.id), err=True)
