"""`mkdocs.yml` as settings: MkDocs' own names for the site, and `extra.status` for what is ours."""

from generator.settings.checked import Settings
from generator.settings.parts import ComponentSettings, Hosting, Publisher, Security, StatusSettings
from generator.settings.reading import IMPRINT, UNDER, parse_settings, read_settings
from generator.settings.values import Contact, FeedPath, Hours, MirrorAddress, OldAddress, SecureAddress

__all__ = [
    "IMPRINT", "UNDER", "ComponentSettings", "Contact", "FeedPath", "Hosting", "Hours", "MirrorAddress", "OldAddress",
    "Publisher", "SecureAddress", "Security", "Settings", "StatusSettings", "parse_settings", "read_settings",
]  # fmt: skip
