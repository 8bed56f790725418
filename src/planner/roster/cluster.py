"""Runs a batch on many machines: workers of a Dask cluster (the extra `dask`) plan chunks and write to a shared folder."""

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
"""Seconds between checks of how many workers there are."""
PATIENCE_S = 60
"""Seconds a batch waits when no worker is left, enough for a cluster to restart a lost one."""
_ADDRESS = re.compile(r"(tcp|tls)://[^/\s]+:[0-9]{1,5}")


class Tls(NamedTuple):
    """PEM files for a `tls://` address; None for what Dask's own configuration says."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


@contextmanager
def connected(address: str, tls: Tls, plugins: Chosen) -> Iterator[ClusterRunner]:
    """Yield a runner over the workers of the scheduler at `address`, after checking that they have the same versions as this machine.

    Raises `InputError` for a wrong address or TLS file, a missing extra, no answer, no worker, or machines whose versions differ (with the
    differences); and what `Maker.of` raises for the plugins on this machine.
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
            with suppress(Exception):  # closing fails if the scheduler is gone
                client.close(timeout=CLOSE_S)


class ClusterRunner:
    """Runs chunks on the workers of a cluster; created by `connected`."""

    def __init__(self, client: Client, address: str, plugins: Chosen) -> None:
        """Use `client`, which is connected to the scheduler at `address`, and plan with `plugins`."""
        self._client, self._address, self._plugins = client, address, plugins
        self._here = versions(plugins)
        self._threads, self._looked, self._seen = 1, 0.0, monotonic()

    @property
    def workers(self) -> int:
        """The current number of threads of all workers together, at least 1."""
        if monotonic() - self._looked > LOOK_S:
            self._look()
        return self._threads

    def check(self) -> None:
        """Check that there is a worker and that all machines have this one's versions. Raises `InputError` with the differences."""
        with self._talking():
            try:
                self._client.wait_for_workers(1, timeout=JOIN_S)
            except TimeoutError:
                advice = f"Start some, on as many machines as you like: dask worker {self._address} --nworkers -1 --nthreads 1"
                raise InputError(OPTION, f"no worker has joined {self._address}", "at least one", advice) from None
            # The scheduler plans nothing but must be able to read what it passes on.
            scheduler = {"the scheduler": _answer(self._client.run_on_scheduler, basics)}
            workers = self._client.run(versions, self._plugins, on_error="return")
        others = {**unlike(scheduler, basics()), **unlike(workers, self._here)}
        if others:
            raise differ(others)

    def run(self, job: BatchJob, recipe: Recipe, chunks: Iterable[Chunk], rows: int) -> Iterator[tuple[Chunk, list[Outcome]]]:  # noqa: ARG002
        """See `Executor.run`. A chunk that kills its workers is planned again on this machine, whole and then row by row, so that the row
        at fault is named.

        Raises `InputError` if a worker does not see DIR or the roster's folder, or joined with other versions; `OutputError` if the
        scheduler or all workers are lost.
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
                with suppress(Exception):  # the error that ended the run is the one to report
                    self._client.cancel(left)

    def _share(self, token: Path, recipe: Recipe) -> None:
        """Check that every worker can write to DIR and see the folders of athlete files and logs, if there are any."""
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
            # Retried on this machine: each attempt may kill another worker of the cluster.
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
        """Translate errors that are not the planner's own: the scheduler is gone, or a worker has an incompatible version."""
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
    """The folders that workers must see: the roster, if it is a folder of athlete files, and the folder of logs."""
    own = [recipe.folder] if Path(recipe.name).absolute() == recipe.folder else []
    return own if recipe.logs is None else [*own, recipe.logs]


def _answer(ask: Callable[..., object], *args: object) -> object:
    """Return the result of the call, or the exception that it raised."""
    try:
        return ask(*args)
    except Exception as error:  # noqa: BLE001  (whatever another version raises is reported)
        return error


def _security(address: str, tls: Tls) -> Security | None:
    """Return the TLS settings for Dask; None to use its own configuration. Raises `InputError` for a wrong address or wrong files."""
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
    """Connect once and disconnect. A Dask client would wait for ever for a server that accepts the connection but is not Dask."""
    import distributed  # noqa: PLC0415

    connect = cast("Callable[..., Awaitable[Knocked]]", distributed.connect)
    settings = cast("Callable[[str], dict[str, object]]", security.get_connection_args)
    knocked = await connect(address, timeout=CONNECT_S, **settings("client"))
    await knocked.close()


def _reason(error: BaseException) -> str:
    """Return the root cause of an error, without the memory addresses in Dask's connection names."""
    while error.__cause__ is not None:
        error = error.__cause__
    if isinstance(error, TimeoutError | asyncio.CancelledError):
        return "no answer"
    return re.sub(r"in <[^>]*>: ", "", " ".join(str(error).split())) or type(error).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence Dask's own logs and warnings; the planner reports what concerns the user."""
    level = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(level)
