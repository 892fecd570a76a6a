"""What VS Code says of a file of YAML: the language server that its plugin is made of, asked as an editor asks it."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue
from threading import Thread
from typing import Any

from tests.clients import FROM_NPM, need, need_node

PATIENCE = 120
"""Seconds until an answer must be there, on a busy machine."""
SETTINGS = {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}
"""Schemas of others are fetched from the network; ours is a file."""
Said = list[tuple[int, str]]
"""Lines, counted from 1, with what is wrong there."""


class LanguageServer:
    """A running server; each file is opened with a text, whether or not it is on the disk."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin
        assert process.stdout
        self.into, self.out = process.stdin, process.stdout
        self.heard: Queue[Any] = Queue()
        self.asked = 0
        Thread(target=self._listen, daemon=True).start()
        self.ask("initialize", processId=None, rootUri=None, capabilities={"workspace": {"configuration": True}})
        self._send(method="initialized", params={})

    def problems(self, file: Path, text: str) -> Said:
        """What is wrong in a file that says `text`."""
        about = {"uri": file.as_uri()}
        self._send(
            method="textDocument/didOpen",
            params={"textDocument": about | {"languageId": "yaml", "version": 1, "text": text}},
        )
        while True:
            told = self.heard.get(timeout=PATIENCE)
            if told.get("method") == "textDocument/publishDiagnostics" and told["params"]["uri"] == about["uri"]:
                return [
                    (fault["range"]["start"]["line"] + 1, fault["message"]) for fault in told["params"]["diagnostics"]
                ]

    def completions(self, file: Path, line: int, column: int) -> list[str]:
        """What can be written at a place of an opened file, both counted from 1."""
        found = self._at("completion", file, line, column)
        return [item["label"] for item in found["items"]]

    def hover(self, file: Path, line: int, column: int) -> str:
        """What is told of the word at a place."""
        text: str = self._at("hover", file, line, column)["contents"]["value"]
        return text

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self._send(id=self.asked, method=method, params=params)
        while True:
            told = self.heard.get(timeout=PATIENCE)
            if told.get("id") == self.asked:
                return told["result"]

    def _at(self, what: str, file: Path, line: int, column: int) -> Any:
        place = {"line": line - 1, "character": column - 1}
        return self.ask(f"textDocument/{what}", textDocument={"uri": file.as_uri()}, position=place)

    def _send(self, **message: Any) -> None:
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self.into.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self.into.flush()

    def _listen(self) -> None:
        while length := self._length():
            told = json.loads(self.out.read(length))
            if "method" in told and "id" in told:
                items = told["params"].get("items", []) if told["method"] == "workspace/configuration" else None
                result = items and [SETTINGS if item.get("section") == "yaml" else None for item in items]
                self._send(id=told["id"], result=result)
            else:
                self.heard.put(told)

    def _length(self) -> int:
        """How long the next message is; 0 when the server is gone."""
        length = 0
        while line := self.out.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return length


@contextmanager
def language_server() -> Iterator[LanguageServer]:
    """The server of `redhat.vscode-yaml`; skipped where there is no Node."""
    program = [need_node(), str(need(FROM_NPM / "yaml-language-server") / "bin" / "yaml-language-server"), "--stdio"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield LanguageServer(process)
        finally:
            process.kill()
