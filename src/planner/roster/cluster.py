"""A batch on many machines: workers of a Dask cluster (the extra `dask`) plan chunks and write to a folder that all of them share."""

from __future__ import annotations

import asyncio
import logging
import pickle
import re
import secrets
import warnings
from collections import deque
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple, cast

from planner.errors import InputError, PlannerError
from planner.roster.chunk import maker_of
from planner.roster.cluster_words import OPTION, differ, gone, not_shared, unlike
from planner.roster.cluster_work import Errand, Refusal, basics, make_there, seal, sees, versions, wrong_with
from planner.roster.files import writing_to
from planner.roster.job import PARTS
from planner.roster.workers import IN_FLIGHT, again

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator

    from distributed import Security

    from planner.maker import Chosen
    from planner.roster.cluster_client import Client, Future, Knocked
    from planner.roster.job import BatchJob
    from planner.roster.outcome import Chunk, Outcome
    from planner.roster.recipe import Recipe

EXTRA = "pip install 'return-to-run[dask]'"
CONNECT_S, JOIN_S, CLOSE_S = 10, 10, 2
LOOK_S = 2
"""How often it is looked whether there still are workers, and how many."""
PATIENCE_S = 60
"""How long a batch waits without any worker: as long as a cluster takes to start a lost one again."""
_ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]{1,5}")


