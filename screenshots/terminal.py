"""A program in a terminal of tmux."""

import re
import subprocess
import time

# The longest that a screen is waited for, in seconds.
PATIENCE = 60


class Terminal:
    """A terminal of its own; the program in it ends with it."""

    names = 0

    def __init__(self, command, columns, rows, env):
        Terminal.names += 1
        self.tmux = ["tmux", "-L", f"imscope-pictures-{id(self)}-{Terminal.names}", "-f", "/dev/null"]
        self.env = env
        # What a program that ended printed last stays readable, without a word of tmux.
        self.run("start-server", ";", "set-option", "-g", "remain-on-exit", "on", ";",
                 "set-option", "-g", "remain-on-exit-format", "", ";",
                 "new-session", "-d", "-x", str(columns), "-y", str(rows), command)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run([*self.tmux, "kill-server"], check=False, stderr=subprocess.DEVNULL)

    def run(self, *words):
        return subprocess.run([*self.tmux, *words], check=True, text=True, env=self.env,
                              stdout=subprocess.PIPE).stdout

    def screen(self):
        """The screen with its styles."""
        return self.run("capture-pane", "-e", "-p", "-N")

    def plain(self):
        """The screen without styles."""
        return self.run("capture-pane", "-p")

    def wait(self, pattern):
        """Waits until a line of the screen matches."""
        end = time.monotonic() + PATIENCE
        while not re.search(pattern, self.plain(), re.MULTILINE):
            if time.monotonic() > end:
                raise SystemExit(f"no {pattern!r} within {PATIENCE} s on:\n{self.plain()}")
            time.sleep(0.1)

    def press(self, key):
        """Presses a key by its name in tmux, or types a text that starts with `=`."""
        self.run("send-keys", *(["-l", key[1:]] if key.startswith("=") else [key]))

    def settle(self):
        """Waits until a key that was pressed is drawn."""
        time.sleep(0.3)
