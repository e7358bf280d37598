"""Limits that keep one client, or one file, from taking the service away from everyone else.

Each is far above what ordinary use needs. What an operator may have to change is a setting: see `app.settings`.
"""

# Requests: the parser keeps a head in memory until it is complete.
MAX_URL_BYTES = 8_192  # path and query; the longest quotation, in ASCII, is 2,000 characters
MAX_HEAD_BYTES = 32_768  # URL and headers; browsers send 1 to 4 kB
MAX_HEADER_LINES = 100  # also of trailers; browsers send about 20 headers
MAX_PARSED_BYTES = 1_024  # of a header that is parsed, which takes up to 1 ms; browsers send about 100 bytes
MAX_PARSED_ITEMS = 64  # of a header that is parsed; browsers send about 10 items
MAX_BUFFERED_BYTES = 65_536  # of an incomplete head, of chunk sizes and trailers: a complete head may precede them
MAX_PARTIAL_HEAD_BYTES = 2_097_152  # of incomplete heads on all connections; beyond that the largest is dropped
LARGE_HEAD_BYTES = 4_096  # browsers send less
MAX_LARGE_HEADS_BYTES = 2_097_152  # of requests with large heads that wait to start; beyond that they get a 503
MAX_BLANK_BYTES = 64  # of blank lines before a request; RFC 9112 section 2.2 asks to ignore at least one line
MAX_BODY_BYTES = 1_048_576  # clients may send a body to any address; it is dropped unless the address accepts one
MAX_JSON_BYTES = 262_144  # of a body that is accepted: 20 quotations of 2,000 characters as `\uXXXX` take 240 kB
MAX_JSON_BODIES_BYTES = 2_097_152  # of such bodies in memory; beyond that the connection of the largest is dropped
MAX_PIPELINED = 4  # requests that a client may send before the first gets its response; browsers send none
MAX_PIPELINED_BYTES = 16_384  # of the heads of these requests

# Connections: a client that is too slow is disconnected.
REQUEST_S = 10  # seconds for a request to arrive, and for a connection to send its first
WRITE_S = 30  # seconds in which a client must read some of its response
SHUTDOWN_WRITE_S = 1  # the same, once the service is stopping
SHUTDOWN_REQUEST_S = 0.5  # seconds in which a connection may send its first request, once the service is stopping
SEND_BUFFER_BYTES = 131_072  # of the system, for responses that are not read yet; it would grow to some megabytes
MAX_COPIED_BYTES = 32_768  # of a body that is written together with the head of its response
MAX_UNREAD_BYTES = 4_194_304  # of partly sent responses, in memory; beyond that a connection is closed
MIN_UNREAD_BODIES = 16  # that may be unread however large they are: a file of a large guide may have 60 MB
KEEP_ALIVE_S = 5  # seconds before an idle connection is closed
SHUTDOWN_S = 10  # seconds that running requests may take once the service is stopping
WORKER_S = 30  # seconds after which a worker that does not respond to its parent is replaced; starting takes 1 to 10

MAX_STARTS = 16  # requests that start in one turn of the event loop
ACCEPTS_PER_TURN = 8  # connections that are accepted in one turn of the event loop

# Work: responses are rendered one after the other, most in about 3 ms, so the last waits for a second.
MAX_QUEUED_RENDERINGS = 256  # uncached responses that wait to be rendered; 200 readers behind a proxy share an address
SWITCH_INTERVAL_S = 0.0005  # seconds for which a rendering may keep the event loop waiting; 0.005 is Python's default
BACKGROUND_NICENESS = 15  # of `seed`, `rebuild` and the check of a large new store, so that readers come first
MAX_QUERY_S = 0.1  # seconds of processor time that one SQL statement may take
MAX_TOOL_S = 10  # seconds that a call of a tool may take at most, for whatever reason
MIN_PREFIX_LENGTH = 2  # letters before the `*` in a search: a single letter begins a large part of all words

# Logs: a reader that falls behind loses lines.
MAX_QUEUED_LOG_LINES = 10_000  # about 2 MB; the lines of one second under full load
LOG_DELAY_S = 0.05  # seconds for which lines are collected before they are written together
LOG_FLUSH_S = 1.0  # seconds that the last lines may take when the process stops

# Seed files: an editor's mistake, or an attack on the editor, must not exhaust the publisher.
MAX_TEXT_BYTES = 100 * 2**20  # of guide.md and of source.txt, which are read into memory
MAX_YAML_BYTES = 10 * 2**20  # parsed YAML takes a hundred times as much memory
MAX_YAML_DEPTH = 20  # levels of lists and keys; seed files have four
MAX_EMPHASIS_MARKS = 5_000  # in a block of Markdown; the time to match them grows with their square
MAX_EMPHASIS_DEPTH = 20  # levels of emphasis; markdown-it has the same limit for quotations and lists