class Tls(NamedTuple):
    """Files in PEM for a `tls://` address; None for what Dask's own configuration says."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


@contextmanager
def connected(address: str, tls: Tls, plugins: Chosen) -> Iterator[ClusterRunner]:
    """A runner over the workers of the scheduler at `address`, which plan with the same versions as this machine.

    Raises `InputError` for a wrong address or wrong files, without the extra, where nobody answers or no worker has joined, and for
    machines that differ, with what differs on each; and what `Maker.of` raises for the plugins here.
    """
    security = _security(address, tls)
    maker_of(plugins)
    with _quiet():
        client = _client(address, security)
        try:
            runner = ClusterRunner(client, address, plugins)
            runner.check()
            yield runner
        finally:
            with suppress(Exception):  # a scheduler that has gone cannot be taken leave of
                client.close(timeout=CLOSE_S)


class ClusterRunner:
    """Workers on other machines; use `connected`."""

    def __init__(self, client: Client, address: str, plugins: Chosen) -> None:
        """`client` is connected to the scheduler at `address`; `plugins` plan."""
        self._client, self._address, self._plugins = client, address, plugins
        self._here = versions(plugins)
        self._threads, self._looked, self._seen = 1, 0.0, monotonic()

    @property
    def workers(self) -> int:
        """The threads of all workers, as many as there are by now."""
        if monotonic() - self._looked > LOOK_S:
            self._look()
        return self._threads

    def check(self) -> None:
        """Look whether there is a worker, and whether all machines are like this one. Raises `InputError` with what differs."""
        with self._talking():
            try:
                self._client.wait_for_workers(1, timeout=JOIN_S)
            except TimeoutError:
                advice = f"Start some, on as many machines as you like: dask worker {self._address} --nworkers -1 --nthreads 1"
                raise InputError(OPTION, f"no worker has joined {self._address}", "at least one", advice) from None
            # The scheduler plans nothing, but has to read what it passes on.
            scheduler = {"the scheduler": _answer(self._client.run_on_scheduler, basics)}
            workers = self._client.run(versions, self._plugins, on_error="return")
        others = {**unlike(scheduler, basics()), **unlike(workers, self._here)}
        if others:
            raise differ(others)

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:  # noqa: ARG002
        """See `Runner.run`. A chunk whose workers die is run on this machine, alone, then row by row; the row that kills is named.

        Raises `InputError` for a worker that does not see DIR or the roster's folder, or that joined with other versions; `OutputError`
        where the scheduler or all workers have gone.
        """
        token = job.folder / PARTS / f"run-{secrets.token_hex(8)}"
        waiting: deque[tuple[Chunk, Future | None]] = deque()
        try:
            self._share(token, recipe)
            for chunk in chunks:
                waiting.append((chunk, self._send(job, recipe, chunk, token)))
                while waiting and (len(waiting) >= IN_FLIGHT * self.workers or _done(waiting[0][1])):
                    yield self._take(job, recipe, *waiting.popleft())
            while waiting:
                yield self._take(job, recipe, *waiting.popleft())
        finally:
            with suppress(OSError):
                token.unlink()
            left = [future for _, future in waiting if future is not None]
            if left and self._client.status == "running":
                with suppress(Exception):  # whatever ended the run is what is told
                    self._client.cancel(left)

    def _share(self, token: Path, recipe: Recipe) -> None:
        """Make sure that every worker sees DIR, the athlete files where the roster is a folder of them, and a folder of logs."""
        with writing_to(token.parent.parent):
            token.touch()
        with self._talking():
            wrong = self._client.run(wrong_with, token, on_error="return")
            there = [(folder, self._client.run(sees, folder, on_error="return")) for folder in _folders(recipe)]
        for worker, problem in sorted(wrong.items()):
            if problem:
                raise not_shared(worker, f"{token.parent.parent}: {problem}")
        for worker, folder in sorted((worker, folder) for folder, each in there for worker, seen in each.items() if seen is not True):
            raise not_shared(worker, f"{folder}: it has no such folder, in which the roster's files are")

    def _send(self, job: BatchJob, recipe: Recipe, chunk: Chunk, token: Path) -> Future | None:
        if not chunk.asked:
            return None
        digests = [digest for digest, outcome in chunk.rows if outcome is None]
        packed = pickle.dumps(Errand(job, recipe, chunk.asked, digests))
        with self._talking():
            return self._client.submit(make_there, seal(self._here), self._plugins, token, packed, pure=False)

    def _take(self, job: BatchJob, recipe: Recipe, chunk: Chunk, future: Future | None) -> tuple[Chunk, list[Outcome]]:
        from distributed import KilledWorker  # noqa: PLC0415  (an extra that only clusters need)

        if future is None:
            return chunk, []
        try:
            with self._talking():
                answer: list[Outcome] | Refusal = pickle.loads(self._result(future))  # noqa: S301  (from workers that plan for us)
        except KilledWorker:
            # Here, where it costs nobody else: each try may cost the cluster another worker.
            return chunk, again(job, recipe, chunk.asked)
        if not isinstance(answer, Refusal):
            return chunk, answer
        if answer.versions:
            raise differ(unlike({answer.worker: answer.versions}, self._here))
        raise not_shared(answer.worker, answer.problem)

    def _result(self, future: Future) -> bytes:
        while True:
            try:
                found = future.result(timeout=LOOK_S)
            except TimeoutError:
                self._look()
                if monotonic() - self._seen > PATIENCE_S:
                    raise gone(f"every worker of {self._address} has gone", "Start workers") from None
            else:
                return found

    def _look(self) -> None:
        with self._talking():
            if self._client.status != "running":
                raise gone(f"{self._address} has gone", "Start it and its workers")
            threads = sum(self._client.nthreads().values())
        self._looked = monotonic()
        if threads:
            self._threads, self._seen = threads, self._looked

    @contextmanager
    def _talking(self) -> Iterator[None]:
        """Whatever is not said by us means that the scheduler has gone, or that a worker does not understand us."""
        from distributed import CancelledError, KilledWorker  # noqa: PLC0415

        try:
            yield
        except (PlannerError, KilledWorker):
            raise
        except (CancelledError, OSError) as error:
            raise gone(f"{self._address} has gone", "Start it and its workers") from error
        except Exception as error:
            if self._client.status != "running":
                raise gone(f"{self._address} has gone", "Start it and its workers") from error
            raise differ({"a worker": f"{type(error).__name__}: {' '.join(str(error).split())}"}) from error


def _done(future: Future | None) -> bool:
    return future is None or future.done()


def _folders(recipe: Recipe) -> list[Path]:
    """The folders that every row has a file in: the roster, where it is a folder of athlete files, and the logs."""
    own = [recipe.folder] if Path(recipe.name).absolute() == recipe.folder else []
    return own if recipe.logs is None else [*own, recipe.logs]


def _answer(ask: Callable[..., object], *args: object) -> object:
    """What is answered, or the exception that is raised instead."""
    try:
        return ask(*args)
    except Exception as error:  # noqa: BLE001  (anything that another version raises is what is to be told)
        return error


def _security(address: str, tls: Tls) -> Security | None:
    """What Dask is told about TLS; None where its own configuration says it."""
    if not _ADDRESS.fullmatch(address):
        advice = f"Try tcp://{address}" if re.fullmatch(r"[^/\s:]+:[0-9]+", address) else ""
        raise InputError(OPTION, f'found "{address}"', "an address like tcp://host:8786 or tls://host:8786", advice)
    given = {f"--tls-{name}": path for name, path in tls._asdict().items() if path is not None}
    for option, path in given.items():
        if not address.startswith("tls://"):
            raise InputError(option, f"found it with {address}", "an address that begins with tls://")
        if not path.is_file():
            raise InputError(option, f"there is no file {path}", "a file in PEM", "Check the name.")
    if given and not (tls.ca and tls.cert):
        raise InputError(
            next(iter(given)), "found it alone", "--tls-ca and --tls-cert together, and --tls-key unless it is in the same file"
        )
    security = _distributed_security()
    if not given:
        return None
    key = str(tls.key) if tls.key else None
    return security(tls_ca_file=str(tls.ca), tls_client_cert=str(tls.cert), tls_client_key=key, require_encryption=True)


def _distributed_security() -> type[Security]:
    try:
        from distributed import Security  # noqa: PLC0415  (an extra that only clusters need)
    except ImportError:
        raise InputError(OPTION, "the package distributed (Dask) is not installed", f"it for more than one machine: {EXTRA}") from None
    return Security


def _client(address: str, security: Security | None) -> Client:
    import distributed  # noqa: PLC0415

    connect = cast("Callable[..., Client]", distributed.Client)
    own = security or cast("Callable[[], Security]", distributed.Security)()
    try:
        asyncio.run(asyncio.wait_for(_knock(address, own), CONNECT_S))
        return connect(address, security=own, timeout=CONNECT_S, set_as_default=False)
    except Exception as error:
        expected = f"a Dask scheduler that answers within {CONNECT_S} seconds"
        advice = "Is it running (dask scheduler), and is this its address, and its TLS?"
        raise InputError(OPTION, f"no scheduler could be reached at {address} ({_reason(error)})", expected, advice) from error


async def _knock(address: str, security: Security) -> None:
    """Connect once and leave. Whoever accepts a connection and is no Dask would keep a client waiting for ever."""
    import distributed  # noqa: PLC0415

    connect = cast("Callable[..., Awaitable[Knocked]]", distributed.connect)
    settings = cast("Callable[[str], dict[str, object]]", security.get_connection_args)
    knocked = await connect(address, timeout=CONNECT_S, **settings("client"))
    await knocked.close()


def _reason(error: BaseException) -> str:
    """What was behind an error, without the memory addresses that Dask names its connections by."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, TimeoutError | asyncio.CancelledError):
        return "no answer"
    return re.sub(r"in <[^>]*>: ", "", " ".join(str(error).split())) or type(error).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Dask's own lines and warnings are for those who run it; what concerns a coach is told in sentences."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
