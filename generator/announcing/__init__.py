"""The latest news of a record as a message for people: by mail, as a text message, where they talk."""

from generator.announcing.choosing import newest_item, to_announce
from generator.announcing.letter import build_letter, way_out_of_all
from generator.announcing.posts import mastodon_length, render_mastodon, render_plain, render_slack
from generator.announcing.sms import is_gsm, length_of, parts_of, render_sms

__all__ = [
    "build_letter", "is_gsm", "length_of", "mastodon_length", "newest_item", "parts_of", "render_mastodon",
    "render_plain", "render_slack", "render_sms", "to_announce",
    "way_out_of_all",
]  # fmt: skip
