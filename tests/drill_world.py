"""An invented world to hold a drill in: settings as a test wants them, and what is found there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.drill.means import Apart, Built, Seen
from generator.settings import Settings, read_settings
from tests.builders import SETTINGS

SITE, MIRROR = "https://status.example.net/", "https://mirror.example.org/"
REVISION = "a" * 40
PREPARED = (
    SETTINGS
    + f"""\
    independent_of: [velo.rent, app.velo.rent]
    mirrors: [{MIRROR}]
    source: https://git.example.com/us/status
    contacts: ../contacts.txt
    targets:
      first: {{kind: folder, place: /srv/first, address: "{SITE}"}}
      second: {{kind: rclone, place: "far:second", address: "{MIRROR}"}}
    mail: {{host: smtp.example.net, user: us, sender: us@example.net, recipients: ../recipients.txt}}
"""
)
"""The settings of somebody who has thought of everything."""
CONTACTS = "# On paper, too\nHoster: Example, +49 30 1\nGit-Host: Example Git, +49 30 2\nregistrar: Names, +49 30 3\n"
RECIPIENTS = "erika@example.com\n"


@dataclass
class World:
    """Everything is as it should be, unless a test says otherwise."""

    settings: Settings
    home: Path
    has_password: bool = True
    seen: Sequence[Seen] = (Seen(SITE, revision=REVISION), Seen(MIRROR, revision=REVISION))
    found: Mapping[str, Apart] = field(default_factory=dict)
    """By address; what is not in it stands apart."""
    refusals: Mapping[str, str] = field(default_factory=dict)
    built: Built = field(default_factory=Built)
    has_commit: bool | None = True
    remotes: Sequence[str] = ("git@git.example.com:us/status.git",)
    asked: list[tuple[tuple[str, ...], tuple[str, ...], bool]] = field(default_factory=list)

    def addresses(self) -> Sequence[Seen]:
        return self.seen

    def apart(self, sites: Sequence[str], fallen: Sequence[str], as_mirrors: bool) -> Mapping[str, Apart]:
        self.asked.append((tuple(sites), tuple(fallen), as_mirrors))
        return {site: self.found.get(site, Apart("done")) for site in sites}

    def refusal(self, target: str) -> str | None:
        return self.refusals.get(target)

    def build(self) -> Built:
        return self.built

    def holds(self, revision: str) -> bool | None:
        assert revision == REVISION
        return self.has_commit

    def origins(self) -> Sequence[str]:
        return self.remotes


def world_in(folder: Path, settings: str = PREPARED) -> World:
    """The world of the admin whose files lie in `folder`, with the lists beside it."""
    home = folder / "status"
    home.mkdir()
    (home / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (folder / "contacts.txt").write_text(CONTACTS, encoding="utf-8")
    (folder / "recipients.txt").write_text(RECIPIENTS, encoding="utf-8")
    found, problems = read_settings(home / "mkdocs.yml")
    assert found, [str(problem) for problem in problems]
    return World(found, home)
