"""cxscan in processes of their own that need not import it first: each is forked from one that has.

`serve SOCKET` loads cxscan once and waits. `SOCKET WORD…` runs a command line there, with the files, folder and
environment of the caller, and ends with its exit code.
"""

import array
import contextlib
import json
import os
import socket
import sys
from pathlib import Path

_STANDARD_FILES = 3
_AT_ONCE = 1 << 16


def call(path: str, words: list[str]) -> int:
    """Have the server run a command line with the standard files of this process; its exit code."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.connect(path)
        message = json.dumps([words, str(Path.cwd()), dict(os.environ)]).encode()
        files = array.array("i", range(_STANDARD_FILES))
        sent = server.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, files)])
        server.sendall(message[sent:])
        server.shutdown(socket.SHUT_WR)
        return int(server.recv(16) or b"70")


def serve(path: str) -> None:
    """Load cxscan, then fork for each caller until the standard input of this process ends."""
    import selectors

    import cxscan.cli.running  # noqa: F401  for what it loads
    from cxscan.runs.classifier import Classifier, ClassifierOptions

    Classifier(ClassifierOptions()).classify(["The app crashes, but support was kind."], evidence=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(path)
    listener.listen()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    waiting = selectors.DefaultSelector()
    waiting.register(listener, selectors.EVENT_READ)
    waiting.register(sys.stdin, selectors.EVENT_READ)
    while all(key.fileobj is listener for key, _ in waiting.select()):
        caller, _ = listener.accept()
        if os.fork() == 0:
            listener.close()
            _relay(caller)
        caller.close()
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass


def _relay(caller: socket.socket) -> None:
    """Run the caller's command line in a child, whose end may be any, and tell how it ended."""
    message, rights, _, _ = caller.recvmsg(_AT_ONCE, socket.CMSG_SPACE(_STANDARD_FILES * 4))
    while more := caller.recv(_AT_ONCE):
        message += more
    files = array.array("i")
    files.frombytes(rights[0][2])
    child = os.fork()
    if child == 0:
        caller.close()
        _run(json.loads(message), files.tolist())
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    caller.send(str(code if code >= 0 else 128 - code).encode())
    os._exit(0)


def _run(asked: tuple[list[str], str, dict[str, str]], files: list[int]) -> None:
    """Become the process that the caller asked for."""
    words, folder, environment = asked
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["cxscan", *words]
    sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")
    from cxscan.__main__ import run

    code: object = 70
    try:
        code = run()
    except SystemExit as end:
        code = end.code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(sys.argv[2])
    else:
        sys.exit(call(sys.argv[1], sys.argv[2:]))
