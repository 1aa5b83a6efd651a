# SPDX-License-Identifier: MIT
"""PostgreSQL and MariaDB, each in a folder of its own on a Unix socket, run by a user without rights; and what
of Python's database interface (PEP 249) the SQL worker needs, spoken through their own command-line clients.

A host uses a driver instead: psycopg, PyMySQL, mysqlclient. None of them is in the standard library."""
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile
import time

from store import Store

INTEGERS = {"sequence", "leased_until", "attempt", "channel", "deliver_by", "cause", "n"}
BYTES = {"content", "request"}
POSTGRES = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"))


class Error(Exception):
    """The database, or its client, has something against it."""


class IntegrityError(Error):
    """A key is there already."""


class Driver:
    """What stands for a driver's module; each kind of client has one."""

    paramstyle, Error, IntegrityError = "qmark", Error, IntegrityError

    def __init__(self, connection):
        self.connect = connection


class Client:
    """A connection and its cursor: one process of a command-line client."""

    def __init__(self, *command):
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                         stderr=subprocess.STDOUT, text=True, encoding="utf-8")
        self._rows, self.rowcount = [], -1

    def cursor(self):
        """Itself: there is one statement at a time."""
        return self

    def literal(self, value):
        """A value as it stands in a statement."""
        if isinstance(value, bytes):
            return self.bytes_literal.format(value.hex())
        if isinstance(value, str):
            return "'" + value.replace("'", "''") + "'"
        return "NULL" if value is None else str(int(value))

    def execute(self, statement, values=()):
        """Runs it, and keeps what it answers."""
        parts = " ".join(statement.split()).split("?")
        assert len(parts) == len(values) + 1, statement
        text = parts[0] + "".join(self.literal(value) + part for value, part in zip(values, parts[1:]))
        try:
            self._process.stdin.write(f"{text};\n{self.mark}\n")
            self._process.stdin.flush()
        except OSError as error:
            raise Error("the client has ended") from error
        self._read()

    def fetchall(self):
        """The rows of the last statement."""
        return self._rows

    def _line(self):
        line = self._process.stdout.readline()
        if not line:
            raise Error("the client has ended")
        return line.rstrip("\n")

    def _keep(self, lines, separator):
        """A table: names, then rows."""
        names = lines[0].split(separator) if lines else []
        self._rows = [tuple(self._value(name, text) for name, text in zip(names, line.split(separator)))
                      for line in lines[1:]]

    def _value(self, name, text):
        if text == self.null:
            return None
        if name in BYTES:
            return bytes.fromhex(text[2:])
        return int(text) if name in INTEGERS else text

    def close(self):
        """Ends the client."""
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


class Psql(Client):
    """The client of PostgreSQL."""

    bytes_literal, null, mark = "'\\x{}'::bytea", "<null>", "\\echo <end> :ROW_COUNT :SQLSTATE"

    def __init__(self, folder):
        super().__init__("psql", "-XqA", "-F", "\x1f", "-P", "footer=off", "-P", "null=<null>", "-h", str(folder),
                         "-U", "host", "postgres")

    def _read(self):
        lines = []
        while not (line := self._line()).startswith("<end> "):
            lines.append(line)
        _, count, state = line.split(" ")  # none when the server is gone
        if state != "00000":
            raise (IntegrityError if state == "23505" else Error)("\n".join(lines))
        self.rowcount = int(count)
        self._keep(lines, "\x1f")


class Mariadb(Client):
    """The client of MariaDB and MySQL."""

    bytes_literal, null, mark = "x'{}'", "NULL", "SELECT ROW_COUNT() AS `<end>`;"

    def __init__(self, folder):
        super().__init__("mariadb", "--no-defaults", "--batch", "--raw", "--unbuffered", "--force", "--binary-as-hex",
                         "--init-command=SET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')",
                         "--socket", f"{folder}/socket", "-u", "root", "winback")

    def _read(self):
        lines = []
        while (line := self._line()) != "<end>":
            if re.match(r"ERROR 2\d{3} ", line):  # of the client: the server is gone
                raise Error(line)
            lines.append(line)
        self.rowcount = int(self._line())
        refused = next((line for line in lines if line.startswith("ERROR ")), None)
        if refused:
            raise (IntegrityError if refused.startswith("ERROR 1062 ") else Error)(refused)
        self._keep(lines, "\t")


