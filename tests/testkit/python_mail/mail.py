"""A mail server of other people's making, and readers of mails of other people's making.

serve FOLDER PORT MODE [CERT KEY] [USER PASSWORD]   takes mails into FOLDER/<n>.eml; MODE: plain, starttls, tls
read FILE...                                       what Python's email package finds in each, as JSON
verify FILE NAME TEXT                              whether dkimpy finds a good signature, with that record in DNS

What is answered to a recipient stands in FOLDER/answers.json, and is read at each mail.
"""

import asyncio
import email
import email.policy
import json
import logging
import os
import pathlib
import ssl
import sys
from email.header import decode_header, make_header
from email.utils import parseaddr


def serve(folder, port, mode, *more):
    from aiosmtpd.smtp import SMTP, AuthResult

    folder = pathlib.Path(folder)
    more = list(more)
    context = None
    if mode != "plain":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(more.pop(0), more.pop(0))
    login = more or None

    def answer(key):
        file = folder / "answers.json"
        return json.loads(file.read_text()).get(key) if file.exists() else None

    class Inbox:
        async def handle_RCPT(self, server, session, envelope, address, options):
            if said := answer(address):
                return said
            envelope.rcpt_tos.append(address)
            return "250 OK"

        async def handle_DATA(self, server, session, envelope):
            if said := answer("DATA"):
                return said
            number = len(list(folder.glob("*.eml")))
            part = folder / f"{number}.part"
            part.write_bytes(envelope.original_content)
            (folder / f"{number}.json").write_text(
                json.dumps({"to": envelope.rcpt_tos, "from": envelope.mail_from, "tls": session.ssl is not None or mode == "tls"})
            )
            part.rename(folder / f"{number}.eml")
            # Others may do something while the sender waits for the answer.
            await asyncio.sleep(float(answer("pause") or 0))
            return f"250 OK taken as {number}"

    def authenticate(server, session, envelope, mechanism, data):
        good = login is not None and [data.login.decode(), data.password.decode()] == login
        return AuthResult(success=good, handled=False)

    def line():
        return SMTP(
            Inbox(),
            hostname="post.example",
            tls_context=context if mode == "starttls" else None,
            require_starttls=mode == "starttls",
            authenticator=authenticate if login else None,
            auth_required=login is not None,
            auth_require_tls=mode == "starttls",
            enable_SMTPUTF8=True,
        )

    async def run():
        ssl_of = context if mode == "tls" else None
        server = await asyncio.get_running_loop().create_server(line, "127.0.0.1", int(port), ssl=ssl_of)
        print(server.sockets[0].getsockname()[1], flush=True)
        # Ends with whoever started it.
        await asyncio.to_thread(sys.stdin.read)
        os._exit(0)

    asyncio.run(run())


def unfolded(value):
    return value.replace("\r", "").replace("\n", "")


def read(*files):
    mails = []
    for file in files:
        content = pathlib.Path(file).read_bytes()
        mail = email.message_from_bytes(content, policy=email.policy.default)
        old = email.message_from_bytes(content)
        parts = list(mail.walk())
        mails.append(
            {
                "headers": [[name, str(value)] for name, value in mail.items()],
                # The newer parser keeps the space between encoded words of a name (CPython issue 92081).
                "from_name": str(make_header(decode_header(parseaddr(unfolded(old["From"]))[0]))),
                "from": mail["From"].addresses[0].addr_spec,
                "types": [part.get_content_type() for part in parts],
                "text": mail.get_body(("plain",)).get_content(),
                "html": mail.get_body(("html",)).get_content(),
                "defects": [repr(defect) for part in parts for defect in part.defects]
                + [repr(defect) for value in mail.values() for defect in value.defects],
            }
        )
    json.dump(mails, sys.stdout)


def verify(file, name, text):
    import dkim

    def dns(asked, timeout=5):
        asked = asked.decode() if isinstance(asked, bytes) else asked
        return text.encode() if asked.rstrip(".") == name else None

    logging.basicConfig(stream=sys.stderr, level=logging.DEBUG)
    good = dkim.verify(pathlib.Path(file).read_bytes(), logger=logging.getLogger(), dnsfunc=dns)
    print("good" if good else "bad")


{"serve": serve, "read": read, "verify": verify}[sys.argv[1]](*sys.argv[2:])
