"""Where the form at `/admin/` keeps the records: the git host, and what its page may ask of whom."""

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from generator.model import Part, WebAddress
from generator.problems import wrong
from generator.sentences import Sentence, say

HostName = Literal["github", "gitlab", "gitea"]
APIS: dict[HostName, str] = {
    "github": "https://api.github.com",
    "gitlab": "https://gitlab.com/api/v4",
    "gitea": "https://gitea.com/api/v1",
}
"""Where each host's own installation is asked, as the form's program has it built in."""
_REPOSITORY = re.compile(r"[\w.-]+(/[\w.-]+)+", re.ASCII)
_BRANCH = re.compile(r"[\w.-]+(/[\w.-]+)*", re.ASCII)
_FOLDER = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)
_ID = re.compile(r"[\w.-]+", re.ASCII)


def _matching(pattern: re.Pattern[str], name: str, message: Sentence, example: str) -> str:
    if not pattern.fullmatch(name):
        raise wrong(message, say("Write it like {example}", example=example))
    return name


def _repository(name: str) -> str:
    return _matching(_REPOSITORY, name, say("'{name}' is not a repository", name=name[:60]), "brotfuhre/status")


def _branch(name: str) -> str:
    return _matching(_BRANCH, name, say("'{name}' is not a branch", name=name[:60]), "main")


def _folder(name: str) -> str:
    return _matching(_FOLDER, name, say("'{name}' is not a folder", name=name[:60]), "web/status")


def _app_id(name: str) -> str:
    message = say("'{name}' is not an application's id", name=name[:60])
    return _matching(_ID, name, message, "5f2c9a1b")


def _encrypted(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme != "https" or any(c in address for c in ";,?#*") or "@" in parts.netloc:
        hint = say("Write it like {example}", example="https://git.example.com/api/v1")
        raise wrong(say("'{address}' is no place to send a password to", address=address[:60]), hint)
    return address.rstrip("/")


Encrypted = Annotated[WebAddress, AfterValidator(_encrypted)]
"""An https address without anything that means something in a content security policy."""
Repository = Annotated[str, AfterValidator(_repository)]
Branch = Annotated[str, AfterValidator(_branch)]
RepositoryFolder = Annotated[str, AfterValidator(_folder)]
AppId = Annotated[str, AfterValidator(_app_id)]


class GitHost(Part):
    """The form at `/admin/`: where it keeps the records. Left out: there is no form."""

    host: HostName = Field(description="the git host, or the kind of your own")
    repo: Repository = Field(description="owner and name of the repository")
    branch: Branch = Field("main", description="the branch that is published")
    folder: RepositoryFolder | None = Field(
        None, description="the folder of `mkdocs.yml` in the repository; left out: its root"
    )
    api: Encrypted | None = Field(None, description="the address of the API of a git host of your own")
    sign_in: Encrypted | None = Field(
        None, description="the sign-in service to ask; without one and without `app_id`, a token signs in"
    )
    app_id: AppId | None = Field(
        None, description="GitLab, Gitea: the id of your application there, to sign in without a token"
    )
    packages: RepositoryFolder = Field(
        "tools/form/node_modules", description="where the form's program lies, beside `mkdocs.yml`"
    )

    @property
    def origin(self) -> str:
        """The one place beside the site that the form's page may ask."""
        parts = urlsplit(self.api or APIS[self.host])
        return f"{parts.scheme}://{parts.netloc}"

    def path_of(self, folder: str) -> str:
        """Where a folder beside `mkdocs.yml` lies in the repository."""
        return f"{self.folder}/{folder}" if self.folder else folder

    @property
    def policy(self) -> str:
        """The content security policy of the form's page alone.

        Its program writes styles into the page. It evaluates no text as a script, and reaches the git host and nobody
        else, whatever a hostile text in a record would have it do.
        """
        return "; ".join((
            "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'",
            "img-src 'self' blob: data:", "font-src 'self'", f"connect-src 'self' data: blob: {self.origin}",
            "base-uri 'none'", "form-action 'none'",
        ))  # fmt: skip
