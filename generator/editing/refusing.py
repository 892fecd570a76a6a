"""What cannot be done, as data: the command says it in the admin's language."""


class Refused(Exception):  # noqa: N818 - named for what it tells
    """Nothing was changed. `reason` names the sentence that says why and what to do, `values` are put into it."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values
