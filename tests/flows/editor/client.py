"""A language server over its standard input and output: as much of the protocol as the tests need.

Language Server Protocol 3.17 (microsoft.github.io/language-server-protocol): JSON-RPC 2.0 behind `Content-Length`.
"""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

# A cold start of Node.js on a busy machine.
PATIENCE = 60


class Editor:
    """What an editor does: opens a file, hears what is wrong in it, asks how it could go on.

    Use as a context manager; the server ends with it.
    """

    def __init__(self, command: list[str], folder: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._folder = folder
        self._last = 0
        self._heard: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()

    def __enter__(self) -> Self:
        self._request(
            "initialize",
            {"processId": None, "rootUri": self._folder.as_uri(), "capabilities": {"textDocument": {"completion": {}}}},
        )
        self._notify("initialized", {})
        settings = {"yaml": {"validate": True, "completion": True, "hover": True, "schemaStore": {"enable": False}}}
        self._notify("workspace/didChangeConfiguration", {"settings": settings})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open `text` as the file `path`; what the server underlines."""
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self._notify("textDocument/didOpen", {"textDocument": document})
        while True:
            message = self._heard.get(timeout=PATIENCE)
            if self._answer(message):
                continue
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == path.as_uri():
                return list(message["params"]["diagnostics"])

    def complete(self, path: Path, line: int, column: int) -> dict[str, str]:
        """The words offered at a place (from 0), with what is said about each."""
        found = self._request("textDocument/completion", _place(path, line, column))
        items = found["items"] if isinstance(found, dict) else found
        return {item["label"]: _plain(item.get("documentation")) for item in items}

    def hover(self, path: Path, line: int, column: int) -> str:
        """What is said about the word at a place (from 0)."""
        found = self._request("textDocument/hover", _place(path, line, column))
        return _plain(found["contents"]) if found else ""

    def _request(self, method: str, params: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        self._last += 1
        number = self._last
        self._send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        while True:
            message = self._heard.get(timeout=PATIENCE)
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message
                return message["result"]
            self._answer(message)

    def _answer(self, message: dict[str, Any]) -> bool:
        """The server asks an editor for its settings and the like; nothing is set."""
        if "method" not in message or "id" not in message:
            return False
        items = message.get("params", {}).get("items", []) if isinstance(message.get("params"), dict) else []
        result: Any = [None for _ in items] if message["method"] == "workspace/configuration" else None
        self._send({"jsonrpc": "2.0", "id": message["id"], "result": result})
        return True

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _listen(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while header := stream.readline():
            length = int(header.split(b":")[1]) if header.lower().startswith(b"content-length") else 0
            while header.strip():
                header = stream.readline()
            self._heard.put(json.loads(stream.read(length)))


def _place(path: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line, "character": column}}


def _plain(words: Any) -> str:  # noqa: ANN401 - JSON
    return words.get("value", "") if isinstance(words, dict) else str(words or "")
