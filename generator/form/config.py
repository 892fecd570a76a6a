"""The configuration of the form's program: one collection, the records, in a git host's repository."""

from typing import Any
from urllib.parse import urlsplit

from generator.addresses import ICON
from generator.form.fields import COLLECTION, Widgets, title_of
from generator.form.words import Words
from generator.git_host import GitHost
from generator.model import Incident
from generator.records import MAX_ID
from generator.settings import Settings

FORMAT = "record"
"""The way of reading and writing records that `start.js` brings along."""


def build_form_config(settings: Settings, host: GitHost) -> dict[str, Any]:
    """What `/admin/config.json` says. Every field of a record is in it, and nothing else can be written."""
    words = Words(settings)
    return {
        "backend": _backend(host),
        "app_title": words("title", site=settings.name),
        "site_url": settings.url,
        "logo": {"src": f"{urlsplit(settings.url).path}{ICON}"},
        # Asked for by the program; the form has no field for a picture.
        "media_folder": host.path_of(f"docs/{settings.languages[0]}"),
        "public_folder": "/",
        "media_libraries": {"stock_assets": {"providers": []}},
        "editor": {"preview": False},
        "output": {"omit_empty_optional_fields": True},
        "slug": {"encoding": "ascii", "clean_accents": True, "maxlength": MAX_ID, "timezone": "local"},
        "collections": [_collection(settings, host, words)],
    }


def _backend(host: GitHost) -> dict[str, Any]:
    backend: dict[str, Any] = {"name": host.host, "repo": host.repo, "branch": host.branch}
    if host.api:
        backend |= {"api_root": host.api, "base_url": host.origin}
    if host.sign_in:
        backend["base_url"] = host.sign_in
    if host.app_id:
        backend["app_id"] = host.app_id
    if host.app_id and host.host == "gitlab":
        backend["auth_type"] = "pkce"
    messages = {"create": "Add {{slug}}", "update": "Update {{slug}}", "delete": "Delete {{slug}}"}
    by_button = host.sign_in or host.app_id
    return backend | {"auth_methods": ["oauth", "token"] if by_button else ["token"], "commit_messages": messages}


def _collection(settings: Settings, host: GitHost, words: Words) -> dict[str, Any]:
    title = title_of(settings.languages)
    return {
        "name": COLLECTION,
        "label": words("records"),
        "label_singular": words("record"),
        "folder": host.path_of(settings.records),
        "extension": "yml",
        "format": FORMAT,
        "identifier_field": title,
        # An address, once published, never changes: neither its name nor its existence is the form's business.
        "slug": {
            "template": f"{{{{year}}}}-{{{{month}}}}-{{{{day}}}}-{{{{fields.{title}}}}}",
            "editable": ["create"],
            "pattern": ["^[a-z0-9]+(-[a-z0-9]+)*$", words("slug_pattern")],
            "hint": words("slug"),
        },
        "delete": False,
        "duplicate": False,
        # The build leaves out files whose name begins with _, and so does the list.
        "filter": {"field": "slug", "pattern": "^[^_.]"},
        "summary": f"{{{{{title}}}}}",
        "sortable_fields": {"fields": ["slug"], "default": {"field": "slug", "direction": "descending"}},
        "fields": _fields(settings, words),
    }


def _fields(settings: Settings, words: Words) -> list[dict[str, Any]]:
    """The record's fields; a new one begins as `incidents new` begins it."""
    fields = Widgets(settings, words).of(Incident)
    for field in fields:
        if field["name"] == "timeline":
            field |= {"collapsed": False, "min": 1, "default": [{"status": "investigating"}]}
    return fields
