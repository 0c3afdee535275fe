"""A reader without a browser: one session that speaks Streamlit's own protocol.

It sends what the browser sends (`BackMsg.rerun_script` with the address, the page, every widget's
state and the large messages it still holds) and reads what the browser reads. An answer counts
only if it is the page of what was chosen: its heading names the area, and its end has come.
"""

import re
import time
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

HEADING = re.compile(r'<h1>(.*?)\s*<span class="where">([^<]*)</span></h1>')
END = 'class="th-files"'
"""Every page that is read here ends with its files."""

KEPT_RUNS = 2
"""The browser forgets a large message that was not needed in so many runs."""

PICKER = re.compile(r"-pick\.(\w+)$")


@dataclass
class Run:
    """What one choice took, in seconds, and what came of it; `fault` is empty if all was right."""

    page: str
    kind: str
    first: float = 0.0
    whole: float = 0.0
    size: int = 0
    fault: str = ""


@dataclass
class Seen:
    """What has come of a run so far."""

    headings: list[tuple[str, str]] = field(default_factory=list)
    has_end: bool = False
    fault: str = ""


class Reader:
    """One session: its connection, its address, and what its pickers offer."""

    def __init__(self, port: int, page: str) -> None:
        self.port, self.page, self.query = port, page, "lang=fi"
        self.pages: dict[str, str] = {}
        self.options: dict[str, list[str]] = {}
        self.widgets: dict[str, tuple[str, str]] = {}
        self.kept: dict[str, tuple[ForwardMsg, int]] = {}
        self.runs = 0
        self.socket: ClientConnection | None = None

    async def open(self) -> Run:
        """Connect and read the first page."""
        host = f"127.0.0.1:{self.port}"
        self.socket = await connect(
            f"ws://{host}/_stcore/stream",
            origin=f"http://{host}",  # type: ignore[arg-type]
            subprotocols=["streamlit"],  # type: ignore[list-item]
            max_size=None,
        )
        return await self._run("open", page_name="" if self.page == "overview" else self.page)

    async def close(self) -> None:
        """End the session as a closed window does."""
        assert self.socket
        await self.socket.close()

    def shown(self, picker: str) -> str:
        """Return the label that a picker shows."""
        return self.widgets[picker][1]

    async def choose(self, picker: str, label: str) -> Run:
        """Choose an option of a picker by its label."""
        self.widgets[picker] = (self.widgets[picker][0], label)
        return await self._run(picker)

    async def turn_to(self, page: str) -> Run:
        """Open another page from the menu, which empties the address."""
        self.page, self.query = page, ""
        return await self._run("page")

    async def _run(self, kind: str, **state: str) -> Run:
        assert self.socket
        run, seen, asked = Run(self.page, kind), Seen(), dict(self.widgets)
        self.runs += 1
        began = time.perf_counter()
        await self.socket.send(self._asked(state).SerializeToString())
        while True:
            data = await self.socket.recv()
            run.size += len(data)
            told = ForwardMsg.FromString(data)
            if told.WhichOneof("type") == "script_finished":
                if told.script_finished == ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    continue
                break
            if self._take(told, seen) and not run.first and seen.headings:
                run.first = time.perf_counter() - began
        run.whole = time.perf_counter() - began
        run.fault = self._fault(seen, asked if kind not in ("open", "page") else {})
        return run

    def _asked(self, state: dict[str, str]) -> BackMsg:
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.page_script_hash = self.pages.get(self.page, "")
        asked.page_name = state.get("page_name", "")
        for widget, label in self.widgets.values():
            asked.widget_states.widgets.add(id=widget, string_value=label)
        self.kept = {key: one for key, one in self.kept.items() if self.runs - one[1] <= KEPT_RUNS}
        asked.cached_message_hashes.extend(self.kept)
        return message

    def _take(self, told: ForwardMsg, seen: Seen) -> bool:
        """Take in one message; return whether it drew something."""
        kind = told.WhichOneof("type")
        if kind == "ref_hash":
            told = self.kept[told.ref_hash][0]
            kind = told.WhichOneof("type")
            self.kept[told.hash] = (told, self.runs)
        elif told.metadata.cacheable:
            self.kept[told.hash] = (told, self.runs)
        if kind == "navigation":
            for one in told.navigation.app_pages:
                self.pages[one.url_pathname or "overview"] = one.page_script_hash
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string
        elif kind == "new_session":
            self.widgets.clear()
        elif kind == "delta":
            self._draw(told.delta, seen)
        return kind == "delta"

    def _draw(self, delta: Delta, seen: Seen) -> None:
        element = delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            seen.has_end |= END in element.html.body
            seen.headings += [
                (unescape(title), unescape(where))
                for title, where in HEADING.findall(element.html.body)
            ]
        elif kind == "selectbox":
            self._offer(element.selectbox)
        elif kind == "exception":
            seen.fault = element.exception.message or "exception"

    def _offer(self, box: Any) -> None:
        found = PICKER.search(box.id)
        if found:
            label = box.raw_value or box.options[box.default]
            self.options[found[1]] = list(box.options)
            self.widgets[found[1]] = (box.id, label)

    def _fault(self, seen: Seen, asked: dict[str, tuple[str, str]]) -> str:
        """Return in a word why this is not the page that was asked for."""
        if seen.fault or not seen.headings or "area" not in self.widgets:
            return seen.fault or "no heading"
        title, where = seen.headings[-1]
        wanted = asked or self.widgets
        if where.partition(",")[0] != wanted["area"][1].partition(",")[0]:
            return f"another area: {where} for {wanted['area'][1]}"
        if self.page == "trend" and title != wanted["indicator"][1]:
            return "another measure"
        return "" if seen.has_end else "no end"
