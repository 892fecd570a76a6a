"""What can go wrong between a finished mapping and a published folder, in words for an admin in a hurry."""

import errno
import os
from collections.abc import Sequence

from generator.sentences import NOTHING, Sentence, say


class PublishError(Exception):
    """Nothing was published. It says what happened, with details line by line, what stands now and what to do."""

    def __init__(
        self, what: Sentence, advice: Sentence, standing: Sentence = NOTHING, details: Sequence[Sentence] = ()
    ) -> None:
        super().__init__(what, advice, standing, details)
        self.what = what
        self.advice = advice
        self.standing = standing
        self.details = details

    @property
    def lines(self) -> list[Sentence]:
        """What is said, a line each."""
        return [line for line in (self.what, *self.details, self.standing, self.advice) if line]

    def __str__(self) -> str:
        return "\n".join(self.lines)


_OTHER_FOLDER = say("Allow yourself to write there, or choose another folder.")
_KNOWN = {
    errno.ENOSPC: (say("The disk is full"), say("Make room, then try again.")),
    errno.EDQUOT: (say("Your share of the disk is used up"), say("Make room, then try again.")),
    errno.EFBIG: (
        say("A file grew beyond the size that is allowed here"),
        say("Raise the limit (ulimit -f), then try again."),
    ),
    errno.EACCES: (say("Writing is not permitted"), _OTHER_FOLDER),
    errno.EPERM: (say("Writing is not permitted"), _OTHER_FOLDER),
    errno.EROFS: (say("The disk can only be read"), say("Choose a folder on another disk.")),
    errno.EBUSY: (
        say("The folder is in use by the system, perhaps as a mounted disk"),
        say("Choose a folder inside it."),
    ),
    errno.ENAMETOOLONG: (say("The name is too long"), say("Choose another folder with --to.")),
    errno.EMFILE: (say("Too many files are open"), say("Raise the limit (ulimit -n), then try again.")),
}


def explained(error: OSError) -> PublishError:
    """What the system refused, as a PublishError: its cause, the path it was about and what to do."""
    unknown = say("The system refuses ({why})", why=error.strerror or error), say("Put this right, then try again.")
    what, advice = _KNOWN.get(error.errno or 0, unknown)
    if error.filename:
        return PublishError(say("{what}: {path}.", what=what, path=os.fsdecode(error.filename)), advice)
    return PublishError(say("{what}.", what=what), advice)
