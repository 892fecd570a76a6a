"""Records written by commands: text in, text with more lines out. Nothing here writes to the disk."""

from generator.editing.beginning import new_id, new_record
from generator.editing.choosing import Choice, find_record, going_on, published, to_publish
from generator.editing.desk import Desk
from generator.editing.drafts import Draft, parse_draft
from generator.editing.inserting import Edit, add_entry, add_field
from generator.editing.refusing import Refused
from generator.editing.reviewing import add_questions, lacking
from generator.editing.saying import Told, build_entry, gathered, last_status, moment_of, text_of, window_of

__all__ = [
    "Choice", "Desk", "Draft", "Edit", "Refused", "Told", "add_entry", "add_field", "add_questions",
    "build_entry", "find_record", "gathered", "going_on", "lacking", "last_status", "moment_of", "new_id",
    "new_record", "parse_draft", "published", "text_of", "to_publish", "window_of",
]  # fmt: skip
