"""Changes of bytes and of texts that a fuzzer makes: small, many, and repeated by their seed."""

import io
import random
import zipfile

BITS = (b"", b"\0", b"\xff\xff\xff\xff", b"\x00\x00\x00\x80", b"\r", b"\n", b'"', b";", b",", b"\t")
WORDS = (
    *("'", '"', ";", ",", ":", "{", "}", "[", "]", "- ", "#", "&a", "*a", "<<: *a", "!!python/x"),
    *("!!binary", "|", ">", "%", "?", "---", "...", "\t", "  ", "~", "null", "true", "on", "0x1F"),
    *(".inf", ".nan", "-1", "0", "1e400", "99999999999999999999", "2024-02-30", "''", '""'),
    *("\u0000", "\u2028", "\ufeff", "ä", "𝔄", "(", ")", "(a+)+$", "\\", "..", "/", "*", "**/*"),
    *("select", "--", "/*", "read_text('/etc/hostname')", "current_user", "9" * 400, "x" * 5000),
)


def of_bytes(chance: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Return content with one to eight changes."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(changed) + 1)
        size = chance.choice((1, 2, 4, 16, 256, 4096))
        what = chance.randrange(7)
        if what == 0 and changed:
            changed[at % len(changed)] ^= 1 << chance.randrange(8)
        elif what == 1 and changed:
            changed[at % len(changed)] = chance.randrange(256)
        elif what == 2:
            del changed[at : at + size]
        elif what == 3:
            changed[at:at] = changed[at : at + size] * chance.choice((1, 1, 2, 50))
        elif what == 4:
            changed[at:at] = chance.choice(BITS) * chance.choice((1, 1, 3, 1000))
        elif what == 5:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            changed[at : at + size] = other[start : start + size]
        else:
            changed[at:] = changed[at:] if chance.random() < 0.5 else b""
    return bytes(changed)


def of_text(chance: random.Random, text: str) -> str:
    """Return a declaration with one to five changes: lines moved, words put in, signs lost."""
    lines = text.split("\n")
    for _ in range(chance.choice((1, 1, 2, 3, 5))):
        at = chance.randrange(len(lines))
        line, what = lines[at], chance.randrange(7)
        where = chance.randrange(len(line) + 1)
        if what == 0:
            lines[at] = line[:where] + chance.choice(WORDS) + line[where:]
        elif what == 1:
            lines[at] = line[:where] + line[where + chance.choice((1, 2, 5)) :]
        elif what == 2:
            lines.insert(at, chance.choice(lines))
        elif what == 3:
            lines[at] = ""
        elif what == 4:
            lines[at] = " " * chance.choice((1, 2, 4)) + line
        elif what == 5:
            key, sign, _ = line.partition(":")
            lines[at] = f"{key}{sign} {chance.choice(WORDS)}"
        else:
            lines[at] = "\n".join([line] * chance.choice((2, 2, 3, 40)))
    return "\n".join(lines)


def within_archive(chance: random.Random, content: bytes, others: list[bytes]) -> bytes:
    """Return a ZIP one of whose entries is changed, and which is whole again besides."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(one.filename, archive.read(one)) for one in archive.infolist()]
    at = chance.randrange(len(entries))
    name, told = entries[at]
    entries[at] = name, of_bytes(chance, told, others)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, told in entries:
            archive.writestr(name, told)
    return sink.getvalue()
