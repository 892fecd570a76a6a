"""What can go wrong on the way, as data: the command says it in the admin's language."""


class DeployError(Exception):
    """The target could not be brought up to date.

    `reason` names the sentence that says why and what to do, `values` are put into it.
    """

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(reason, values)
        self.reason = reason
        self.values = values
