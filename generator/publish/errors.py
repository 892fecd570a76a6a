"""What can go wrong between a finished mapping and a published folder, in words for an admin in a hurry."""

import errno


class PublishError(Exception):
    """Nothing was published. The text says what happened, what stands now and what to do."""

    def __init__(self, what: str, advice: str, standing: str = "") -> None:
        super().__init__(what, advice, standing)
        self.what = what
        self.advice = advice
        self.standing = standing

    def __str__(self) -> str:
        return "\n".join(part for part in (self.what, self.standing, self.advice) if part)


_OTHER_FOLDER = "Allow yourself to write there, or choose another folder with --to."
_KNOWN = {
    errno.ENOSPC: ("The disk is full", "Make room, then build again."),
    errno.EDQUOT: ("Your share of the disk is used up", "Make room, then build again."),
    errno.EFBIG: (
        "A file grew beyond the size that is allowed here",
        "Raise the limit (ulimit -f), then build again.",
    ),
    errno.EACCES: ("Writing is not permitted", _OTHER_FOLDER),
    errno.EPERM: ("Writing is not permitted", _OTHER_FOLDER),
    errno.EROFS: ("The disk can only be read", "Choose a folder on another disk with --to."),
    errno.EBUSY: (
        "The folder is in use by the system, perhaps as a mounted disk",
        "Choose a folder inside it with --to.",
    ),
    errno.ENAMETOOLONG: ("The name is too long", "Choose another folder with --to."),
    errno.EMFILE: ("Too many files are open", "Raise the limit (ulimit -n), then build again."),
}


def explained(error: OSError) -> PublishError:
    """What the system refused, as a PublishError: its cause, the path it was about and what to do."""
    what, advice = _KNOWN.get(error.errno or 0, (error.strerror or str(error), "Put this right, then build again."))
    where = f": {error.filename}" if error.filename else ""
    return PublishError(f"{what}{where}.", advice)
