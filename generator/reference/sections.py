"""What the reference says beside its tables: a lead, an example in a hurry, and the rules between fields."""

from collections.abc import Iterator
from dataclasses import dataclass

from generator.declared import Dependence, Independence
from generator.git_host import GitHost
from generator.language import available_languages
from generator.mail_settings import MailSettings
from generator.model import (
    FINAL_STATUSES,
    INCIDENT_STATUSES,
    MAINTENANCE_STATUSES,
    STATES,
    Action,
    Cause,
    Correction,
    Detection,
    Explanation,
    Hypothesis,
    Impact,
    Incident,
    Lessons,
    Mitigation,
    Part,
    Schedule,
    Update,
)
from generator.prose import MAX_CHARACTERS
from generator.records import MAX_ID
from generator.settings import IMPRINT, ComponentSettings, Hosting, Publisher, Security, StatusSettings
from generator.targets import Target
from generator.texts import MAX_LINE
from generator.yaml_source import MAX_BYTES


@dataclass(frozen=True)
class Section:
    """One table of the reference. `example` is YAML: whole, or what is added to the smallest record."""

    heading: str
    model: type[Part]
    lead: str
    example: str = ""
    notes: str = ""


def _words(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def forms_of_a_moment() -> Iterator[tuple[str, str]]:
    """The name of each form in the model, and how it is written."""
    yield "exact", "at: 2021-07-17 09:05"
    yield "day", "at: 2021-07-17"
    yield "about", "at: ~2021-07-17 09:05"
    yield "before", "at: {before: 2021-07-17 09:05}"
    yield "after", "at: {after: 2021-07-17 09:05}"
    yield "between", "at: {between: [2021-07-17 09:00, 2021-07-17 09:15]}"
    yield "told", "at: {about: 2021-07-17 09:05, told: kurz nach 9}"


INTRODUCTION = f"""\
# Fields

Every field that a record (`incidents/<id>.yml`) and the settings (`extra.status` in `mkdocs.yml`) may have. This page
is made from the model that checks them and is never edited by hand; CONTRIBUTING.md says how to renew it. The examples
are invented.

**Bold** fields have to be there, all others may be left out. A field that is not in these tables is a problem, and so
is a field that stands twice. `incidents check` tells the line of every problem and what to write instead.

- [How to write it](#how-to-write-it): [texts](#texts), [moments](#moments)
- [The record](#the-record)
- [The settings](#the-settings)

## How to write it

The name of the file is the record's id and its address for ever: `incidents/2021-07-17-dns.yml` becomes
`/incidents/2021-07-17-dns/`. It has small letters, digits and single hyphens, {MAX_ID} characters at most. A file
whose name begins with `_` or `.` is left alone: drafts may lie there. A record has {MAX_BYTES // 1024} KB at most.

YAML's own surprises are switched off. Every value is read as you typed it: `no` is the word no. Anchors, aliases, tags
and merge keys are refused.

### Texts

A text is written in the site's first language, or as a map of languages. What lacks a translation is shown in the
language it has, and says so.

```yaml
title: Dashboard nicht erreichbar
summary:
  de: Das Dashboard war gut zwei Stunden lang nicht zu erreichen.
  en: The dashboard could not be reached for a good two hours.
```

- A **line** is shown as it is: a single line, {MAX_LINE} characters at most.
- A **text** is Markdown: paragraphs, lists, **bold**, `code`, links. No raw HTML, no headings, no pictures from other
  sites; links lead to `https://`, `http://`, `mailto:` or a page of the site. {MAX_CHARACTERS:,} characters at most.
- `Händler*innen` stays as it is, as often as you like.
- Three things need quotation marks: a colon before a space, a `#` after one, and a sign at the very beginning, as in
  `"Ausfall: DNS"`, `"Rechnung #12"` and `"*innen"`. Below `>-` (one paragraph) or `|` (lines as you break them) a
  longer text needs none."""

MOMENTS = (
    """\
### Moments

When something happened, no more exactly than you know it. The site never shows a moment as more exact than you wrote
it, and what is computed from an uncertain moment becomes a range.""",
    """\
Times are local times of the site's `time_zone`; a second may follow the minute. An offset says otherwise, and tells
apart the hour that a clock change repeats: `2025-10-26 02:30+01:00`. A time that the clock skipped is a problem, not a
guess. A date always stands before the time: `9:05` alone is refused.

**Days** (`due`, `done_at`, `since`) are plain dates: `2021-12-31`.""",
)
"""What stands above and below the table of moments."""

_SMALLEST = """
title: Dashboard cannot be reached
timeline:
  - at: 2026-03-02 09:05
    status: investigating
    components: {dashboard: major_outage}
    text: We are finding out why the dashboard does not answer.
"""

RECORD = (
    Section(
        "A record", Incident,
        "This is a whole record, and all that is needed during an outage:", _SMALLEST,
        "What a record does not say is shown as *not stated*, never as *no*. With `published` set, the record is a "
        "finished post-mortem: a feed entry of its own announces it.",
    ),
    Section(
        "timeline[]", Update,
        "What happened, oldest first. Each entry counts until another one says otherwise, so an entry names only what "
        "changes.",
        """
timeline:
  - at: ~2026-03-02 09:05
    status: investigating
    components: {dashboard: major_outage}
    text: We are finding out why the dashboard does not answer.
    advice: Please do not create bookings twice. Those you have entered are safe.
    next_update: 2026-03-02 10:00
  - kind: hypothesis
    text: The new version has too few connections to the database.
  - at: 2026-03-02 09:50
    status: monitoring
    components: {dashboard: degraded_performance}
    text: The old version is back.
    restriction: Reports are still slow.
    available_at: https://spare.example.com/
  - at: 2026-03-02 11:30
    status: resolved
    text: Everything is as fast as it was.
""",
        f"""\
- `status` of an incident: {_words(INCIDENT_STATUSES)}; of a maintenance: {_words(MAINTENANCE_STATUSES)}; a notice has
  none. An incident needs at least one.
- After {_words(tuple(sorted(FINAL_STATUSES)))}, components that the entry does not name are `operational` again.
- The states from best to worst: {_words(STATES)}. In the uptime a major outage counts in full, a partial outage with
  30 per cent, degraded performance not at all. Maintenance is left out if it was announced, else it counts in full.
- Entries stand in the order of events. The first and the last need `at`; between them it may be left out.
- An entry has at least one of `text`, `status`, `components`, `advice`.
- An entry that lies in the future waits until then.""",
    ),
    Section(
        "impact", Impact, "What it meant for the people who rely on you.",
        """
impact:
  text: For three quarters of an hour nobody could open the dashboard. Running rentals went on.
  customers: All merchants who were at work that morning
  data_loss: no
  personal_data: no
""",
        "`no` says that you looked. If you do not know, write `unknown`; if you leave it out, the page says *not "
        "stated*. Without `data_loss`, `incidents check` reminds you once the post-mortem is published.",
    ),
    Section(
        "detection", Detection, "How you noticed.",
        """
detection:
  by: customer
  alerting_fired: no
  text: A merchant called. Our alerting watches the servers, and those were fine.
""",
    ),
    Section(
        "cause", Cause, "Why it happened. `certainty` keeps a suspicion from reading like a fact.",
        """
cause:
  certainty: suspected
  category: deployment
  text: The new version opened more connections than the database allows.
  contributing:
    - The test database allows ten times as many.
""",
    ),
    Section(
        "cause.hypotheses[]", Hypothesis,
        "The suspicions you followed. The ones that proved wrong help the next person, too.",
        """
cause:
  certainty: suspected
  hypotheses:
    - text: The database is down.
      outcome: rejected
      evidence: Other services were writing to it all the time.
""",
    ),
    Section(
        "mitigations[]", Mitigation, "What brought relief before it was over, and how far it went.",
        """
mitigations:
  - at: {about: 2026-03-02 09:50, told: ten to ten}
    text: Going back to the old version
    restores: Everything but the reports
    limits: Reports took up to a minute.
""",
    ),
    Section(
        "actions[]", Action,
        "What you promise. All promises stand together on the commitments page, with those that are overdue.",
        """
actions:
  - text: Test with as many connections as there are in real life.
    type: prevent
    owner: Development
    due: 2026-04-30
  - text: Have alerting open the dashboard once a minute.
    type: detect
    status: done
    done_at: 2026-03-20
""",
        "`done_at` goes with `status: done`. A promise that is `dropped` needs its `reason`.",
    ),
    Section(
        "lessons", Lessons, "What you learned, the good luck included.",
        """
lessons:
  went_well: [Going back took four minutes.]
  went_wrong: [We looked at the servers first.]
  lucky: [It was a quiet Monday.]
""",
    ),
    Section(
        "explanations[]", Explanation, "A word or two for readers who are not technical.",
        """
explanations:
  - term: Database connection
    text: A telephone line to the place where the bookings are kept. There is a fixed number of lines.
""",
    ),
    Section(
        "scheduled", Schedule, "The window of a maintenance.",
        """
kind: maintenance
title: Larger database
scheduled:
  announced: 2026-03-20 10:00
  start: 2026-04-02 22:00
  end: 2026-04-02 23:00
timeline:
  - at: 2026-03-20 10:00
    status: scheduled
    components: {dashboard: under_maintenance}
    text: On Thursday evening the dashboard will be away for an hour at most.
""",
        "A maintenance needs it, nothing else has it. Work begins and ends by its window unless the timeline says "
        "otherwise; once the timeline says that work has begun, it goes on until the timeline says that it is done.",
    ),
    Section(
        "corrections[]", Correction,
        "What you put right in a text that had appeared. The page lists it and counts as changed on that day.",
        """
corrections:
  - at: 2026-03-12 15:00
    text: We had written that reports were slow until 11:00. It was 11:30.
""",
    ),
)  # fmt: skip

SETTINGS = (
    Section(
        "extra.status", StatusSettings,
        "They stand in `mkdocs.yml`. Beside them MkDocs itself reads `site_name` and `site_url` (both needed, the "
        "address with a slash at its end), `site_description`, and everything else in that file.",
        """
site_name: Example Status
site_url: https://example-status.net/
theme: {name: material, font: false}
plugins: []
extra:
  status:
    time_zone: Europe/Berlin
    languages: [en, de]
    components:
      - id: dashboard
        name: {en: Dashboard, de: Dashboard}
    publisher: {name: Example GmbH}
    independent_of: [example.com]
""",
        f"The languages there are: {_words(available_languages())}. CONTRIBUTING.md says how to add one.\n\n"
        "Set `feed_authority` to the present host before the site moves to another address: feed readers then know "
        "the old entries again.\n\n"
        "Each of `aliases` is what follows the domain in the address that a feed had before, and the path of the feed "
        "that its readers get from now on: `/blog/feed.xml: history.rss`, `/shop.xml: en/components/shop.rss`. It is "
        "written to `_redirects`, which Netlify and Cloudflare Pages read.",
    ),
    Section(
        "components[]", ComponentSettings,
        "The things that have a state. The id stands in records and addresses and never changes; the name may.",
    ),
    Section(
        "publisher", Publisher, "",
        notes=f"The imprint needs {_words(IMPRINT)} as well. What is missing is marked on the page as missing and "
              "asked for by `incidents check`; nothing is made up.",
    ),
    Section("hosting", Hosting, ""),
    Section(
        "targets", Target,
        "Where `incidents deploy` puts the built site. Two hosts that share nothing are better than one.",
        """
extra:
  status:
    targets:
      netlify: {kind: netlify, place: example-status, address: "https://example-status.netlify.app/"}
      bucket: {kind: rclone, place: "s3:example-status"}
      pages: {kind: git, place: "git@git.example.net:example/pages.git"}
      own: {kind: folder, place: /srv/www/status}
""",
        "A password or a token is never written here: rclone and git keep their own, Netlify's program reads "
        "`NETLIFY_AUTH_TOKEN`, Cloudflare's `CLOUDFLARE_API_TOKEN` and `CLOUDFLARE_ACCOUNT_ID`. A folder and a branch "
        "are changed in one step; through rclone what pages load goes first, then pages, then what leads to them, then "
        "the front page, and what is no longer needed is deleted last. What somebody else has put there stays.",
    ),
    Section(
        "independence", Independence,
        "`incidents independence` compares the site with what `independent_of` names; "
        "[independence.md](independence.md) has the dimensions. What the network does not show is stated here.",
        """
extra:
  status:
    independence:
      site: {git_host: github.com, ci: netlify.com, login: github.com, registrar: Netlify}
      watched: {git_host: codeberg.org, ci: own machine, login: own, registrar: INWX}
      accepted:
        registry: {en: Both registries run their name servers at the same company., de: …}
""",
    ),
    Section("independence.site", Dependence, "The same under `watched`, of what the page reports on."),
    Section(
        "security", Security,
        "It is published as `/.well-known/security.txt` (RFC 9116), where people look who have found a weak point. "
        "`incidents check` says in time that `expires` has to be renewed.",
        """
extra:
  status:
    security:
      contact: [mailto:security@example.com]
      expires: 2027-06-30
""",
    ),
    Section(
        "mail", MailSettings,
        "For `incidents announce --send`. The password is never written down: it stands in the environment, as "
        "`INCIDENTS_SMTP_PASSWORD`. The file of the recipients has one address in each line, with a language after it "
        "if it is not the site's first: `erika@example.com en`. After a `#` comes a comment.",
        """
extra:
  status:
    mail:
      host: smtp.example.com
      user: status@example.com
      sender: Example Status <status@example.com>
      recipients: ../recipients.txt
""",
        "Beside that file lies another with `.sent` after its name: who has got which announcement. Keep both, and "
        "keep them out of git and of every folder that is published.",
    ),
    Section(
        "form", GitHost,
        "A page at `/admin/` that saves records in the repository of this folder. What it needs of the git host, and "
        "how to sign in: [form.md](form.md).",
        """
extra:
  status:
    form: {host: github, repo: brotfuhre/status}
""",
    ),
)  # fmt: skip
