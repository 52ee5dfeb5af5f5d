//! The server as a process, and bare sockets to it: just enough of HTTP and of
//! WebSocket (RFC 6455) to see a connection die in any place.

use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    hash::ContentHash,
    id::{AttachmentId, ClientId},
    time::TaxYear,
};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Mutex,
};
use storage::clock::random;

pub struct ServerProcess {
    child: Mutex<Child>,
    _said: BufReader<ChildStdout>,
    pub port: u16,
}

impl ServerProcess {
    /// Starts the server's program on a data folder.
    pub fn start(program: &str, data: &Path) -> Self {
        Self::start_with(program, data, &[])
    }

    pub fn start_with(program: &str, data: &Path, environment: &[(&str, &str)]) -> Self {
        let mut command = Command::new(program);
        command.envs(environment.iter().copied());
        command.args(["--port", "0", "--app", "/none", "--data"]).arg(data);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut first = String::new();
        // The output is kept open, because a process whose output nobody reads ends by itself.
        let mut said = BufReader::new(child.stdout.take().unwrap());
        said.read_line(&mut first).unwrap();
        let port = first.trim().rsplit(':').next().unwrap().parse().expect("the first line tells the port");
        Self { child: Mutex::new(child), _said: said, port }
    }

    /// Returns the number of the process.
    pub fn id(&self) -> u32 {
        self.child.lock().unwrap().id()
    }

    /// Does `kill -9`, and waits until the process is gone.
    pub fn kill(&self) {
        let mut child = self.child.lock().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Sends a request and returns the head of its answer; `None` if the other side is gone.
pub fn http(port: u16, head: &str, body: &[u8]) -> Option<String> {
    http_on(TcpStream::connect(("127.0.0.1", port)).ok()?, head, body)
}

/// Sends a request on a connection and returns the head of its answer; `None` if the other side is gone.
pub fn http_on(mut stream: TcpStream, head: &str, body: &[u8]) -> Option<String> {
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(body).ok()?;
    read_head(&mut stream)
}

fn read_head(stream: &mut TcpStream) -> Option<String> {
    let (mut head, mut byte) = (Vec::new(), [0]);
    while !head.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

fn status(head: &str) -> u16 {
    head.split(' ').nth(1).unwrap().parse().unwrap()
}

/// Does a whole upload and returns the status of its last request.
pub fn upload(
    port: u16,
    cookie: &str,
    client: ClientId,
    year: TaxYear,
    (attachment, hash): (AttachmentId, ContentHash),
    bytes: &[u8],
) -> Option<u16> {
    let connect = || TcpStream::connect(("127.0.0.1", port)).ok();
    upload_by(connect, port, cookie, (client, year, attachment, hash), bytes)
}

/// Does a whole upload on connections that `connect` opens, and returns the status of its last request.
pub fn upload_by(
    connect: impl Fn() -> Option<TcpStream>,
    port: u16,
    cookie: &str,
    (client, year, attachment, hash): (ClientId, TaxYear, AttachmentId, ContentHash),
    bytes: &[u8],
) -> Option<u16> {
    let encoded = |text: String| STANDARD.encode(text);
    let metadata = format!(
        "attachment {},hash {},tax_year {}",
        encoded(attachment.to_string()),
        encoded(hash.to_string()),
        encoded(year.to_string())
    );
    let common = format!(
        "host: localhost:{port}\r\norigin: http://localhost:{port}\r\ncookie: {cookie}\r\ntus-resumable: 1.0.0\r\nconnection: close\r\n"
    );
    let size = bytes.len();
    let head = format!(
        "POST /api/clients/{client}/uploads HTTP/1.1\r\n{common}content-length: 0\r\nupload-length: {size}\r\nupload-metadata: {metadata}\r\n\r\n"
    );
    let created = http_on(connect()?, &head, b"")?;
    if status(&created) != 201 {
        return Some(status(&created));
    }
    let location = created.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let head = format!(
        "PATCH {location} HTTP/1.1\r\n{common}content-type: application/offset+octet-stream\r\ncontent-length: {size}\r\nupload-offset: 0\r\n\r\n"
    );
    Some(status(&http_on(connect()?, &head, bytes)?))
}

/// A WebSocket to `/sync`.
pub struct Socket(TcpStream);

impl Socket {
    pub fn open(port: u16, cookie: &str) -> Option<Self> {
        let stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
        let (socket, status) = Self::over(stream, &format!("localhost:{port}"), cookie)?;
        assert_eq!(status, 101);
        Some(socket)
    }

    /// Asks for a WebSocket on a connection to the server of `host`. Returns the status of the answer, which is 101 for a WebSocket; `None` if
    /// the other side is gone.
    pub fn over(mut stream: TcpStream, host: &str, cookie: &str) -> Option<(Self, u16)> {
        let head = format!(
            "GET /sync HTTP/1.1\r\nhost: {host}\r\norigin: http://{host}\r\ncookie: {cookie}\r\n\
             connection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: {}\r\n\r\n",
            STANDARD.encode(random::<16>())
        );
        stream.write_all(head.as_bytes()).ok()?;
        let head = read_head(&mut stream)?;
        Some((Self(stream), status(&head)))
    }

    /// Returns the connection, to set what it waits for.
    pub fn stream(&self) -> &TcpStream {
        &self.0
    }

    /// Sends one binary message, masked with zeros. Returns false if that failed.
    pub fn send(&mut self, message: &[u8]) -> bool {
        let mut frame = vec![0x82, 0x80 | 127];
        frame.extend((message.len() as u64).to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(message);
        self.0.write_all(&frame).is_ok()
    }

    /// Returns the next bytes of any frame; `None` if the other side is gone.
    pub fn receive_or_end(&mut self) -> Option<Vec<u8>> {
        let mut bytes = vec![0; 4096];
        let count = self.0.read(&mut bytes).ok().filter(|count| *count > 0)?;
        bytes.truncate(count);
        Some(bytes)
    }

    /// Sends a frame of less than 126 bytes, as those that are no message have to be.
    fn send_short(&mut self, kind: u8, message: &[u8]) {
        let length = u8::try_from(message.len()).unwrap_or(125);
        let mut frame = vec![kind, 0x80 | length, 0, 0, 0, 0];
        frame.extend(message);
        // Whether the other side is gone shows with the next message.
        self.0.write_all(&frame).ok();
    }

    /// Returns the next binary message; `None` if the other side is gone. Pings are answered, as browsers do.
    pub fn receive(&mut self) -> Option<Vec<u8>> {
        loop {
            match self.receive_frame()? {
                (0x82, message) => return Some(message),
                (0x89, message) if message.len() < 126 => {
                    self.send_short(0x8a, &message);
                }
                (0x88, _) => return None,
                (kind, message) => panic!("one whole binary message: {kind:x} {:?}", String::from_utf8_lossy(&message)),
            }
        }
    }

    fn receive_frame(&mut self) -> Option<(u8, Vec<u8>)> {
        let mut two = [0; 2];
        self.0.read_exact(&mut two).ok()?;
        let length = match two[1] & 0x7f {
            126 => {
                let mut more = [0; 2];
                self.0.read_exact(&mut more).ok()?;
                usize::from(u16::from_be_bytes(more))
            }
            127 => {
                let mut more = [0; 8];
                self.0.read_exact(&mut more).ok()?;
                usize::try_from(u64::from_be_bytes(more)).ok()?
            }
            short => usize::from(short),
        };
        let mut message = vec![0; length];
        self.0.read_exact(&mut message).ok()?;
        Some((two[0], message))
    }
}
