//! A mail server on a port of this machine: real SMTP over real TCP. It accepts
//! mails, or refuses them as it is told to.

use mail::{Smtp, SmtpSecurity};
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder, response};
use std::{
    collections::HashMap,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
};

/// Returns the settings of a mail server on this machine.
pub fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port: Some(port),
        security: SmtpSecurity::None,
        user: None,
        password: None,
        from: None,
        trust: None,
    }
}

pub struct SmtpServer {
    port: u16,
    inbox: Arc<Inbox>,
    closed: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Inbox {
    letters: Mutex<Vec<Letter>>,
    answers: Mutex<HashMap<String, (u16, String)>>,
    login: Mutex<Option<(String, String)>>,
    /// The connections that senders keep open for the next mail; closing one hangs up.
    lines: Mutex<Vec<TcpStream>>,
}

/// A mail as it arrived.
#[derive(Debug, Clone, Default)]
pub struct Letter {
    pub recipients: Vec<String>,
    pub bytes: Vec<u8>,
}

impl Letter {
    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn header(&self) -> String {
        self.text().split("\r\n\r\n").next().unwrap().to_owned()
    }

    pub fn message_id(&self) -> String {
        let header = self.header();
        header.lines().find_map(|line| line.strip_prefix("Message-ID: ")).unwrap().to_owned()
    }
}

impl SmtpServer {
    pub fn open() -> Self {
        Self::open_at(0)
    }

    pub fn open_at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let (inbox, closed) = (Arc::<Inbox>::default(), Arc::<AtomicBool>::default());
        let (its_inbox, is_closed) = (inbox.clone(), closed.clone());
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if is_closed.load(Ordering::SeqCst) {
                    return;
                }
                let (stream, its_inbox) = (stream.unwrap(), its_inbox.clone());
                its_inbox.lines.lock().unwrap().push(stream.try_clone().unwrap());
                // A sender that hangs up half-way is ignored.
                std::thread::spawn(move || converse(&stream, &its_inbox).ok());
            }
        });
        Self { port, inbox, closed, thread: Some(thread) }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns the mails that arrived, oldest first.
    pub fn letters(&self) -> Vec<Letter> {
        self.inbox.letters.lock().unwrap().clone()
    }

    /// Returns the number of connections that were made to it.
    pub fn callers(&self) -> usize {
        self.inbox.lines.lock().unwrap().len()
    }

    /// Sets the answer to a recipient from now on.
    pub fn answer_for(&self, recipient: &str, code: u16, words: &str) {
        self.inbox.answers.lock().unwrap().insert(recipient.to_owned(), (code, words.to_owned()));
    }

    /// Accepts mails only after this login.
    pub fn ask_for_login(&self, user: &str, password: &str) {
        *self.inbox.login.lock().unwrap() = Some((user.to_owned(), password.to_owned()));
    }

    /// Stops listening on the port.
    pub fn close(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(thread) = self.thread.take() {
            self.closed.store(true, Ordering::SeqCst);
            TcpStream::connect(("127.0.0.1", self.port)).unwrap();
            thread.join().unwrap();
            for line in self.inbox.lines.lock().unwrap().drain(..) {
                // A connection that the sender closed already needs no closing.
                line.shutdown(std::net::Shutdown::Both).ok();
            }
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.end();
    }
}

struct Clerk {
    inbox: Arc<Inbox>,
    letter: Letter,
}

impl Handler for Clerk {
    fn rcpt(&mut self, to: &str) -> Response {
        match self.inbox.answers.lock().unwrap().get(to) {
            Some((code, words)) if *code != 250 => Response::custom(*code, words.clone()),
            _ => {
                self.letter.recipients.push(to.to_owned());
                response::OK
            }
        }
    }

    fn data(&mut self, line: &[u8]) -> std::io::Result<()> {
        self.letter.bytes.extend(line);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.inbox.letters.lock().unwrap().push(std::mem::take(&mut self.letter));
        response::OK
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        let wanted = self.inbox.login.lock().unwrap().clone();
        if wanted == Some((user.to_owned(), password.to_owned())) {
            response::AUTH_OK
        } else {
            response::INVALID_CREDENTIALS
        }
    }
}

fn converse(stream: &TcpStream, inbox: &Arc<Inbox>) -> std::io::Result<()> {
    let mut builder = SessionBuilder::new("post.example");
    if inbox.login.lock().unwrap().is_some() {
        builder.enable_auth(AuthMechanism::Plain).insecure_enable_plaintext_auth();
    }
    let clerk = Clerk { inbox: inbox.clone(), letter: Letter::default() };
    let mut session = builder.build(stream.peer_addr()?.ip(), clerk);
    let (mut lines, mut out) = (BufReader::new(stream), stream);
    session.greeting().write_to(&mut out)?;
    out.flush()?;
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = session.process(&line);
        match answer.action {
            Action::NoReply => {}
            Action::Reply => answer.write_to(&mut out)?,
            Action::Close | Action::UpgradeTls => return answer.write_to(&mut out),
        }
        out.flush()?;
    }
}
