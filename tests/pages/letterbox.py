"""Servers that take notices, on loopback: SMTP with STARTTLS and a password, and HTTP."""

import base64
import datetime
import http.server
import ipaddress
import socketserver
import ssl
import threading
from contextlib import contextmanager
from email import message_from_bytes, policy

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def write_certificate(folder):
    """Write a certificate of 127.0.0.1 with its key, good for a day; return its file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "trial")])
    now = datetime.datetime.now(datetime.UTC)
    here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(here, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file = folder / "certificate.pem"
    file.write_bytes(made.public_bytes(pem) + key.private_bytes(pem, *plain))
    return file


class _Smtp(socketserver.StreamRequestHandler):
    """As much of SMTP as a notice needs; letters are taken only in secret and with a password."""

    def handle(self):
        self.user = None
        self.secret = False
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word, _, rest = line.partition(" ")
            if not getattr(self, f"on_{word.lower()}", self.on_other)(rest):
                break

    def finish(self):
        super().finish()
        self.connection.close()

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())
        return True

    def on_ehlo(self, _rest):
        offered = "AUTH PLAIN" if self.secret else "STARTTLS"
        return self.say(f"250-here\r\n250 {offered}")

    def on_starttls(self, _rest):
        self.say("220 go on")
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", 0)
        self.secret = True
        return True

    def on_auth(self, rest):
        self.user = base64.b64decode(rest.partition(" ")[2]).decode().split("\0")[1:]
        good = self.user == ["room", self.server.password]
        return self.say("235 yes" if good else "535 no") and good

    def on_mail(self, _rest):
        return self.say("250 yes" if self.user else "530 no")

    def on_rcpt(self, rest):
        self.to = rest
        return self.say("250 yes")

    def on_data(self, _rest):
        self.say("354 go on")
        lines = iter(self.rfile.readline, b".\r\n")
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        self.server.letters.append((self.to, letter))
        return self.say("250 taken")

    def on_quit(self, _rest):
        self.say("221 bye")

    def on_other(self, _rest):
        return self.say("250 yes")


class _Http(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.letters.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.send_header("location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_told):
        """Say nothing."""


@contextmanager
def _running(server, **told):
    vars(server).update(told, letters=[])
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def smtp(certificate, password):
    """Run an SMTP server; what it takes stands in `letters` as (recipient, letter)."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Smtp)
    return _running(server, context=context, password=password)


def webhook(answer=204):
    """Run an HTTP server; what it takes stands in `letters` as (headers, body)."""
    return _running(http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Http), answer=answer)