class Server:
    """A server in a temporary folder; `durable`: a commit is on the disk, not only with the system."""

    def __init__(self, durable=False):
        self._settings = {"fsync": "on", "flush": 1} if durable else {"fsync": "off", "flush": 2}
        self.folder = pathlib.Path(tempfile.mkdtemp())
        if os.getuid() == 0:
            shutil.chown(self.folder, "nobody")
        self._process = None
        self.run(*self.install)
        self.start()

    def options(self):
        """Who runs it: nobody, when this is root."""
        return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}

    def fill(self, command):
        """A command with the folder and settings in it."""
        return [str(part).format(folder=self.folder, **self._settings) for part in command]

    def run(self, *command):
        """Runs one of the server's own programs."""
        done = subprocess.run(self.fill(command), cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, check=False, **self.options())
        assert done.returncode == 0, done.stdout

    def start(self):
        """Starts it and waits until it answers."""
        with open(self.folder / "log", "ab") as log:
            self._process = subprocess.Popen(self.fill(self.command), cwd=self.folder, stdout=log, stderr=log,
                                             **self.options())
        for _ in range(600):
            if subprocess.run(self.fill(self.ready), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              check=False).returncode == 0:
                return
            assert self._process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.1)
        raise AssertionError("the server does not answer")

    def stop(self):
        """Goes away as a machine does that loses its power. Children of the server see it and end too."""
        self._process.send_signal(signal.SIGQUIT if isinstance(self, Postgres) else signal.SIGKILL)
        self._process.wait()

    def close(self):
        """Ends it, and its folder."""
        self.stop()
        shutil.rmtree(self.folder)

    def driver(self):
        """What the store takes for a driver's module."""
        return Driver(lambda: self.client(self.folder))

    def store(self):
        """A host's store, through the client."""
        driver = self.driver()
        return Store(driver, driver.connect)


class Postgres(Server):
    """PostgreSQL."""

    program = POSTGRES[-1] if POSTGRES and shutil.which("psql") else None
    before = ["CREATE DOMAIN longblob AS bytea"]
    client = Psql
    if program:
        install = [program.parent / "initdb", "-D", "{folder}/data", "-U", "host", "-A", "trust", "-N", "-E", "UTF8",
                   "--locale=C"]
        command = [program, "-D", "{folder}/data", "-k", "{folder}", "-c", "listen_addresses=", "-c", "fsync={fsync}"]
        ready = [program.parent / "pg_isready", "-q", "-h", "{folder}"]


class MariaDB(Server):
    """MariaDB."""

    program = shutil.which("mariadbd", path=f"{os.environ['PATH']}:/usr/sbin")
    before = []
    client = Mariadb
    if program and not all(map(shutil.which, ["mariadb-install-db", "mariadb", "mariadb-admin"])):
        program = None
    install = ["mariadb-install-db", "--no-defaults", "--datadir={folder}/data", "--skip-test-db",
               "--auth-root-authentication-method=normal"]
    command = [program, "--no-defaults", "--datadir={folder}/data", "--socket={folder}/socket", "--skip-networking",
               "--pid-file={folder}/pid", "--innodb-flush-log-at-trx-commit={flush}", "--innodb-log-file-size=8M",
               "--innodb-buffer-pool-size=16M", "--tmpdir={folder}"]
    ready = ["mariadb-admin", "--no-defaults", "--socket={folder}/socket", "-u", "root", "ping"]

    def __init__(self, durable=False):
        super().__init__(durable)
        self.run("mariadb", "--no-defaults", "--socket={folder}/socket", "-u", "root", "-e",
                 "CREATE DATABASE winback CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")


def version(server):
    """What a server calls itself."""
    client = server.driver().connect()
    client.execute("SELECT VERSION() AS v")
    said = client.fetchall()[0][0]
    client.close()
    return re.sub(r"^PostgreSQL ", "", said).split()[0]
