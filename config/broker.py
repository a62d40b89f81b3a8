"""The embedded broker: kombu's folder of messages, made safe against being looked at, or killed, in mid-write.

The library writes into the file that others already see. A worker that reads it a moment too early, or after the
writer was killed, meets half a message and ends; half a table of queues keeps every later start from working.
"""

import logging
import os
from pathlib import Path
from typing import Any

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

logger = logging.getLogger(__name__)


class Channel(filesystem.Channel):  # type: ignore[misc]  # the library is not typed
    """Writes files whole or not at all, and passes over what is broken: the rows are the truth, not the messages."""

    def _put(self, queue: str, payload: Any, **kwargs: Any) -> None:
        """The library names the file and writes it; it becomes visible when it is whole."""
        folder = self.data_folder_out
        name = f"{round(filesystem.monotonic() * 1000)}_{filesystem.uuid.uuid4()}.{queue}.msg"
        write_whole(Path(folder) / name, dumps(payload))

    def _get(self, queue: str) -> Any:
        """The next message that can be read; one that cannot is left among the processed ones."""
        while True:
            try:
                return super()._get(queue)
            except ValueError:
                logger.warning("a message on %s was half written and is passed over", queue)

    def get_table(self, exchange: str) -> list[Any]:
        """The queues of an exchange; a broken table is as good as none, for it is written anew."""
        try:
            return list(super().get_table(exchange))
        except ValueError:
            logger.warning("the table of %s was half written and is made anew", exchange)
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Add a queue to the table, one process at a time."""
        file = self._exchange_file(exchange)
        bound = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with (file.parent / f".{file.name}.lock").open("wb") as guard:
            filesystem.lock(guard, filesystem.LOCK_EX)
            queues = self.get_table(exchange)
            if bound not in queues:
                write_whole(file, dumps([bound, *queues]))


class Transport(filesystem.Transport):  # type: ignore[misc]
    """The library's, with the channel above."""

    Channel = Channel


def write_whole(path: Path, text: str) -> None:
    """Write under a hidden name in the same folder, then rename."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    draft.write_text(text)
    draft.replace(path)


def install() -> None:
    """Let `filesystem://` mean the transport above."""
    TRANSPORT_ALIASES["filesystem"] = "config.broker:Transport"
