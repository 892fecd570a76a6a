"""Where the site is published to, as the settings name it: `extra.status.targets`."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from generator.elsewhere import mirror_address
from generator.model import Part, WebAddress
from generator.problems import wrong
from generator.sentences import say

Kind = Literal["folder", "rclone", "git", "netlify", "cloudflare"]
_PASSWORD = re.compile(r"://[^/@]*:[^/@]*@")


def _place(text: str) -> str:
    if text.startswith("-") or "\n" in text or not text.strip():
        hint = say("See reference/fields.md for each kind of target")
        raise wrong(say("'{text}' is no place to publish to", text=text[:60]), hint)
    if _PASSWORD.search(text):
        hint = say("Use a key, or let git remember the password")
        raise wrong(say("a password does not belong into the settings"), hint)
    return text.strip()


class Target(Part):
    """A place that `incidents deploy` puts the site."""

    kind: Kind = Field(description="what is there, and so which program carries the files")
    place: Annotated[str, AfterValidator(_place)] = Field(
        description="the folder; the remote as rclone names it, like `s3:bucket`; the git repository's address; "
        "the site's id at Netlify; the project's name at Cloudflare"
    )
    branch: Annotated[str, AfterValidator(_place)] | None = Field(
        None, description="git and cloudflare: the branch; left out: `pages` in git, `main` at Cloudflare"
    )
    address: Annotated[WebAddress, AfterValidator(mirror_address)] | None = Field(
        None, description="where it can be read then; after publishing, all files are compared there"
    )
